import { assetId, versionId, type AssetId, type VersionId } from '../../contract/ids.ts'
import { recipe as recipeSchema, type RecipePatch } from '../../contract/recipe.ts'
import { fault } from '../../core/texts/wording.ts'
import type { Database } from '../storage/database.ts'
import type { EditStore } from '../film/edit-store.ts'
import type { ReviewStore } from '../film/review-store.ts'
import type { ShotStore } from '../film/shot-store.ts'
import type { PaletteStore } from '../pages/palette-store.ts'
import { applyChecked } from './checked.ts'
import type { VersionStore } from './store.ts'

/** Name of the document that holds marks, removals, names and choices. Beside it, the palette, the edit, shots and reviews, every document is a version's recipe. */
export const projectDocument = 'project'
/** Name of the document that holds the project's palette. */
export const paletteDocument = 'palette'
/** Name of the document that holds the project's edit. */
export const editDocument = 'edit'
const shotsPrefix = 'shots:'
/** Name of the document that holds the shots of a clip. */
export const shotsDocument = (asset: AssetId): string => shotsPrefix + asset
const reviewPrefix = 'review:'
/** Name of the document that holds the notes of a clip, and what it is compared with. */
export const reviewDocument = (asset: AssetId): string => reviewPrefix + asset

/** What a change touched, to tell of it afterwards. */
export interface Touched {
  readonly assets: Set<AssetId>
  readonly versions: Set<VersionId>
  /** Clips whose shots or notes changed. */
  readonly clips: Set<AssetId>
  /** Swatches whose colour or place changed; null: the palette was not touched. */
  swatches: Set<string> | null
  /** The edit changed. */
  edit: boolean
}
export const nothingTouched = (): Touched => ({ assets: new Set(), versions: new Set(), clips: new Set(), swatches: null, edit: false })

/** Fields of the project's document: `[table, id, field]`. */
const fields: Readonly<Record<string, readonly string[]>> = {
  assets: ['stars', 'flag', 'removed', 'current_version', 'page_state', 'note'],
  versions: ['name', 'removed'],
}

/** Applies patches to what is stored and answers how to take them back. Call inside a transaction. */
export class Documents {
  #database: Database
  #versions: VersionStore
  #palette: PaletteStore
  #shots: ShotStore
  #reviews: ReviewStore
  #edit: EditStore

  constructor(database: Database, stores: { readonly versions: VersionStore; readonly palette: PaletteStore; readonly shots: ShotStore; readonly reviews: ReviewStore; readonly editing: EditStore }) {
    this.#database = database
    this.#versions = stores.versions
    this.#palette = stores.palette
    this.#shots = stores.shots
    this.#reviews = stores.reviews
    this.#edit = stores.editing
  }

  apply(document: string, patches: readonly RecipePatch[], touched: Touched): RecipePatch[] {
    if (document === projectDocument) return patches.map((patch) => this.#setField(patch, touched)).toReversed()
    if (document === paletteDocument) {
      const { inverse, swatches } = this.#palette.change(patches)
      touched.swatches = new Set([...(touched.swatches ?? []), ...swatches])
      return inverse
    }
    if (document === editDocument) {
      touched.edit = true
      return this.#edit.change(patches)
    }
    if (document.startsWith(shotsPrefix)) {
      const asset = assetId.parse(document.slice(shotsPrefix.length))
      touched.clips.add(asset)
      return this.#shots.change(asset, patches)
    }
    if (document.startsWith(reviewPrefix)) {
      const asset = assetId.parse(document.slice(reviewPrefix.length))
      touched.clips.add(asset)
      return this.#reviews.change(asset, patches)
    }
    const version = this.#versions.require(versionId.parse(document))
    const { document: recipe, inverse } = applyChecked(recipeSchema, version.recipe, patches, (problem) => fault('bad-input', 'fault.noRecipe', 'remedy.reloadAndTry', { problem }))
    this.#versions.setRecipe(version.id, recipe)
    touched.versions.add(version.id)
    touched.assets.add(version.asset)
    return inverse
  }

  #setField(patch: RecipePatch, touched: Touched): RecipePatch {
    const [table, id, field] = patch.path.map(String)
    if (table === undefined || id === undefined || field === undefined || !fields[table]?.includes(field)) {
      throw fault('internal', 'fault.historyPlace', 'remedy.report', { place: patch.path.join('/') })
    }
    const row = this.#database.get(`SELECT ${field} AS value FROM ${table} WHERE id = ?`, id)
    if (!row) throw fault('bad-input', 'fault.notInProject', 'remedy.reload')
    this.#database.run(`UPDATE ${table} SET ${field} = ? WHERE id = ?`, patch.value as string | number, id)
    if (table === 'assets') touched.assets.add(assetId.parse(id))
    else {
      const version = versionId.parse(id)
      touched.versions.add(version)
      touched.assets.add(this.#versions.require(version).asset)
    }
    return { op: 'replace', path: patch.path, value: row['value'] }
  }
}

/** A patch of the project's document. */
export function setField(table: 'assets' | 'versions', id: string, field: string, value: string | number): RecipePatch {
  return { op: 'replace', path: [table, id, field], value }
}
