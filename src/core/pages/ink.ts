/** What of a page is ink, and how white its paper is. */

/** Interleaved samples of a page, one channel or three, 8 bit, opaque. */
export interface PagePixels {
  readonly data: Uint8Array
  readonly width: number
  readonly height: number
  readonly channels: 1 | 3
}

/** Levels (0…255) of paper and ink, from the 98th and 1st percentile of the darkest channel. */
export interface PageLevels {
  /** Of the darkest channel: white and black of the page. */
  readonly white: number
  readonly black: number
  /** Of each channel, the paper's. */
  readonly paper: readonly [number, number, number]
  /** The paper is yellowed or grey enough to be seen. */
  readonly tinted: boolean
}

/** After levels, what is darker is ink: soft edges of lines count as ink. */
const inkBelow = 160
/** Paper is never taken to be darker: a night scene has none to see. */
const darkestPaper = 128
/** Levels between channels, or below white, from which paper counts as tinted. */
const visibleTint = 6
const visibleGrey = 15

function percentile(histogram: Uint32Array, total: number, share: number): number {
  let sum = 0
  for (let level = 0; level < 256; level++) {
    sum += histogram[level] as number
    if (sum >= share * total) return level
  }
  return 255
}

/** A page as it is read, some rows at a time: its darkest channel, so that coloured lines are lines too, and how often each level is there. */
export class PageTones {
  readonly width: number
  readonly height: number
  /** Row length of the padded plane. */
  readonly stride: number
  /** The darkest channel, padded by one pixel all round. */
  readonly plane: Uint8Array
  readonly #least = new Uint32Array(256)
  readonly #each = [new Uint32Array(256), new Uint32Array(256), new Uint32Array(256)] as const
  #channels = 1

  constructor(width: number, height: number) {
    this.width = width
    this.height = height
    this.stride = width + 2
    this.plane = new Uint8Array(this.stride * (height + 2))
  }

  /** Takes whole rows, from row `top` on. */
  add({ data, channels, width, height }: PagePixels, top: number): void {
    const { plane, stride } = this
    this.#channels = channels
    const [least, [reds, greens, blues]] = [this.#least, this.#each]
    for (let y = 0, i = 0; y < height; y++) {
      for (let p = (top + y + 1) * stride + 1, end = p + width; p < end; p++, i += channels) {
        const red = data[i] as number
        let low = red
        if (channels === 3) {
          const green = data[i + 1] as number
          const blue = data[i + 2] as number
          if (green < low) low = green
          if (blue < low) low = blue
          reds[red] = (reds[red] as number) + 1
          greens[green] = (greens[green] as number) + 1
          blues[blue] = (blues[blue] as number) + 1
        }
        least[low] = (least[low] as number) + 1
        plane[p] = low
      }
    }
  }

  /** White, black and tint of the page, once all of it was read. */
  levels(): PageLevels {
    const pixels = this.width * this.height
    const white = Math.max(darkestPaper, percentile(this.#least, pixels, 0.98))
    const black = Math.min(percentile(this.#least, pixels, 0.01), white - 64)
    const paperOf = (histogram: Uint32Array): number => Math.max(darkestPaper, percentile(histogram, pixels, 0.98))
    const [reds, greens, blues] = this.#each
    const paper = this.#channels === 3 ? ([paperOf(reds), paperOf(greens), paperOf(blues)] as const) : ([white, white, white] as const)
    const tinted = Math.max(...paper) - Math.min(...paper) >= visibleTint || Math.min(...paper) <= 255 - visibleGrey
    return { white, black, paper, tinted }
  }
}

/** A page that is in memory. */
export function tonesOf(page: PagePixels): PageTones {
  const tones = new PageTones(page.width, page.height)
  tones.add(page, 0)
  return tones
}

/** By level, the level with the page's own white at 255 and its black at 0. */
export function levelTable({ white, black }: PageLevels): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, level) => Math.min(255, Math.max(0, Math.round((255 * (level - black)) / (white - black)))))
}

/** The darkest channel of a page, or of some of its rows, with the page's own white at 255 and its black at 0. */
export function levelled({ data, channels, width, height }: PagePixels, levels: PageLevels): Uint8Array {
  const table = levelTable(levels)
  const out = new Uint8Array(width * height)
  for (let i = 0, at = 0; i < out.length; i++, at += channels) {
    let low = data[at] as number
    if (channels === 3) {
      if ((data[at + 1] as number) < low) low = data[at + 1] as number
      if ((data[at + 2] as number) < low) low = data[at + 2] as number
    }
    out[i] = table[low] as number
  }
  return out
}

/** True where a levelled tone is ink. */
export const isInk = (level: number): boolean => level < inkBelow
