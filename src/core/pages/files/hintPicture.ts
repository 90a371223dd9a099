/** Hints as a transparent picture: squares of one colour each where a hint stands, nothing elsewhere. */
import type { HourglassError } from '../../../contract/errors.ts'
import type { Hint } from '../../../contract/hints.ts'
import type { Wording } from '../../../contract/texts.ts'
import { fault, worded } from '../../texts/wording.ts'
import { bytesOfHex, hexOf, quoted } from './swatches.ts'

/** RGBA, 8 bit, rows from the top, not premultiplied. */
export interface RgbaPicture {
  readonly width: number
  readonly height: number
  readonly data: Uint8Array
}

/** Channels of one hint's pixels may differ by this much: some editors round. */
const tolerance = 2
/** From this alpha on a pixel belongs to a hint; softer edges of brushes are left out. */
const opaqueFrom = 128
/** A hint picture leaves most of the page free; a photograph or a painted page does not. */
const maxCoverage = 0.5
/** More hints than anybody sets: a picture with so many spots of its own colour is a painting. */
const maxHints = 5000
/** Spots smaller than this, in pixels, are dust of an eraser where larger ones stand. */
const minPixels = 2

const refused = (file: string, why: Wording): HourglassError => fault('bad-input', 'fault.noHintPicture', 'remedy.hintPicture', { file: quoted(file), why })

interface Spot {
  readonly pixels: number
  /** Index of the pixel farthest from the spot's edge. */
  readonly deepest: number
  readonly first: number
}

/** Distance to the nearest pixel of another label by two passes of city blocks; the picture's edge counts as another. */
function depths(labels: Int32Array, width: number, height: number): Uint16Array {
  const depth = new Uint16Array(labels.length)
  const step = (i: number, neighbour: number, inside: boolean): void => {
    const own = depth[i] as number
    const other = inside && labels[neighbour] === labels[i] ? (depth[neighbour] as number) : 0
    depth[i] = Math.min(own, other + 1)
  }
  depth.fill(65534)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x
      step(i, i - 1, x > 0)
      step(i, i - width, y > 0)
    }
  }
  for (let y = height - 1; y >= 0; y--) {
    for (let x = width - 1; x >= 0; x--) {
      const i = y * width + x
      step(i, i + 1, x < width - 1)
      step(i, i + width, y < height - 1)
    }
  }
  return depth
}

/** Spots of equal colour (4-connected, within the tolerance of their first pixel), -1 where nothing stands. */
function spotsOf({ width, height, data }: RgbaPicture, file: string): { labels: Int32Array; count: number } {
  const labels = new Int32Array(width * height).fill(-1)
  const stack: number[] = []
  let count = 0
  for (let start = 0; start < labels.length; start++) {
    if (labels[start] !== -1 || (data[4 * start + 3] as number) < opaqueFrom) continue
    if (count >= maxHints) throw refused(file, worded('fault.why.spots', { most: maxHints }))
    const label = count++
    const alike = (i: number): boolean => {
      if (labels[i] !== -1 || (data[4 * i + 3] as number) < opaqueFrom) return false
      for (let channel = 0; channel < 3; channel++) {
        if (Math.abs((data[4 * i + channel] as number) - (data[4 * start + channel] as number)) > tolerance) return false
      }
      return true
    }
    const take = (i: number): void => {
      if (!alike(i)) return
      labels[i] = label
      stack.push(i)
    }
    take(start)
    for (let i = stack.pop(); i !== undefined; i = stack.pop()) {
      const x = i % width
      if (x > 0) take(i - 1)
      if (x < width - 1) take(i + 1)
      if (i >= width) take(i - width)
      if (i < labels.length - width) take(i + width)
    }
  }
  return { labels, count }
}

/**
 * Reads hints from a transparent picture: every spot of one colour becomes a dot at its deepest place.
 * @throws HourglassError `bad-input` where it is a photograph or a painting, opaque, or empty
 */
export function readHintPicture(picture: RgbaPicture, file: string): Hint[] {
  const { width, height, data } = picture
  let covered = 0
  for (let i = 3; i < data.length; i += 4) if ((data[i] as number) >= opaqueFrom) covered += 1
  if (covered === 0) throw refused(file, worded('fault.why.empty'))
  if (covered === width * height) throw refused(file, worded('fault.why.opaque'))
  if (covered > maxCoverage * width * height) throw refused(file, worded('fault.why.covered', { percent: Math.round((100 * covered) / (width * height)) }))
  const { labels, count } = spotsOf(picture, file)
  const depth = depths(labels, width, height)
  const spots: (Spot | undefined)[] = new Array(count)
  labels.forEach((label, i) => {
    if (label < 0) return
    const spot = spots[label]
    if (!spot) spots[label] = { pixels: 1, deepest: i, first: i }
    else spots[label] = { ...spot, pixels: spot.pixels + 1, deepest: (depth[i] as number) > (depth[spot.deepest] as number) ? i : spot.deepest }
  })
  const found = spots.filter((spot) => spot !== undefined)
  const large = found.filter(({ pixels }) => pixels >= minPixels)
  return (large.length > 0 ? large : found).map(({ deepest }): Hint => {
    const channel = (n: number): number => (data[4 * deepest + n] as number) / 255
    return {
      kind: 'dot',
      x: ((deepest % width) + 0.5) / width,
      y: (Math.floor(deepest / width) + 0.5) / height,
      color: hexOf(channel(0), channel(1), channel(2)),
      // A city-block depth of n is a square of 2n − 1 pixels.
      radius: Math.min(0.5, ((depth[deepest] as number) - 0.5) / Math.max(width, height)),
    }
  })
}

/** Short side of an exported hint picture that is not as large as its page, and the side of a spot on it. */
export const hintPictureShortSide = 1024
const spotSide = 5

/**
 * Draws hints that are shown and give a colour, each place as a square of 5 × 5 pixels; strokes as squares along them.
 * @param size of the picture to draw, pixels
 */
export function drawHintPicture(hints: readonly Hint[], size: { readonly width: number; readonly height: number }): RgbaPicture {
  const { width, height } = size
  const data = new Uint8Array(4 * width * height)
  const half = (spotSide - 1) / 2
  const square = (x: number, y: number, color: readonly number[]): void => {
    const [centreX, centreY] = [Math.min(width - 1, Math.floor(x * width)), Math.min(height - 1, Math.floor(y * height))]
    for (let row = Math.max(0, centreY - half); row <= Math.min(height - 1, centreY + half); row++) {
      for (let column = Math.max(0, centreX - half); column <= Math.min(width - 1, centreX + half); column++) {
        data.set([...color, 255], 4 * (row * width + column))
      }
    }
  }
  for (const hint of hints) {
    if (hint.hidden || hint.empty) continue
    const color = bytesOfHex(hint.color)
    if (hint.kind === 'dot') {
      square(hint.x, hint.y, color)
      continue
    }
    hint.points.forEach(([x, y], n) => {
      const [fromX, fromY] = hint.points[n - 1] ?? [x, y]
      const steps = Math.max(1, Math.ceil(Math.max(Math.abs(x - fromX) * width, Math.abs(y - fromY) * height) / half))
      for (let step = 1; step <= steps; step++) square(fromX + ((x - fromX) * step) / steps, fromY + ((y - fromY) * step) / steps, color)
    })
  }
  return { width, height, data }
}
