import type { Hint } from '../../../contract/hints.ts'
import type { Size } from '../../../contract/pictures.ts'

/** A line over the page, [x, y] in fractions of width and height. */
export type Path = readonly (readonly [number, number])[]

/** What tools put on a page: hints, lines that close what is open, lines that join regions. */
export interface Marks {
  readonly hints: readonly Hint[]
  readonly closings: readonly Path[]
  readonly joins: readonly Path[]
}
export const noMarks: Marks = { hints: [], closings: [], joins: [] }

type EditOf<List extends keyof Marks> =
  | { readonly list: List; readonly op: 'add'; readonly value: Marks[List][number] }
  | { readonly list: List; readonly op: 'replace'; readonly at: number; readonly value: Marks[List][number] }
  | { readonly list: List; readonly op: 'remove'; readonly at: number }
/** One change of one list; several are applied in order. */
export type MarkEdit = EditOf<'hints'> | EditOf<'closings'> | EditOf<'joins'>

function edited<Item>(list: readonly Item[], edit: { op: 'add'; value: Item } | { op: 'replace'; at: number; value: Item } | { op: 'remove'; at: number }): Item[] {
  switch (edit.op) {
    case 'add':
      return [...list, edit.value]
    case 'replace':
      return list.map((item, at) => (at === edit.at ? edit.value : item))
    case 'remove':
      return list.filter((_, at) => at !== edit.at)
  }
}

/** The marks after these edits; the marks given are not changed. */
export function applyEdits(marks: Marks, edits: readonly MarkEdit[]): Marks {
  return edits.reduce<Marks>((now, edit) => {
    switch (edit.list) {
      case 'hints':
        return { ...now, hints: edited(now.hints, edit) }
      case 'closings':
        return { ...now, closings: edited(now.closings, edit) }
      case 'joins':
        return { ...now, joins: edited(now.joins, edit) }
    }
  }, marks)
}

interface At {
  readonly x: number
  readonly y: number
}

/** Distance of two places in fractions of the longer side: the measure of a hint's radius. */
export function distance(a: At, b: At, size: Size): number {
  return Math.hypot((a.x - b.x) * size.width, (a.y - b.y) * size.height) / Math.max(size.width, size.height)
}

/** Distance from a place to a line, in fractions of the longer side. */
export function distanceToPath(place: At, path: readonly (readonly number[])[], size: Size): number {
  const longer = Math.max(size.width, size.height)
  const toPixels = (point: readonly number[]): At => ({ x: (point[0] ?? 0) * size.width, y: (point[1] ?? 0) * size.height })
  const at = toPixels([place.x, place.y])
  let least = Number.POSITIVE_INFINITY
  path.forEach((point, index) => {
    const to = toPixels(point)
    const from = index === 0 ? to : toPixels(path[index - 1] ?? point)
    const along = { x: to.x - from.x, y: to.y - from.y }
    const squared = along.x ** 2 + along.y ** 2
    const share = squared === 0 ? 0 : Math.min(1, Math.max(0, ((at.x - from.x) * along.x + (at.y - from.y) * along.y) / squared))
    least = Math.min(least, Math.hypot(at.x - from.x - share * along.x, at.y - from.y - share * along.y))
  })
  return least / longer
}

/** How far a place is from the middle (dot) or the line (stroke) of a hint. */
export function distanceToHint(place: At, hint: Hint, size: Size): number {
  return hint.kind === 'dot' ? distance(place, hint, size) : distanceToPath(place, hint.points, size)
}

/** The topmost hint under a place; `reach` lets a small one be hit as well. -1: none. */
export function hintAt(hints: readonly Hint[], place: At, reach: number, size: Size): number {
  return hints.findLastIndex((hint) => !hint.hidden && distanceToHint(place, hint, size) <= Math.max(hint.radius, reach))
}

const within = (value: number) => Math.min(1, Math.max(0, value))

/** A hint moved by fractions of width and height, as far as the page goes. */
export function moveHint(hint: Hint, dx: number, dy: number): Hint {
  if (hint.kind === 'dot') return { ...hint, x: within(hint.x + dx), y: within(hint.y + dy) }
  const xs = hint.points.map(([x]) => x)
  const ys = hint.points.map(([, y]) => y)
  const right = Math.min(1 - Math.max(...xs), Math.max(-Math.min(...xs), dx))
  const down = Math.min(1 - Math.max(...ys), Math.max(-Math.min(...ys), dy))
  return { ...hint, points: hint.points.map(([x, y, pressure]) => [within(x + right), within(y + down), pressure]) }
}
