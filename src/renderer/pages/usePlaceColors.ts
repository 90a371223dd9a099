import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import type { z } from 'zod'
import type { Asset } from '../../contract/assets.ts'
import type { suggestedColor } from '../../contract/pageTeaching.ts'
import type { Palette } from '../../contract/pages.ts'
import type { Recipe } from '../../contract/recipe.ts'
import { swatchColor, swatchTitle } from '../../core/pages/palette.ts'
import { useClient } from '../client/context.tsx'
import type { PageBoard } from './board.ts'
import { usePages } from './state.ts'

export type PlaceColor = z.infer<typeof suggestedColor>

export interface PlaceColors {
  /** The surest first; null: not known yet. */
  readonly colors: readonly PlaceColor[] | null
  /** Takes the nth colour, from 1; false: digits mean something else now. */
  takeByKey(number: number): boolean
  take(color: PlaceColor): void
  close(): void
}

/** A dot that was just placed is looked at once the hand rests, so that nothing waits for it. ms */
const restMs = 500

/** Likely colours of the place that is asked about. */
export function usePlaceColors(asset: Asset, recipe: Recipe | null, palette: Palette, scene: string | null, board: PageBoard): PlaceColors {
  const client = useClient()
  const asked = usePages((state) => state.asked)
  const place = asked && { x: asked.x, y: asked.y }
  const [resting] = useDebouncedValue(place, asked?.hasKeys ? 0 : restMs)
  const isSame = place !== null && resting?.x === place.x && resting.y === place.y
  const { data } = useQuery({
    queryKey: ['colors-at', asset.id, place],
    queryFn: ({ signal }) => client.pages.colorsAt({ asset: asset.id, recipe: recipe ?? { version: 1, steps: [] }, x: place?.x ?? 0, y: place?.y ?? 0, lane: `colors:${asset.id}` }, { signal }),
    enabled: isSame && recipe !== null,
    retry: false,
    gcTime: 0,
  })
  const colors = data?.colors.map((color) => {
    const swatch = palette.swatches.find(({ id }) => id === color.swatch)
    return swatch ? { ...color, color: swatchColor(swatch, scene), name: swatchTitle(swatch) } : color
  })
  const close = () => usePages.setState({ asked: null })
  const take = ({ color, swatch, name }: PlaceColor) => {
    if (!asked) return
    const given = { color, ...(swatch === undefined ? {} : { swatch }), ...(name === undefined || swatch !== undefined ? {} : { name }) }
    if (asked.hint === null) board.commit([{ list: 'hints', op: 'add', value: { kind: 'dot', x: asked.x, y: asked.y, radius: board.radius(), ...given } }], { key: 'history.hint.add' })
    else board.change(asked.hint, { swatch: undefined, name: undefined, empty: undefined, ...given }, { key: 'history.hint.recolour' })
    close()
  }
  return {
    colors: place === null ? null : (colors ?? null),
    take,
    takeByKey: (number) => {
      const color = asked?.hasKeys ? colors?.[number - 1] : undefined
      if (color) take(color)
      return asked?.hasKeys ?? false
    },
    close,
  }
}
