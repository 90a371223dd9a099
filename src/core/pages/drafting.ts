import { labToSrgb, srgbToLab } from '../color/srgb.ts'
import type { Draft } from './autoHints.ts'
import type { PageMap } from './basins.ts'
import { carryUnder } from './flooding.ts'
import { noColor } from './marks.ts'

/** Paper this far from ink (2 pixels) shows a rough picture's colour rather than its lines. */
const clearOfInk = 6

/**
 * A rough picture of the page freed of its lines: cells at or near ink take the colour of the nearest clear cell, so that
 * what is left are colours of surfaces. The rough picture may have any size; it is stretched over the page.
 */
export function withoutLines({ relief, basins }: PageMap, rough: Draft): Draft {
  const { width, height, rgb } = rough
  const stride = width + 2
  const nearest = new Int32Array(stride * (height + 2)).fill(-1)
  for (let y = 0; y < height; y++) {
    const row = (Math.min(relief.height - 1, Math.floor(((y + 0.5) * relief.height) / height)) + 1) * relief.stride + 1
    for (let x = 0; x < width; x++) {
      const p = row + Math.min(relief.width - 1, Math.floor(((x + 0.5) * relief.width) / width))
      const clear = relief.kind === 'tones' || (relief.heights[p] as number) > clearOfInk || (relief.heights[p] !== 0 && basins.peaks[basins.labels.at(p)] === relief.heights[p])
      nearest[(y + 1) * stride + x + 1] = clear ? y * width + x + 1 : 0
    }
  }
  carryUnder(nearest, stride)
  const out = new Uint8Array(rgb.length)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const cell = nearest[(y + 1) * stride + x + 1] as number
      const from = 3 * ((cell > 0 ? cell : y * width + x + 1) - 1)
      const to = 3 * (y * width + x)
      out[to] = rgb[from] as number
      out[to + 1] = rgb[from + 1] as number
      out[to + 2] = rgb[from + 2] as number
    }
  }
  return { width, height, rgb: out }
}

/** Bits a channel with which drafts are looked up when they are mixed with a fill. */
const bits = 6

/** Mixtures by fill: kept over the rows of one page and one share. */
export type KnownMixtures = Map<number, Mixtures>

/** Mixtures of one fill with draft colours, found when first met: L of the fill, a and b between both. */
class Mixtures {
  readonly #known = new Int32Array(1 << (3 * bits)).fill(-1)
  readonly #lab: readonly [number, number, number]
  readonly #blend: number

  constructor(fill: number, blend: number) {
    this.#lab = srgbToLab((fill >> 16) / 255, ((fill >> 8) & 255) / 255, (fill & 255) / 255)
    this.#blend = blend
  }

  of(red: number, green: number, blue: number): number {
    const shift = 8 - bits
    const key = ((red >> shift) << (2 * bits)) | ((green >> shift) << bits) | (blue >> shift)
    const known = this.#known[key] as number
    if (known >= 0) return known
    const [, a, b] = srgbToLab(red / 255, green / 255, blue / 255)
    const [l, fillA, fillB] = this.#lab
    const share = this.#blend
    const [r, g, u] = labToSrgb(l, fillA + share * (a - fillA), fillB + share * (b - fillB))
    const mixed = (Math.round(255 * r) << 16) | (Math.round(255 * g) << 8) | Math.round(255 * u)
    this.#known[key] = mixed
    return mixed
  }
}

/**
 * Puts a draft's colours where no fill is, and mixes them into the fills: lightness of the fill, a and b of both
 * (CIELAB). Kept paper stays.
 * @param fills of the wanted pixels, changed in place
 * @param places of these pixels on the padded planes; null: the whole page
 * @param blend 0…1, share of the draft in a and b of fills; 0 leaves them exactly as they are
 * @param mixtures found before with this share
 */
export function layDraft({ relief }: PageMap, fills: Int32Array, places: Int32Array | null, draft: Draft, blend: number, mixtures: KnownMixtures = new Map()): void {
  const { width, stride, height } = relief
  const { rgb } = draft
  let mixFill = noColor
  let mix: Mixtures | null = null
  for (let n = 0; n < fills.length; n++) {
    const fill = fills[n] as number
    if (fill === noColor || (fill >= 0 && blend > 0)) {
      const p = places ? (places[n] as number) : n
      const x = places ? (p % stride) - 1 : n % width
      const y = places ? Math.floor(p / stride) - 1 : Math.floor(n / width)
      // Bilinear between the four cells around, by hand: this runs once a pixel.
      const cx = Math.min(draft.width - 1, Math.max(0, ((x + 0.5) * draft.width) / width - 0.5))
      const cy = Math.min(draft.height - 1, Math.max(0, ((y + 0.5) * draft.height) / height - 0.5))
      const [x0, y0] = [Math.floor(cx), Math.floor(cy)]
      const right = x0 < draft.width - 1 ? 3 : 0
      const below = y0 < draft.height - 1 ? 3 * draft.width : 0
      const [fx, fy] = [cx - x0, cy - y0]
      const at = 3 * (y0 * draft.width + x0)
      const red = mean(rgb, at, right, below, fx, fy)
      const green = mean(rgb, at + 1, right, below, fx, fy)
      const blue = mean(rgb, at + 2, right, below, fx, fy)
      if (fill === noColor) fills[n] = (red << 16) | (green << 8) | blue
      else {
        if (!mix || fill !== mixFill) {
          mixFill = fill
          const known = mixtures.get(fill)
          mix = known ?? new Mixtures(fill, blend)
          if (!known) mixtures.set(fill, mix)
        }
        fills[n] = mix.of(red, green, blue)
      }
    }
  }
}

function mean(rgb: Uint8Array, at: number, right: number, below: number, fx: number, fy: number): number {
  const top = (rgb[at] as number) * (1 - fx) + (rgb[at + right] as number) * fx
  const bottom = (rgb[at + below] as number) * (1 - fx) + (rgb[at + below + right] as number) * fx
  return Math.round(top * (1 - fy) + bottom * fy)
}
