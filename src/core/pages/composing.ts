import type { PageLevels } from './ink.ts'
import { keepPaperColor, noColor } from './marks.ts'
import type { PageMap } from './basins.ts'
import type { Fills } from './solve.ts'

/** Interleaved samples, 8 or 16 bit by their type. */
type Samples = Uint8Array | Uint16Array

/** Rec. 709 weights of encoded samples, in 65536ths: what "as light as" means for ink. */
const [redShare, greenShare, blueShare] = [13933, 46871, 4732]

/** Levels up to which ink keeps its lightness whatever is laid over it, and from which plain multiplication holds. */
const inkKept = 24
const inkLeft = 2 * inkKept

/** A part of a picture that is composed: its samples, and for each of its pixels where it lies on the page. */
export interface PagePart {
  readonly data: Samples
  readonly channels: 1 | 3
  readonly width: number
  readonly height: number
  /** Fill of each pixel: 0xrrggbb, `keepPaperColor` or `noColor`. */
  readonly fills: Int32Array
}

/**
 * Lays colours over a page: colour × the page's lightness, with its paper at 1, so that white paper shows the colour to
 * the digit and tone darkens it. Near black, grey is added until the line is as dark as it was.
 * Paper without a fill stays as it is, or is made neutral where `neutral` says so.
 * @param out RGB samples of the same depth, written
 */
export function composePage(part: PagePart, levels: PageLevels, neutral: boolean, out: Samples): void {
  const { data, channels, fills } = part
  const max = data instanceof Uint8Array ? 255 : 65535
  const unit = max === 255 ? 1 : 257
  const white = neutral && levels.tinted
  const [redPaper, greenPaper, bluePaper] = levels.paper
  // 16.16 factors that bring paper to the top of the scale.
  const [redLift, greenLift, blueLift] = [(255 * 65536) / redPaper, (255 * 65536) / greenPaper, (255 * 65536) / bluePaper]
  const pixels = fills.length
  const keeps = inkTable(unit)
  for (let i = 0, from = 0, to = 0; i < pixels; i++, from += channels, to += 3) {
    const red = data[from] as number
    const green = channels === 3 ? (data[from + 1] as number) : red
    const blue = channels === 3 ? (data[from + 2] as number) : red
    const fill = fills[i] as number
    if (fill < 0 && !white) {
      out[to] = red
      out[to + 1] = green
      out[to + 2] = blue
      continue
    }
    if (red === max && green === max && blue === max) {
      // White paper, most of a page: the fill to the digit.
      const shown = fill < 0 ? 0xffffff : fill
      out[to] = (shown >> 16) * unit
      out[to + 1] = ((shown >> 8) & 255) * unit
      out[to + 2] = (shown & 255) * unit
      continue
    }
    const light = channels === 1 ? lifted(red, redLift, max) : (redShare * lifted(red, redLift, max) + greenShare * lifted(green, greenLift, max) + blueShare * lifted(blue, blueLift, max) + 32768) / 65536
    const lightness = light > max ? max : Math.floor(light)
    if (fill < 0) {
      out[to] = out[to + 1] = out[to + 2] = lightness
      continue
    }
    const fillRed = fill >> 16
    const fillGreen = (fill >> 8) & 255
    const fillBlue = fill & 255
    let grey = 0
    if (lightness < inkLeft * unit) {
      const kept = keeps[Math.floor(lightness / unit)] as number
      grey = kept * lightness * (1 - (redShare * fillRed + greenShare * fillGreen + blueShare * fillBlue) / (65536 * 255))
    }
    const share = lightness / 255
    out[to] = fillRed * share + grey + 0.5
    out[to + 1] = fillGreen * share + grey + 0.5
    out[to + 2] = fillBlue * share + grey + 0.5
  }
}

function lifted(value: number, lift: number, max: number): number {
  const level = (value * lift) / 65536 + 0.5
  return level > max ? max : Math.floor(level)
}

/** Share of the lightness that ink keeps, by level: all of it near black, none from twice that on. */
function inkTable(unit: number): Float64Array {
  return Float64Array.from({ length: inkLeft + unit }, (_, level) => Math.min(1, Math.max(0, (inkLeft - level) / (inkLeft - inkKept))))
}

