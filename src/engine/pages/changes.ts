/** What somebody changed in a layered file that went out and came back. */
import { rgbaOf, type LayeredPage, type PageLayer } from './layers.ts'

export const changeKinds = ['page-size', 'resolution', 'added', 'removed', 'renamed', 'regrouped', 'moved', 'recolored', 'painted', 'blend', 'opacity', 'visibility', 'order'] as const
export type ChangeKind = (typeof changeKinds)[number]

export interface LayerChange {
  readonly kind: ChangeKind
  /** Name of the layer before the change (of an added one: its own); '' for the page itself. */
  readonly layer: string
  readonly group: readonly string[]
  /** In plain words. */
  readonly message: string
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

const percent = (opacity: number): string => `${Math.round(100 * opacity)} %`
const folder = (group: readonly string[]): string => (group.length === 0 ? 'the top' : `"${group.join('/')}"`)

function changesOf(one: Looked, other: Looked): LayerChange[] {
  const [before, after] = [one.layer, other.layer]
  const changes: LayerChange[] = []
  const tell = (kind: ChangeKind, message: string): void => {
    changes.push({ kind, layer: before.name, group: before.group, message: `"${before.name}" ${message}.` })
  }
  if (before.name !== after.name) tell('renamed', `is called "${after.name}" now`)
  if (before.group.join('\0') !== after.group.join('\0')) tell('regrouped', `went from ${folder(before.group)} to ${folder(after.group)}`)
  const moved = before.left !== after.left || before.top !== after.top
  if (one.content === other.content) {
    if (moved) tell('moved', `was moved by ${after.left - before.left}, ${after.top - before.top} pixels`)
  } else if (!moved && one.shape === other.shape && one.color !== null && other.color !== null) tell('recolored', `went from ${one.color} to ${other.color}`)
  else tell('painted', `was painted on: ${paintedPixels(one, other).toLocaleString('en')} pixels differ`)
  if (before.blend !== after.blend) tell('blend', `blends by "${after.blend}" instead of "${before.blend}"`)
  // Files keep opacity in 256 steps.
  if (Math.round(255 * before.opacity) !== Math.round(255 * after.opacity)) tell('opacity', `has ${percent(after.opacity)} opacity instead of ${percent(before.opacity)}`)
  if (before.hidden !== after.hidden) tell('visibility', after.hidden ? 'is hidden now' : 'is shown now')
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
  const ofPage = (kind: ChangeKind, message: string): void => {
    changes.push({ kind, layer: '', group: [], message })
  }
  if (before.width !== after.width || before.height !== after.height) ofPage('page-size', `The page has ${after.width} × ${after.height} pixels instead of ${before.width} × ${before.height}.`)
  if (Math.round(before.dpi ?? 0) !== Math.round(after.dpi ?? 0)) ofPage('resolution', `The page has ${after.dpi === null ? 'no resolution' : `${Math.round(after.dpi)} dpi`} instead of ${before.dpi === null ? 'none' : `${Math.round(before.dpi)} dpi`}.`)
  const [left, right] = [before.layers.map(lookAt), after.layers.map(lookAt)]
  const places = new Map(right.map((looked, n) => [looked, n]))
  const origin = new Map(left.map((looked, n) => [looked, n]))
  const pairs = [pair(left, right, ({ layer }) => path(layer)), pair(left, right, ({ content }) => content), pair(left, right, ({ layer }) => layer.name)].flat()
  pairs.sort(([one], [other]) => (origin.get(one) ?? 0) - (origin.get(other) ?? 0))
  const strayed = outOfOrder(pairs.map(([, other]) => places.get(other) ?? 0))
  pairs.forEach(([one, other], n) => {
    changes.push(...changesOf(one, other))
    if (strayed.has(n)) changes.push({ kind: 'order', layer: one.layer.name, group: one.layer.group, message: `"${one.layer.name}" lies in another place among the layers.` })
  })
  for (const { layer } of left) changes.push({ kind: 'removed', layer: layer.name, group: layer.group, message: `"${layer.name}" is gone.` })
  for (const { layer } of right) changes.push({ kind: 'added', layer: layer.name, group: layer.group, message: `"${layer.name}" is new, in ${folder(layer.group)}.` })
  return changes
}
