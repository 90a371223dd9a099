/** Strips, which networks look at sheet by sheet: seen as a whole they would be a few pixels wide. */
import type { Hint } from '../../contract/hints.ts'
import type { Size } from '../../contract/pictures.ts'
import type { Draft } from '../../core/pages/autoHints.ts'
import { sampleDraft } from '../../core/pages/blending.ts'
import type { Relief } from '../../core/pages/relief.ts'
import { isStrip } from '../../core/pages/sheet.ts'
import type { PageRows } from './fullPage.ts'

/** Height of a section as a share of its width, about. */
const shape = 1.5

/** Sections of an upright strip, cut where the least ink lies near; null of other pages. */
export function sectionsOf({ width, height, stride, heights }: Relief): PageRows[] | null {
  if (!isStrip({ width, height }) || height < width) return null
  const count = Math.max(1, Math.round(height / (shape * width)))
  const length = height / count
  const inkOf = (y: number): number => {
    let ink = 0
    for (let p = (y + 1) * stride + 1, end = p + width; p < end; p++) if (heights[p] === 0) ink++
    return ink
  }
  const cuts = Array.from({ length: count - 1 }, (_, n) => {
    const middle = Math.round((n + 1) * length)
    let [best, least] = [middle, inkOf(middle)]
    for (let away = 1; away < length / 4 && least > 0; away++) {
      for (const y of [middle - away, middle + away]) {
        const ink = inkOf(y)
        if (ink < least) [best, least] = [y, ink]
      }
    }
    return best
  })
  return [0, ...cuts].map((top, n) => ({ top, height: (cuts[n] ?? height) - top }))
}

/** The hints of a page that stand in some of its rows, in fractions of these. */
export function hintsIn(hints: readonly Hint[], page: Size, { top, height }: PageRows): Hint[] {
  const scale = Math.max(page.width, page.height) / Math.max(page.width, height)
  const along = (y: number): number => (y * page.height - top) / height
  const isInside = (y: number): boolean => along(y) >= 0 && along(y) < 1
  return hints.flatMap((hint): Hint[] => {
    const radius = Math.min(1, hint.radius * scale)
    if (hint.kind === 'dot') return isInside(hint.y) ? [{ ...hint, y: along(hint.y), radius }] : []
    const points = hint.points.filter(([, y]) => isInside(y)).map(([x, y, pressure]): [number, number, number] => [x, along(y), pressure])
    return points.length > 0 ? [{ ...hint, points, radius }] : []
  })
}

/** One draft of the whole page from those of its sections. */
export function joined(sections: readonly (PageRows & { readonly draft: Draft })[], page: Size, { width, height }: Size): Draft {
  const rgb = new Uint8Array(3 * width * height)
  for (const { top, height: rows, draft } of sections) {
    const [from, to] = [top, top + rows].map((y) => Math.round((y * height) / page.height)) as [number, number]
    for (let y = from, at = 3 * from * width; y < to; y++) {
      for (let x = 0; x < width; x++) for (let channel = 0; channel < 3; channel++) rgb[at++] = Math.round(sampleDraft(draft, (x + 0.5) / width, (y + 0.5 - from) / (to - from), channel))
    }
  }
  return { width, height, rgb }
}
