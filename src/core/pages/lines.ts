import type { PageLevels } from './ink.ts'
import { distanceCap, distances } from './relief.ts'
import type { PageMap } from './basins.ts'
import { noColor } from './marks.ts'

/** Soft edges of a line reach so far from it, in pixels. */
const softEdge = 2
/** On a blurred toned page, what is darker belongs to a line. */
const darkTone = 150

/**
 * The lines of a page alone: its own greys at and beside ink, white elsewhere.
 * @param scale pixels of the page for one of the picture's, 1 or more
 * @param out RGB samples of the picture's depth
 */
export function drawLines({ relief }: PageMap, levels: PageLevels, data: Uint8Array | Uint16Array, channels: 1 | 3, places: Int32Array, scale: number, out: Uint8Array | Uint16Array): void {
  const max = data instanceof Uint8Array ? 255 : 65535
  const reach = relief.kind === 'lines' ? 3 * softEdge * Math.max(1, scale) : darkTone
  const paper = (Math.min(...levels.paper) * max) / 255
  for (let n = 0; n < places.length; n++) {
    let grey = max
    if ((relief.heights[places[n] as number] as number) <= reach) {
      const at = n * channels
      grey = data[at] as number
      if (channels === 3) grey = Math.min(grey, data[at + 1] as number, data[at + 2] as number)
      grey = Math.min(max, Math.round((grey * max) / paper))
    }
    out[3 * n] = out[3 * n + 1] = out[3 * n + 2] = grey
  }
}

/** Takes the colour off ink that lies more than `grow` pixels from paper. @param places from the top, as `placesOf` gives them */
export function trimUnderLines({ relief }: PageMap, fills: Int32Array, places: Int32Array, grow: number): void {
  const { stride, width, height, heights } = relief
  if (places.length === 0) return
  // Rows that can have a say: distances end at so many pixels.
  const reach = Math.ceil(distanceCap / 3) + 1
  const top = Math.max(1, Math.floor((places[0] as number) / stride) - reach)
  const bottom = Math.min(height, Math.floor((places[places.length - 1] as number) / stride) + reach)
  const start = (top - 1) * stride
  const depths = new Uint8Array((bottom - top + 3) * stride).fill(distanceCap)
  for (let p = top * stride; p < (bottom + 1) * stride; p++) if (heights[p] !== 0) depths[p - start] = 0
  distances(depths, width, bottom - top + 1)
  for (let n = 0; n < fills.length; n++) if ((depths[(places[n] as number) - start] as number) > 3 * grow) fills[n] = noColor
}
