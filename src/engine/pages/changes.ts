/** What somebody changed in a layered file that went out and came back. */
import type { Note } from '../../contract/pictures.ts'
import { noted } from '../../core/texts/wording.ts'
import { rgbaOf, type LayeredPage, type PageLayer } from './layers.ts'

export const changeKinds = ['page-size', 'resolution', 'added', 'removed', 'renamed', 'regrouped', 'moved', 'recolored', 'painted', 'blend', 'opacity', 'visibility', 'order'] as const
export type ChangeKind = (typeof changeKinds)[number]

/** Told in words that read in every language; `code` is a `ChangeKind`. */
export interface LayerChange extends Note {
  code: ChangeKind
  /** Name of the layer before the change (of an added one: its own); '' for the page itself. */
  layer: string
  group: string[]
}

interface Looked {
  readonly layer: PageLayer
  readonly rgba: Uint8Array
  /** Of everything that shows, wherever the layer lies. */
  readonly content: string
  /** Of where it shows, whatever its colour. */
  readonly shape: string
  /** The one colour it has, `#rrggbb`, or null. */
  readonly color: string | null
}

/** FNV-1a, two lanes of 32 bits: equal content is told from different content, not guarded against ill will. */
class Digest {
  #one = 0x811c9dc5
  #other = 0x01000193

  add(value: number): void {
    this.#one = Math.imul(this.#one ^ value, 0x01000193)
    this.#other = Math.imul(this.#other ^ (value + 0x9e), 0x85ebca6b)
  }

  toString(): string {
    return `${this.#one >>> 0}:${this.#other >>> 0}`
  }
}

function lookAt(layer: PageLayer): Looked {
  const rgba = rgbaOf(layer)
  const [content, shape] = [new Digest(), new Digest()]
  let color: number | null | undefined
  for (const side of [layer.width, layer.height]) {
    content.add(side)
    shape.add(side)
  }
  for (let at = 0; at < rgba.length; at += 4) {
    const alpha = rgba[at + 3] as number
    shape.add(alpha)
    content.add(alpha)
    if (alpha === 0) continue
    const own = ((rgba[at] as number) << 16) | ((rgba[at + 1] as number) << 8) | (rgba[at + 2] as number)
    content.add(own)
    if (color === undefined) color = own
    else if (color !== own) color = null
  }
  return { layer, rgba, content: String(content), shape: String(shape), color: color == null ? null : `#${color.toString(16).padStart(6, '0')}` }
}

const path = ({ group, name }: PageLayer): string => JSON.stringify([...group, name])

/** Takes pairs out of two lists, for which a key is the same, in their order. */
function pair(before: Looked[], after: Looked[], key: (looked: Looked) => string): [Looked, Looked][] {
  const pairs: [Looked, Looked][] = []
  for (const one of [...before]) {
    const at = after.findIndex((other) => key(other) === key(one))
    if (at < 0) continue
    pairs.push([one, after[at] as Looked])
    after.splice(at, 1)
    before.splice(before.indexOf(one), 1)
  }
  return pairs
}

/** The pixels of both boxes that differ, where both lie at their places on the page. */
function paintedPixels(one: Looked, other: Looked): number {
  const [a, b] = [one.layer, other.layer]
  const [left, top] = [Math.min(a.left, b.left), Math.min(a.top, b.top)]
  const [right, bottom] = [Math.max(a.left + a.width, b.left + b.width), Math.max(a.top + a.height, b.top + b.height)]
  const pixelOf = ({ layer, rgba }: Looked, x: number, y: number): number => {
    if (x < layer.left || y < layer.top || x >= layer.left + layer.width || y >= layer.top + layer.height) return 0
    const at = 4 * ((y - layer.top) * layer.width + x - layer.left)
    const alpha = rgba[at + 3] as number
    return alpha === 0 ? 0 : (((alpha << 24) | ((rgba[at] as number) << 16) | ((rgba[at + 1] as number) << 8) | (rgba[at + 2] as number)) >>> 0)
  }
  let count = 0
  for (let y = top; y < bottom; y++) for (let x = left; x < right; x++) if (pixelOf(one, x, y) !== pixelOf(other, x, y)) count += 1
  return count
}

const percent = (opacity: number): number => Math.round(100 * opacity)
const pathOf = (group: readonly string[]): string => ['', ...group].join('/') || '/'

