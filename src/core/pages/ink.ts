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

/** White, black and tint of a page. */
export function levelsOf({ data, channels }: PagePixels): PageLevels {
  const least = new Uint32Array(256)
  const each = [new Uint32Array(256), new Uint32Array(256), new Uint32Array(256)] as const
  const pixels = data.length / channels
  for (let i = 0; i < data.length; i += channels) {
    const red = data[i] as number
    let low = red
    if (channels === 3) {
      const green = data[i + 1] as number
      const blue = data[i + 2] as number
      if (green < low) low = green
      if (blue < low) low = blue
      each[0][red] = (each[0][red] as number) + 1
      each[1][green] = (each[1][green] as number) + 1
      each[2][blue] = (each[2][blue] as number) + 1
    }
    least[low] = (least[low] as number) + 1
  }
  const white = Math.max(darkestPaper, percentile(least, pixels, 0.98))
  const black = Math.min(percentile(least, pixels, 0.01), white - 64)
  const paperOf = (histogram: Uint32Array): number => Math.max(darkestPaper, percentile(histogram, pixels, 0.98))
  const paper = channels === 3 ? ([paperOf(each[0]), paperOf(each[1]), paperOf(each[2])] as const) : ([white, white, white] as const)
  const tinted = Math.max(...paper) - Math.min(...paper) >= visibleTint || Math.min(...paper) <= 255 - visibleGrey
  return { white, black, paper, tinted }
}

/** The page with its own white at 255 and its black at 0: the darkest channel, so that coloured lines are lines too. */
export function levelled({ data, channels, width, height }: PagePixels, { white, black }: PageLevels): Uint8Array {
  const table = new Uint8Array(256)
  for (let level = 0; level < 256; level++) table[level] = Math.min(255, Math.max(0, Math.round((255 * (level - black)) / (white - black))))
  const out = new Uint8Array(width * height)
  if (channels === 1) {
    for (let i = 0; i < out.length; i++) out[i] = table[data[i] as number] as number
    return out
  }
  for (let i = 0, at = 0; i < out.length; i++, at += 3) {
    let low = data[at] as number
    if ((data[at + 1] as number) < low) low = data[at + 1] as number
    if ((data[at + 2] as number) < low) low = data[at + 2] as number
    out[i] = table[low] as number
  }
  return out
}

/** Padded plane, 1 on ink, of a levelled page. */
export function inkOf(grey: Uint8Array, width: number, height: number): Uint8Array {
  const stride = width + 2
  const ink = new Uint8Array(stride * (height + 2))
  for (let y = 0; y < height; y++) {
    const row = (y + 1) * stride + 1
    const from = y * width
    for (let x = 0; x < width; x++) if ((grey[from + x] as number) < inkBelow) ink[row + x] = 1
  }
  return ink
}