/** Where the pixels of a picture that shows the page, at any size, lie on it. */
export interface Sampling {
  /** Size of the picture. */
  readonly width: number
  readonly height: number
  /** The part that is wanted, in its pixels. */
  readonly part: { readonly left: number; readonly top: number; readonly width: number; readonly height: number }
  /** Rows of the page that the picture shows; absent: all. */
  readonly rows?: { readonly top: number; readonly height: number }
}

/** For each pixel of the wanted part, its place on the padded planes: the middle of what it covers. */
export function placesOf({ relief }: PageMap, { width, height, part, rows = { top: 0, height: relief.height } }: Sampling): Int32Array {
  const places = new Int32Array(part.width * part.height)
  const columns = Int32Array.from({ length: part.width }, (_, x) => Math.min(relief.width - 1, Math.floor(((part.left + x + 0.5) * relief.width) / width)) + 1)
  for (let y = 0; y < part.height; y++) {
    const row = (rows.top + Math.min(rows.height - 1, Math.floor(((part.top + y + 0.5) * rows.height) / height)) + 1) * relief.stride
    for (let x = 0; x < part.width; x++) places[y * part.width + x] = row + (columns[x] as number)
  }
  return places
}

/** Fills the row `y` (from 0) of a page: a look into the table of basins, and for split ones into their parts. */
export function fillRow({ basins }: Pick<PageMap, 'basins'>, { colors, splits }: Fills, y: number, row: Int32Array): void {
  basins.labels.eachRun(y, (from, to, label) => {
    const color = label > 0 ? (colors[label] as number) : noColor
    row.fill(color, from, to)
    // Split basins have no colour of their own.
    const split = color === noColor && label > 0 ? splits.get(label) : undefined
    const piece = split?.pieces.findLast(({ top }) => top <= y)
    piece?.parts.eachRun(y - piece.top, (start, end, part) => {
      const [left, right] = [Math.max(from, piece.left + start), Math.min(to, piece.left + end)]
      if (left < right) row.fill(part > 0 ? (split?.colors[(piece.numbers[part - 1] as number) - 1] as number) : keepPaperColor, left, right)
    })
  })
}

/** The fill of each place. @param places null: of the whole page */
export function fillsAt(map: PageMap, fills: Fills, places: Int32Array | null): Int32Array {
  const { width, height, stride } = map.relief
  if (!places) {
    const out = new Int32Array(width * height)
    for (let y = 0; y < height; y++) fillRow(map, fills, y, out.subarray(y * width, (y + 1) * width))
    return out
  }
  const out = new Int32Array(places.length)
  const row = new Int32Array(width)
  let [start, end] = [0, 0]
  for (let n = 0; n < places.length; n++) {
    const p = places[n] as number
    if (p < start || p >= end) {
      const y = Math.floor(p / stride)
      start = y * stride + 1
      end = start + width
      fillRow(map, fills, y - 1, row)
    }
    out[n] = row[p - start] as number
  }
  return out
}

/** Lightens what is darker than white to a share of its darkness: lines and tones, less opaque. In place. */
export function fadeLines(data: Uint8Array | Uint16Array, opacity: number): void {
  const max = data instanceof Uint8Array ? 255 : 65535
  for (let n = 0; n < data.length; n++) data[n] = Math.round(max - opacity * (max - (data[n] as number)))
}

/** Lets the paper through fills: each colour on its way to white, mixed in sRGB as layers are. In place. */
export function fadeFills(fills: Int32Array, opacity: number): void {
  const faded = new Map<number, number>()
  const mixed = (level: number): number => Math.round(255 - opacity * (255 - level))
  for (let n = 0; n < fills.length; n++) {
    const fill = fills[n] as number
    if (fill < 0) continue
    let pale = faded.get(fill)
    if (pale === undefined) {
      pale = (mixed(fill >> 16) << 16) | (mixed((fill >> 8) & 255) << 8) | mixed(fill & 255)
      faded.set(fill, pale)
    }
    fills[n] = pale
  }
}