function changesOf(one: Looked, other: Looked): LayerChange[] {
  const [before, after] = [one.layer, other.layer]
  const changes: LayerChange[] = []
  const layer = before.name
  const tell = (code: ChangeKind, note: Note): void => {
    changes.push({ ...note, code, layer, group: [...before.group] })
  }
  if (layer !== after.name) tell('renamed', noted('renamed', 'note.change.renamed', { layer, name: after.name }))
  if (before.group.join('\0') !== after.group.join('\0')) tell('regrouped', noted('regrouped', 'note.change.regrouped', { layer, from: pathOf(before.group), to: pathOf(after.group) }))
  const moved = before.left !== after.left || before.top !== after.top
  if (one.content === other.content) {
    if (moved) tell('moved', noted('moved', 'note.change.moved', { layer, x: after.left - before.left, y: after.top - before.top }))
  } else if (!moved && one.shape === other.shape && one.color !== null && other.color !== null) tell('recolored', noted('recolored', 'note.change.recolored', { layer, from: one.color, to: other.color }))
  else tell('painted', noted('painted', 'note.change.painted', { layer, pixels: paintedPixels(one, other) }))
  if (before.blend !== after.blend) tell('blend', noted('blend', 'note.change.blend', { layer, from: before.blend, to: after.blend }))
  // Files keep opacity in 256 steps.
  if (Math.round(255 * before.opacity) !== Math.round(255 * after.opacity)) tell('opacity', noted('opacity', 'note.change.opacity', { layer, from: percent(before.opacity), to: percent(after.opacity) }))
  if (before.hidden !== after.hidden) tell('visibility', noted('visibility', after.hidden ? 'note.change.hidden' : 'note.change.shown', { layer }))
  return changes
}

/** Layers that left their order among those that stayed: all but a longest run that kept it. */
function outOfOrder(places: readonly number[]): Set<number> {
  const best = places.map(() => 1)
  const previous = places.map(() => -1)
  places.forEach((place, n) => {
    for (let m = 0; m < n; m++) {
      if ((places[m] as number) < place && (best[m] as number) + 1 > (best[n] as number)) {
        best[n] = (best[m] as number) + 1
        previous[n] = m
      }
    }
  })
  const kept = new Set<number>()
  for (let n = best.indexOf(Math.max(0, ...best)); n >= 0; n = previous[n] as number) kept.add(n)
  return new Set(places.map((_place, n) => n).filter((n) => !kept.has(n)))
}

/**
 * Everything that differs between a file as it was exported and as it came back, layer by layer. Layers are found again by
 * group and name, then by what they show, then by name alone, so that a renamed layer is not told as a new one. An empty
 * list: nothing was changed.
 */
export function compareLayers(before: LayeredPage, after: LayeredPage): LayerChange[] {
  const changes: LayerChange[] = []
  const tell = (code: ChangeKind, note: Note, layer?: PageLayer): void => {
    changes.push({ ...note, code, layer: layer?.name ?? '', group: [...(layer?.group ?? [])] })
  }
  if (before.width !== after.width || before.height !== after.height) tell('page-size', noted('page-size', 'note.change.pageSize', { width: after.width, height: after.height, oldWidth: before.width, oldHeight: before.height }))
  if (Math.round(before.dpi ?? 0) !== Math.round(after.dpi ?? 0)) tell('resolution', noted('resolution', 'note.change.resolution', { dpi: Math.round(after.dpi ?? 0), oldDpi: Math.round(before.dpi ?? 0) }))
  const [left, right] = [before.layers.map(lookAt), after.layers.map(lookAt)]
  const places = new Map(right.map((looked, n) => [looked, n]))
  const origin = new Map(left.map((looked, n) => [looked, n]))
  const pairs = [pair(left, right, ({ layer }) => path(layer)), pair(left, right, ({ content }) => content), pair(left, right, ({ layer }) => layer.name)].flat()
  pairs.sort(([one], [other]) => (origin.get(one) ?? 0) - (origin.get(other) ?? 0))
  const strayed = outOfOrder(pairs.map(([, other]) => places.get(other) ?? 0))
  pairs.forEach(([one, other], n) => {
    changes.push(...changesOf(one, other))
    if (strayed.has(n)) tell('order', noted('order', 'note.change.order', { layer: one.layer.name }), one.layer)
  })
  for (const { layer } of left) tell('removed', noted('removed', 'note.change.removed', { layer: layer.name }), layer)
  for (const { layer } of right) tell('added', noted('added', 'note.change.added', { layer: layer.name }), layer)
  return changes
}
