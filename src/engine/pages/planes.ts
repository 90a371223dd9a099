/** Layers of a page from what the studio knows of it: regions, their colours, ink and luminance. */
import { fault } from '../../core/texts/wording.ts'
import { drawHintPicture } from '../../core/pages/files/hintPicture.ts'
import { bytesOfHex } from '../../core/pages/files/swatches.ts'
import { cropped, flatten, type LayeredPage, type LayerPixels, type PageLayer } from './layers.ts'
import { settled, type PagePlanes, type RegionFill, type SettledPlanes } from './settling.ts'

export interface LayerOptions {
  /** Pixels that flats reach under the ink; 3 unless said. */
  readonly grow?: number
  /** One flat layer a colour (default), or one a region. */
  readonly flats?: 'color' | 'region'
  /** Lines as grey on `multiply` (default), or as black that is more or less transparent. Both show the same. */
  readonly lines?: 'multiply' | 'transparent'
}

/** Photoshop opens no more layers. */
const maxLayers = 8000

interface Box {
  left: number
  top: number
  right: number
  bottom: number
}

/** A layer whose mask is worked out when it is asked for, so that a hundred flats need not lie in memory together. */
class MaskLayer implements PageLayer {
  readonly blend = 'normal'
  readonly opacity = 1
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
  readonly #covers: (i: number) => boolean
  readonly #pageWidth: number
  readonly #color: readonly [number, number, number]
  readonly name: string
  readonly kind: PageLayer['kind']
  readonly group: readonly string[]
  readonly hidden: boolean

  constructor(about: Pick<PageLayer, 'name' | 'kind' | 'group' | 'hidden'>, color: readonly [number, number, number], box: Box, pageWidth: number, covers: (i: number) => boolean) {
    this.name = about.name
    this.kind = about.kind
    this.group = about.group
    this.hidden = about.hidden
    this.left = box.left
    this.top = box.top
    this.width = box.right - box.left + 1
    this.height = box.bottom - box.top + 1
    this.#color = color
    this.#pageWidth = pageWidth
    this.#covers = covers
  }

