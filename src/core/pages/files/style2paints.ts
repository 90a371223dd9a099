/**
 * Hint points of Style2Paints: V4.5 holds [x, y, r, g, b], V3 [x, y, r, g, b, t] with t 0 for an anchor (a loose wish) and
 * 2 for an exact point. x and y are fractions, y counted from the bottom; colours are 0…255.
 */
import { z } from 'zod'
import type { Hint } from '../../../contract/hints.ts'
import type { Note } from '../../../contract/pictures.ts'
import { fault, noted } from '../../texts/wording.ts'
import { bytesOfHex, hexOf, quoted } from './swatches.ts'

/** Marks of light and shadow in V4.5, not colours. */
const reserved: readonly (readonly [number, number, number])[] = [[0, 233, 1], [1, 233, 0]]
/** More points than this its server leaves unanswered. */
export const maxStyle2PaintsPoints = 500
/** How V3 draws its points: squares of 3 px on a short side of 128, and of 5 px on one of 1024. */
const anchorRadius = 1.5 / 128
const exactRadius = 2.5 / 1024
/** Name that tells an anchor from an exact point, in and out. */
export const anchorName = 'anchor'
/** Distance of the points that stand for a stroke, in fractions of the longer side, at least. */
const strokeStep = 0.02

const point = z.array(z.number()).min(5).max(6)
const points = z.array(point).max(100_000)

/** The list of points in parsed JSON: bare, or as the `points` of V3's options; undefined where it is something else. */
export function style2PaintsPoints(json: unknown): unknown[] | undefined {
  const list = Array.isArray(json) ? json : typeof json === 'object' && json !== null && 'points' in json ? json.points : undefined
  if (!Array.isArray(list)) return undefined
  return list.every((entry) => Array.isArray(entry)) ? list : undefined
}

const isReserved = (channels: readonly number[]): boolean => reserved.some((mark) => mark.every((value, n) => value === channels[n]))

/** A picture's size in pixels. */
interface Sides {
  readonly width: number
  readonly height: number
}

/**
 * Hints from Style2Paints' points. Light and shadow marks are left out and counted.
 * @param list as `style2PaintsPoints` found it
 * @param size of the page the hints are for
 * @throws HourglassError `bad-input`
 */
export function readStyle2Paints(list: readonly unknown[], size: Sides, file: string): { hints: Hint[]; marks: number } {
  const wrong = (what: 'fault.pointNumbers' | 'fault.pointOutside' | 'fault.pointColor', at: number) => fault('bad-input', what, 'remedy.copyPoints', { file: quoted(file), number: at + 1 })
  const parsed = points.safeParse(list)
  if (!parsed.success) throw wrong('fault.pointNumbers', Number(parsed.error.issues[0]?.path[0] ?? 0))
  const shortToLong = Math.min(size.width, size.height) / Math.max(size.width, size.height)
  const hints: Hint[] = []
  let marks = 0
  parsed.data.forEach(([x = -1, y = -1, red = -1, green = -1, blue = -1, type], at) => {
    if (x < 0 || x > 1 || y < 0 || y > 1) throw wrong('fault.pointOutside', at)
    if ([red, green, blue].some((value) => value < 0 || value > 255)) throw wrong('fault.pointColor', at)
    if (isReserved([red, green, blue])) {
      marks += 1
      return
    }
    const anchor = type === 0
    hints.push({
      kind: 'dot',
      x,
      y: 1 - y,
      color: hexOf(red / 255, green / 255, blue / 255),
      radius: (anchor ? anchorRadius : exactRadius) * shortToLong,
      ...(anchor ? { name: anchorName } : {}),
    })
  })
  return { hints, marks }
}

/** Places that stand for a hint: a dot's own, a stroke's at even steps along it. Fractions, y from the top. */
function placesOf(hint: Hint, { width, height }: Sides): [number, number][] {
  if (hint.kind === 'dot') return [[hint.x, hint.y]]
  const long = Math.max(width, height)
  const step = Math.max(strokeStep, 2 * hint.radius)
  const places: [number, number][] = []
  let left = 0
  hint.points.forEach(([x, y], n) => {
    const [fromX, fromY] = hint.points[n - 1] ?? [x, y]
    const length = Math.hypot(((x - fromX) * width) / long, ((y - fromY) * height) / long)
    if (n === 0) {
      places.push([x, y])
      left = step
      return
    }
    let done = 0
    while (length - done >= left) {
      done += left
      places.push([fromX + ((x - fromX) * done) / length, fromY + ((y - fromY) * done) / length])
      left = step
    }
    left -= length - done
  })
  return places
}

const rounded = (value: number): number => Math.round(value * 1e6) / 1e6

/**
 * Style2Paints' points of hints that are shown and give a colour; "keep empty" hints, which it does not know, are left
 * out. A colour that it takes for a light mark is moved by one level.
 * @param version '4.5': five numbers a point; '3': six
 * @returns the points, and what was left out
 */
export function writeStyle2Paints(hints: readonly Hint[], size: Sides, version: '4.5' | '3'): { points: number[][]; notes: Note[] } {
  const colours = hints.filter(({ hidden, empty }) => !hidden && !empty)
  const list = colours.flatMap((hint) => {
    const channels = bytesOfHex(hint.color)
    if (isReserved(channels)) channels[1] -= 1
    return placesOf(hint, size).map(([x, y]) => {
      const five = [rounded(x), rounded(1 - y), ...channels]
      return version === '4.5' ? five : [...five, hint.name === anchorName ? 0 : 2]
    })
  })
  const notes: Note[] = []
  const kept = hints.filter(({ hidden, empty }) => !hidden && empty).length
  if (kept > 0) notes.push(noted('hints-left-out', 'note.keepPaperLeftOut', { count: kept }))
  if (list.length > maxStyle2PaintsPoints) notes.push(noted('many-points', 'note.manyPoints', { count: list.length, most: maxStyle2PaintsPoints }))
  return { points: list, notes }
}
