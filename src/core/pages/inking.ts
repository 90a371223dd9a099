import type { Hint } from '../../contract/hints.ts'
import { ciede2000 } from '../color/deltaE.ts'
import { hexToLab } from '../color/srgb.ts'

/** A colour with a name; of the project's palette also with the id that hints link to. */
export interface InkSwatch {
  readonly id?: string
  readonly name: string
  /** `#rrggbb` */
  readonly color: string
}

/** Hints whose name is that of a swatch take its colour; automatic ones take the nearest (CIEDE2000), and link to it where it has an id. */
export function inkedBy(palette: readonly InkSwatch[], hints: readonly Hint[]): Hint[] {
  if (palette.length === 0) return [...hints]
  const byName = new Map(palette.filter(({ name }) => name !== '').map((swatch) => [swatch.name, swatch]))
  const labs = palette.map((swatch) => ({ swatch, lab: hexToLab(swatch.color) }))
  return hints.map((hint) => {
    // A link says more than a name, which several swatches may have.
    if (hint.swatch !== undefined && palette.some(({ id }) => id === hint.swatch)) return hint
    const named = hint.name === undefined ? undefined : byName.get(hint.name)
    if (named) return inked(hint, named)
    if (hint.auto !== true) return hint
    const lab = hexToLab(hint.color)
    const [nearest] = labs.map((each) => ({ ...each, away: ciede2000(lab, each.lab) })).sort((one, other) => one.away - other.away)
    return nearest ? { ...inked(hint, nearest.swatch), ...(nearest.swatch.name === '' || nearest.swatch.id !== undefined ? {} : { name: nearest.swatch.name }) } : hint
  })
}

const inked = (hint: Hint, { id, color }: InkSwatch): Hint => ({ ...hint, color, ...(id === undefined ? {} : { swatch: id }) })
