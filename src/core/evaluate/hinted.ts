/** Whether a picture obeys the hints it was given, and how far their colour goes. */
import type { HintMeasures } from '../../contract/evaluate.ts'
import type { Hint } from '../../contract/hints.ts'
import { hexToLab } from '../color/srgb.ts'
import { edgeSide, smallPlanes } from './edges.ts'
import type { LabPlanes, Rgb } from './picture.ts'
import type { PictureSide } from './resize.ts'

/** Least radius of the place that is judged, in pixels: about 5×5. */
const leastRadius = 2.5
/** ‖Δab‖ up to which a hint counts as obeyed, Lab units. */
const obeyedWithin = 5
/** ‖Δab‖ up to which a pixel has the hint's colour. */
const likeWithin = 10
/** A hint's colour is followed no further than this share of the longer side. */
const farthest = 0.25
/** A stroke is judged at so many of its points, a picture at so many places, evenly taken. */
const placesOfStroke = 5
const mostPlaces = 200

interface Place {
  /** Fractions of width, height and longer side. */
  readonly x: number
  readonly y: number
  readonly radius: number
  readonly a: number
  readonly b: number
}

function evenly<Item>(items: readonly Item[], most: number): readonly Item[] {
  return items.length <= most ? items : Array.from({ length: most }, (_, k) => items[Math.floor((k * (items.length - 1)) / (most - 1))] as Item)
}

/** The places at which visible hints are judged. */
function placesOf(hints: readonly Hint[]): readonly Place[] {
  const places = hints
    .filter((hint) => !hint.hidden)
    .flatMap((hint): Place[] => {
      const [, a, b] = hexToLab(hint.color)
      if (hint.kind === 'dot') return [{ x: hint.x, y: hint.y, radius: hint.radius, a, b }]
      return evenly(hint.points, placesOfStroke).map(([x, y]) => ({ x, y, radius: hint.radius, a, b }))
    })
  return evenly(places, mostPlaces)
}

/** Calls back for every pixel whose centre lies nearer than `radius` pixels to the place, with its distance. */
function around({ width, height }: PictureSide, place: Place, radius: number, visit: (pixel: number, distance: number) => void): void {
  const [cx, cy] = [place.x * width, place.y * height]
  for (let y = Math.max(0, Math.floor(cy - radius)); y < Math.min(height, cy + radius); y++) {
    for (let x = Math.max(0, Math.floor(cx - radius)); x < Math.min(width, cx + radius); x++) {
      const distance = Math.sqrt((x + 0.5 - cx) ** 2 + (y + 0.5 - cy) ** 2)
      if (distance < radius) visit(y * width + x, distance)
    }
  }
}

interface Small {
  readonly size: PictureSide
  readonly planes: LabPlanes
}

/** ‖Δab‖ between a place's mean colour and its hint. */
function missedBy({ size, planes }: Small, place: Place): number {
  let [count, sumA, sumB] = [0, 0, 0]
  around(size, place, Math.max(leastRadius, place.radius * Math.max(size.width, size.height)), (pixel) => {
    count++
    sumA += planes.a[pixel] as number
    sumB += planes.b[pixel] as number
  })
  return Math.hypot(sumA / count - place.a, sumB / count - place.b)
}

/** Rings of one pixel around a place, counted for as long as half of each has the hint's colour; a fraction of the longer side. */
function reachOf({ size, planes }: Small, place: Place): number {
  const long = Math.max(size.width, size.height)
  const most = Math.ceil(long * farthest)
  const counts = new Int32Array(most)
  const like = new Int32Array(most)
  around(size, place, most, (pixel, distance) => {
    const ring = Math.floor(distance)
    counts[ring] = (counts[ring] as number) + 1
    if (Math.hypot((planes.a[pixel] as number) - place.a, (planes.b[pixel] as number) - place.b) <= likeWithin) like[ring] = (like[ring] as number) + 1
  })
  let reach = 0
  while (reach < most && (counts[reach] as number) > 0 && 2 * (like[reach] as number) >= (counts[reach] as number)) reach++
  return reach / long
}

/**
 * Obedience of an output to its hints, with the reach of the same colours in the truth; null without visible hints.
 * Judged on copies of at most 512 px. Yields between places.
 */
export function* hintsOf(truth: Rgb, output: Rgb, hints: readonly Hint[]): Generator<void, HintMeasures | null> {
  const places = placesOf(hints)
  if (places.length === 0) return null
  const [real, colored] = [yield* smallPlanes(truth, edgeSide), yield* smallPlanes(output, edgeSide)]
  let [error, obeyed, reach, trueReach] = [0, 0, 0, 0]
  for (const place of places) {
    const missed = missedBy(colored, place)
    error += missed
    if (missed <= obeyedWithin) obeyed++
    reach += reachOf(colored, place)
    trueReach += reachOf(real, place)
    yield
  }
  const { length: count } = places
  return { count, error: error / count, obeyed: obeyed / count, reach: reach / count, trueReach: trueReach / count }
}
