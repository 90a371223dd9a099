import { labToSrgb, srgbToLab } from '../../core/color/srgb.ts'
import type { Draft } from '../../core/pages/autoHints.ts'
import { greyOf } from '../models/tensors.ts'
import type { Plane } from '../models/resample.ts'
import type { GuidedColor } from '../steps/geodesic.ts'
import type { PaintedSpot } from '../steps/hints.ts'
import { hintCorrections } from '../steps/hintSpread.ts'
import { pixelAt, spreadByLikeness } from '../steps/likeness.ts'

/** Tone below which no paint can bring a hint's colour about. */
const darkest = 0.12

/** Below this L* within `nearby` pixels a page is toned there, not lines on paper. */
const toned = 92
const nearby = 2

/** Where the lightest nearby is toned: there steps of lightness part objects, and regions, told apart by ink, do not. */
function tonedPlaces({ width, height, data }: Plane): Uint8Array {
  const lightest = (from: Float32Array, step: number, along: (i: number) => number, length: number): Float32Array =>
    from.map((value, i) => {
      const at = along(i)
      let most = value
      for (let d = Math.max(-nearby, -at); d <= Math.min(nearby, length - 1 - at); d++) most = Math.max(most, from[i + d * step] as number)
      return most
    })
  const rows = lightest(data, 1, (i) => i % width, width)
  return Uint8Array.from(lightest(rows, width, (i) => Math.floor(i / width), height), (value) => (value < toned ? 1 : 0))
}

/** A place's look is its colour without hints. The middle of a flat optimum on drawings of known colours with 12 true hints each (training/README.md, Pages). */
const unlike = { lightness: 10, way: 0.2, look: 10, own: 0.3 }

/** L*, a and b of each pixel. */
type Lab = readonly [Float32Array, Float32Array, Float32Array]

/** L*, a and b of a draft. */
function labOf({ width, height, rgb }: Draft): Lab {
  const planes: Lab = [new Float32Array(width * height), new Float32Array(width * height), new Float32Array(width * height)]
  for (let i = 0; i < width * height; i++) {
    const lab = srgbToLab((rgb[3 * i] as number) / 255, (rgb[3 * i + 1] as number) / 255, (rgb[3 * i + 2] as number) / 255)
    for (let k = 0; k < 3; k++) (planes[k] as Float32Array)[i] = lab[k] as number
  }
  return planes
}

/** The paint that shows a hint's colour on the page's tone there: colour ÷ tone, at most white, its hue kept. */
function paintOf(spot: PaintedSpot, { width, height, data }: Plane): PaintedSpot {
  let tone = darkest
  for (let y = Math.max(0, Math.floor(spot.y) - 1); y <= Math.min(height - 1, spot.y + 1); y++) {
    // Lightest nearby: a line beside the hint is no tone.
    for (let x = Math.max(0, Math.floor(spot.x) - 1); x <= Math.min(width - 1, spot.x + 1); x++) tone = Math.max(tone, greyOf(data[y * width + x] as number))
  }
  const paint = labToSrgb(spot.lightness, spot.a, spot.b).map((value) => value / tone)
  const most = Math.max(1, ...paint)
  const [lightness, a, b] = srgbToLab(...(paint.map((value) => value / most) as [number, number, number]))
  return { ...spot, lightness, a, b }
}

/**
 * Spreads hints in a page model's answer: on tone to all that is like their places, and everywhere, as those of photographs are
 * spread over objects, along the page's own lightness and the answer without hints, exact where they stand. On paper,
 * regions close the gaps in lines: beyond them the answer stays as it is.
 * @param hinted the answer with the hints, `bare` that without, of one size; colours of surfaces
 * @param page its lightness L*, of the same size
 * @param fills what flats would fill these pixels with; negative where no hint does
 * @param spots in pixels of that size, in the colours that shall be seen on the page
 */
export function spreadOnPage(hinted: Draft, bare: Draft, page: Plane, fills: Int32Array, spots: readonly PaintedSpot[]): Draft {
  const { width, height } = hinted
  const paints = spots.map((spot) => paintOf(spot, page))
  const free = tonedPlaces(page)
  const colors = labOf(hinted)
  const without = labOf(bare)
  const likened = paints.map(({ x, y, lightness, a, b }) => {
    const at = pixelAt({ x, y }, page)
    return { x, y, values: [lightness, a, b], lightness: page.data[at] as number, lookA: without[1][at] as number, lookB: without[2][at] as number }
  })
  spreadByLikeness(colors, page, [without[1], without[2]], likened, unlike, free)
  const [light, a, b] = colors
  const [bareLight, bareA, bareB] = without
  const guided = (first: Float32Array, second: Float32Array): GuidedColor => ({ width, height, lightness: page.data, a: first, b: second })
  const nothing = new Float32Array(width * height)
  const chroma = hintCorrections(guided(a, b), guided(bareA, bareB), paints)
  const lights = hintCorrections(guided(light, nothing), guided(bareLight, nothing), paints.map((spot) => ({ ...spot, a: spot.lightness, b: 0 })))
  const rgb = hinted.rgb.slice()
  for (let i = 0; i < width * height; i++) {
    if ((fills[i] as number) < 0 && free[i] === 0) continue
    labToSrgb((light[i] as number) + (lights.a[i] as number), (a[i] as number) + (chroma.a[i] as number), (b[i] as number) + (chroma.b[i] as number)).forEach((value, channel) => {
      rgb[3 * i + channel] = Math.round(255 * value)
    })
  }
  return { width, height, rgb }
}
