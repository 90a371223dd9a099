/** Locked areas of a page: the pixels they hold, and a page's layers with what they looked like when they were locked. */
import type { Size } from '../../contract/pictures.ts'
import type { PageParams } from '../../core/steps/page.ts'
import type { LayeredPage, PageLayer } from './layers.ts'
import { noFill } from './pageLayers.ts'
import { layersOfPlanes } from './planes.ts'
import type { SettledPlanes } from './settling.ts'

/** Pixels from left and top up to, but not including, right and bottom. */
export interface PixelArea {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** The pixels of a lock on a picture of this size. A pixel is in it or not, in every export alike, wherever a part begins. */
export function lockedArea({ x, y, width, height }: PageParams['locks'][number]['box'], size: Size): PixelArea {
  const place = (fraction: number, length: number): number => Math.min(length, Math.max(0, Math.round(fraction * length)))
  return { left: place(x, size.width), top: place(y, size.height), right: place(x + width, size.width), bottom: place(y + height, size.height) }
}

/** How opaque a page's layers are. */
export type Opacities = Pick<PageParams, 'lineOpacity' | 'fillOpacity'>

/** Planes of which all layers are equally opaque. */
export interface LayerSet extends Opacities {
  readonly planes: SettledPlanes
}

/** The page's own, and those of locked areas with other opacities. */
export type LayerSets = readonly [LayerSet, ...LayerSet[]]

type Plane = Uint8Array | Uint32Array | Int32Array
/** Planes with one value a pixel, and the value of nothing. */
const empty = { labels: noFill, covered: 0, edges: 0, luminance: 255, lettering: 0 } as const
const names = Object.keys(empty) as (keyof typeof empty)[]
const white = 255

/** Copies an area from one plane to another, or (null) empties it. */
function lay(to: Plane | undefined, from: Plane | undefined | null, nothing: number, { left, top, right, bottom }: PixelArea, width: number, channels = 1): void {
  for (let y = top; to && y < bottom; y++) {
    const [start, end] = [channels * (y * width + left), channels * (y * width + right)]
    if (from) to.set(from.subarray(start, end), start)
    else to.fill(nothing, start, end)
  }
}

/** Planes that show nothing at all. */
function blankLike(planes: SettledPlanes): SettledPlanes {
  const pixels = planes.width * planes.height
  const bytes = (value: number): Uint8Array => new Uint8Array(pixels).fill(value)
  return {
    width: planes.width,
    height: planes.height,
    dpi: planes.dpi,
    fills: planes.fills,
    labels: new Uint32Array(pixels).fill(noFill),
    covered: bytes(empty.covered),
    edges: bytes(empty.edges),
    luminance: bytes(empty.luminance),
    lettering: bytes(empty.lettering),
    drafted: [],
    look: new Uint8Array(3 * pixels).fill(white),
  }
}

/** Lays an area of other planes (null: nothing) into these. */
function layArea(planes: SettledPlanes, from: SettledPlanes | null, area: PixelArea): SettledPlanes {
  const { width, height } = planes
  for (const name of names) lay(planes[name], from?.[name], empty[name], area, width)
  lay(planes.look, from?.look, white, area, width, 3)
  const drafted = [...(planes.drafted ?? [])]
  for (const { name } of from?.drafted ?? []) if (!drafted.some((each) => each.name === name)) drafted.push({ name, colors: new Int32Array(width * height).fill(-1) })
  for (const { name, colors } of drafted) lay(colors, from?.drafted?.find((each) => each.name === name)?.colors, -1, area, width)
  return { ...planes, drafted }
}

const isAlike = (one: Opacities, other: Opacities): boolean => one.lineOpacity === other.lineOpacity && one.fillOpacity === other.fillOpacity

/**
 * The page's planes with a locked area as `locked` has it, so that no layer shows anything else there. Where the area is
 * as opaque as planes that are there already it is laid into these, else into a set of its own; all others show nothing there.
 * The planes of `sets` are changed.
 */
export function withLocked([page, ...others]: LayerSets, locked: LayerSet, area: PixelArea): LayerSets {
  const isKnown = [page, ...others].some((set) => isAlike(set, locked))
  const changed = (set: LayerSet): LayerSet => ({ ...set, planes: layArea(set.planes, isAlike(set, locked) ? locked.planes : null, area) })
  lay(page.planes.bubbles, locked.planes.bubbles, 0, area, page.planes.width)
  return [changed(page), ...[...others, ...(isKnown ? [] : [{ ...locked, planes: blankLike(locked.planes) }])].map(changed)]
}

/** Layers of a set's own, less opaque where it says so. What lines and fills together look like otherwise goes with the lines. */
function faded(layer: PageLayer, { lineOpacity, fillOpacity }: Opacities, group: readonly string[]): PageLayer {
  const opacity = layer.kind === 'line' || layer.kind === 'tone' || layer.kind === 'lettering' ? lineOpacity : layer.kind === 'flat' || layer.kind === 'draft' ? fillOpacity : 1
  if (opacity === 1 && group.length === 0) return layer
  const { name, kind, left, top, width, height, blend, hidden } = layer
  return {
    name,
    kind,
    group: [...group, ...layer.group],
    left,
    top,
    width,
    height,
    blend,
    hidden,
    opacity: layer.opacity * opacity,
    // Made when asked for: a hundred layers need not lie in memory together.
    get pixels() {
      return layer.pixels
    },
  }
}

/**
 * The layers of a page, as opaque as it shows them. Sets behind the first hold locked areas with other opacities: each
 * becomes a group above the rest.
 * @throws HourglassError `too-large`
 */
export function layersOfSets([page, ...locked]: LayerSets): LayeredPage {
  const own = layersOfPlanes(page.planes)
  const above = locked.flatMap((set, n) => {
    const { layers } = layersOfPlanes(set.planes)
    return layers.filter(({ kind }) => kind !== 'paper').map((layer) => faded(layer, set, [n === 0 ? 'Locked' : `Locked ${n + 1}`]))
  })
  return { ...own, layers: [...above, ...own.layers.map((layer) => faded(layer, page, []))] }
}