  get pixels(): LayerPixels {
    const mask = new Uint8Array(this.width * this.height)
    for (let y = 0, to = 0; y < this.height; y++) {
      for (let x = 0, i = (this.top + y) * this.#pageWidth + this.left; x < this.width; x++, i++, to++) if (this.#covers(i)) mask[to] = 255
    }
    return { mask, color: this.#color }
  }
}

const growBox = (box: Box | undefined, x: number, y: number): Box => {
  if (!box) return { left: x, top: y, right: x, bottom: y }
  if (x < box.left) box.left = x
  if (x > box.right) box.right = x
  if (y > box.bottom) box.bottom = y
  return box
}

function flatLayers(planes: SettledPlanes, by: 'color' | 'region'): PageLayer[] {
  const { width, labels, covered } = planes
  const indexOfLabel = new Map<number, number>()
  const indexOfKey = new Map<string, number>()
  const fills: RegionFill[] = []
  const boxes: Box[] = []
  const layerOf = (label: number): number => {
    const known = indexOfLabel.get(label)
    if (known !== undefined) return known
    const fill = planes.fills(label)
    let index = -1
    if (fill) {
      const key = by === 'region' ? String(label) : JSON.stringify([fill.group ?? '', fill.name ?? '', fill.color])
      index = indexOfKey.get(key) ?? fills.length
      indexOfKey.set(key, index)
      if (index === fills.length) fills.push(fill)
      if (fills.length > maxLayers) throw fault('too-large', 'fault.tooManyFlats', 'remedy.layerAColor', { most: maxLayers })
    }
    indexOfLabel.set(label, index)
    return index
  }
  // Neighbours mostly share their region: one look at the last one saves most of the searching.
  let last = -1
  let lastIndex = -1
  const at = (i: number): number => {
    if (covered[i] === 0) return -1
    const label = labels[i] as number
    if (label !== last) {
      last = label
      lastIndex = layerOf(label)
    }
    return lastIndex
  }
  for (let i = 0; i < labels.length; i++) {
    const index = at(i)
    if (index >= 0) boxes[index] = growBox(boxes[index], i % width, Math.floor(i / width))
  }
  const layers = fills.map((fill, index) => {
    const name = fill.name || fill.color
    const group = fill.group ? ['Flats', fill.group] : ['Flats']
    return new MaskLayer({ name, kind: 'flat', group, hidden: false }, bytesOfHex(fill.color), boxes[index] as Box, width, (i) => at(i) === index)
  })
  // Characters together, in order of their first region; flats of nobody last.
  const groups = [...new Set(layers.map(({ group }) => group[1] ?? ''))]
  const place = (layer: PageLayer): number => (layer.group[1] === undefined ? groups.length : groups.indexOf(layer.group[1]))
  return layers.toSorted((one, other) => place(one) - place(other))
}

/** Part of the luminance as a layer that darkens what lies below exactly as the page does. */
function toneLayer(planes: SettledPlanes, name: string, kind: PageLayer['kind'], lines: 'multiply' | 'transparent', takes: (i: number) => boolean): PageLayer | null {
  const { width, height, luminance } = planes
  const rgba = new Uint8Array(4 * luminance.length)
  for (let i = 0; i < luminance.length; i++) {
    const value = luminance[i] as number
    if (value === 255 || !takes(i)) continue
    if (lines === 'transparent') rgba[4 * i + 3] = 255 - value
    else rgba.set([value, value, value, 255], 4 * i)
  }
  return cropped({ name, kind, left: 0, top: 0, width, height, pixels: { rgba }, blend: lines === 'multiply' ? 'multiply' : 'normal', opacity: 1, hidden: false, group: [] })
}

/** A layer of opaque pixels, cropped to them; null where there are none. @param colors 0xrrggbb, below 0 transparent */
function paintedLayer({ width, height }: SettledPlanes, name: string, kind: PageLayer['kind'], colors: Int32Array): PageLayer | null {
  const rgba = new Uint8Array(4 * colors.length)
  for (let i = 0; i < colors.length; i++) {
    const color = colors[i] as number
    if (color >= 0) rgba.set([color >> 16, (color >> 8) & 255, color & 255, 255], 4 * i)
  }
  return cropped({ name, kind, left: 0, top: 0, width, height, pixels: { rgba }, blend: 'normal', opacity: 1, hidden: false, group: [] })
}

/** Levels by which rounding of layers may be off. */
const rounding = 1

/** Pixels that the layers show otherwise than the page looks: dark ink that keeps its lightness under a colour, paper that keeps its tint. */
function restOf(page: LayeredPage, look: Uint8Array): Int32Array {
  const shown = flatten(page, [255, 255, 255])
  const rest = new Int32Array(page.width * page.height).fill(-1)
  for (let i = 0; i < rest.length; i++) {
    for (let channel = 0; channel < 3; channel++) {
      if (Math.abs((shown[4 * i + channel] as number) - (look[3 * i + channel] as number)) <= rounding) continue
      rest[i] = ((look[3 * i] as number) << 16) | ((look[3 * i + 1] as number) << 8) | (look[3 * i + 2] as number)
      break
    }
  }
  return rest
}

/** Where a plane is not 0. */
function boxOf(plane: Uint8Array, width: number): Box | undefined {
  let box: Box | undefined
  for (let i = 0; i < plane.length; i++) if (plane[i] !== 0) box = growBox(box, i % width, Math.floor(i / width))
  return box
}

/**
 * The layers colorists expect, from the top: Lettering, Line, Tone (these multiply and together are the page's own tones),
 * the group Flats with a group a character (hard edges, reaching under the ink, so that they can be selected by colour with
 * tolerance 0), Bubbles and Hints (hidden), Paper (white). Laid over each other they are fill × luminance. What a network or a
 * rough picture gave lies above the flats in a layer of its own; `Line exact` on top holds what multiplication cannot show,
 * so that all together they are what the page looks like.
 * @throws HourglassError `too-large`
 */
export function layersOfPage(planes: PagePlanes, options: LayerOptions = {}): LayeredPage {
  return layersOfPlanes(settled(planes, options.grow), options)
}

/** The same from planes that are settled already. @throws HourglassError `too-large` */
export function layersOfPlanes(planes: SettledPlanes, options: Omit<LayerOptions, 'grow'> = {}): LayeredPage {
  const { width, height, dpi, edges, lettering, bubbles, hints, drafted = [], look } = planes
  const lines = options.lines ?? 'multiply'
  const isLettering = (i: number): boolean => lettering !== undefined && lettering[i] !== 0
  const box = bubbles && boxOf(bubbles, width)
  const spots = hints && hints.length > 0 ? drawHintPicture(hints, { width, height }).data : null
  const page: readonly (PageLayer | null)[] = [
    lettering ? toneLayer(planes, 'Lettering', 'lettering', lines, isLettering) : null,
    toneLayer(planes, 'Line', 'line', lines, (i) => edges[i] === 1 && !isLettering(i)),
    toneLayer(planes, 'Tone', 'tone', lines, (i) => edges[i] === 0 && !isLettering(i)),
    ...drafted.map(({ name, colors }) => paintedLayer(planes, name, 'draft', colors)),
    ...flatLayers(planes, options.flats ?? 'color'),
    bubbles && box ? new MaskLayer({ name: 'Bubbles', kind: 'bubbles', group: [], hidden: true }, [255, 255, 255], box, width, (i) => bubbles[i] !== 0) : null,
    spots ? cropped({ name: 'Hints', kind: 'hints', left: 0, top: 0, width, height, pixels: { rgba: spots }, blend: 'normal', opacity: 1, hidden: true, group: [] }) : null,
    new MaskLayer({ name: 'Paper', kind: 'paper', group: [], hidden: false }, [255, 255, 255], { left: 0, top: 0, right: width - 1, bottom: height - 1 }, width, () => true),
  ]
  const layers = page.filter((layer) => layer !== null)
  const exact = look ? paintedLayer(planes, 'Line exact', 'line', restOf({ width, height, dpi, layers }, look)) : null
  return { width, height, dpi, layers: exact ? [exact, ...layers] : layers }
}
