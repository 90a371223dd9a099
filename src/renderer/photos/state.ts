import { create } from 'zustand'
import type { Asset, AssetState } from '../../contract/assets.ts'
import type { AssetId, VersionId } from '../../contract/ids.ts'
import type { Recipe } from '../../contract/recipe.ts'
import type { StageMode } from '../stage/Stage.tsx'

export type Filter = 'all' | AssetState
export type SortBy = 'name' | 'date' | 'doubt'

interface PhotosState {
  readonly selected: ReadonlySet<AssetId>
  /** Where a Shift-click selects from, and what arrows move from. */
  readonly current: AssetId | null
  readonly filter: Filter
  readonly sort: SortBy
  readonly rowHeight: number
  readonly square: boolean
  readonly compare: StageMode
  /** Where the split lies, 0…1 of the picture's width. */
  readonly split: number
  readonly showDoubt: boolean
  /** The original is shown as long as the key or button is held. */
  readonly holding: boolean
  /** A recipe under the user's hand, not saved yet. */
  readonly draft: { readonly version: VersionId; readonly recipe: Recipe } | null
  /** Recipe put aside to be pasted. */
  readonly copied: Recipe | null
  readonly exporting: readonly VersionId[] | null
  set(change: Partial<Omit<PhotosState, 'set'>>): void
}

/** View state of the Photos room. What is true of the photos themselves lives in the studio. */
export const usePhotos = create<PhotosState>((set) => ({
  selected: new Set(),
  current: null,
  filter: 'all',
  sort: 'name',
  rowHeight: 176,
  square: false,
  compare: 'split',
  split: 0.41,
  showDoubt: false,
  holding: false,
  draft: null,
  copied: null,
  exporting: null,
  set,
}))

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })

/** The photos that the grid and the strip show, in their order. */
export function shownAssets(assets: readonly Asset[], filter: Filter, sort: SortBy): Asset[] {
  const photos = assets.filter((asset) => asset.kind === 'photo' && (filter === 'all' || asset.state === filter))
  const byName = (left: Asset, right: Asset) => collator.compare(left.folder, right.folder) || collator.compare(left.name, right.name)
  if (sort === 'date') return photos.sort((left, right) => (left.info.takenAt ?? left.addedAt).localeCompare(right.info.takenAt ?? right.addedAt) || byName(left, right))
  if (sort === 'doubt') return photos.sort((left, right) => (right.figures?.doubt ?? -1) - (left.figures?.doubt ?? -1) || byName(left, right))
  return photos.sort(byName)
}

/** What a click does to a selection, as in any file manager. */
export function selectionAfter(
  order: readonly AssetId[],
  before: { selected: ReadonlySet<AssetId>; current: AssetId | null },
  clicked: AssetId,
  keys: { shift: boolean; toggle: boolean },
): { selected: ReadonlySet<AssetId>; current: AssetId } {
  if (keys.shift && before.current !== null) {
    const from = order.indexOf(before.current)
    const to = order.indexOf(clicked)
    const range = order.slice(Math.min(from, to), Math.max(from, to) + 1)
    return { selected: new Set(keys.toggle ? [...before.selected, ...range] : range), current: before.current }
  }
  if (!keys.toggle) return { selected: new Set([clicked]), current: clicked }
  const selected = new Set(before.selected)
  if (!selected.delete(clicked)) selected.add(clicked)
  return { selected, current: clicked }
}
