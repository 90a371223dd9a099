/** A page in layers: what PSD, OpenRaster and folders of PNG are written from and read into. */

export const layerKinds = ['draft', 'lettering', 'line', 'tone', 'flat', 'bubbles', 'hints', 'paper', 'other'] as const
export type LayerKind = (typeof layerKinds)[number]

/** Pixels of a layer inside its box: RGBA (not premultiplied), or one colour through a mask of alpha values. */
export type LayerPixels = { readonly rgba: Uint8Array } | { readonly mask: Uint8Array; readonly color: readonly [number, number, number] }

export interface PageLayer {
  /** Unicode, shown by other programs. */
  readonly name: string
  readonly kind: LayerKind
  /** The box on the page, pixels; it may reach over the page's edges in files of other programs. */
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
  /** May be worked out when asked for: ask once and use it. */
  readonly pixels: LayerPixels
  /** As Photoshop names it: `normal`, `multiply`, and in files of other programs any other. */
  readonly blend: string
  /** 0…1. */
  readonly opacity: number
  readonly hidden: boolean
  /** Names of the groups around it, outermost first. */
  readonly group: readonly string[]
}

export interface LayeredPage {
  readonly width: number
  readonly height: number
  /** Dots per inch; null where the file says none. */
  readonly dpi: number | null
  /** From the top down, as a list of layers shows them. Layers of one group stand together. */
  readonly layers: readonly PageLayer[]
}

/** A layer's pixels as RGBA. */
export function rgbaOf({ pixels }: Pick<PageLayer, 'pixels'>): Uint8Array {
  if ('rgba' in pixels) return pixels.rgba
  const { mask, color } = pixels
  const rgba = new Uint8Array(4 * mask.length)
  const [red, green, blue] = color
  for (let i = 0, at = 0; i < mask.length; i++, at += 4) {
    const alpha = mask[i] as number
    if (alpha === 0) continue
    rgba[at] = red
    rgba[at + 1] = green
    rgba[at + 2] = blue
    rgba[at + 3] = alpha
  }
  return rgba
}

/** x · y / 255, rounded to nearest; exact for bytes. */
const times = (x: number, y: number): number => Math.round((x * y) / 255)

type Blend = (below: number, own: number) => number
const blends: Readonly<Record<string, Blend>> = { normal: (_below, own) => own, multiply: times }

/** Blend modes of shown layers that `flatten` does not know and draws as `normal`. */
export function unknownBlends(layers: readonly PageLayer[]): string[] {
  return [...new Set(layers.filter(({ hidden, blend }) => !hidden && !(blend in blends)).map(({ blend }) => blend))]
}

function drawLayer(canvas: Uint8Array, size: { width: number; height: number }, layer: PageLayer): void {
  const rgba = rgbaOf(layer)
  const blend = blends[layer.blend] ?? (blends['normal'] as Blend)
  const [fromX, toX] = [Math.max(0, layer.left), Math.min(size.width, layer.left + layer.width)]
  for (let y = Math.max(0, layer.top); y < Math.min(size.height, layer.top + layer.height); y++) {
    let from = 4 * ((y - layer.top) * layer.width + fromX - layer.left)
    let to = 4 * (y * size.width + fromX)
    for (let x = fromX; x < toX; x++, from += 4, to += 4) {
      const own = rgba[from + 3] as number
      if (own === 0) continue
      if (own === 255 && layer.opacity === 1 && canvas[to + 3] === 255) {
        // What nearly all pixels of a page are: opaque on opaque.
        for (let channel = 0; channel < 3; channel++) canvas[to + channel] = blend(canvas[to + channel] as number, rgba[from + channel] as number)
        continue
      }
      const alpha = (own * layer.opacity) / 255
      if (alpha <= 0) continue
      const below = (canvas[to + 3] as number) / 255
      const after = alpha + below * (1 - alpha)
      // W3C Compositing and Blending 1, 5.8: the blended colour counts only as far as there is something below.
      for (let channel = 0; channel < 3; channel++) {
        const under = canvas[to + channel] as number
        const over = rgba[from + channel] as number
        const mixed = (1 - below) * over + below * blend(under, over)
        canvas[to + channel] = Math.round((alpha * mixed + (1 - alpha) * below * under) / after)
      }
      canvas[to + 3] = Math.round(255 * after)
    }
  }
}

/**
 * The layers laid over each other as a viewer shows them, hidden ones left out: RGBA of the page's size.
 * @param background opaque colour underneath; null leaves what no layer covers transparent
 */
export function flatten(page: LayeredPage, background: readonly [number, number, number] | null = null): Uint8Array {
  const canvas = new Uint8Array(4 * page.width * page.height)
  if (background) new Uint32Array(canvas.buffer).fill(new Uint32Array(Uint8Array.of(...background, 255).buffer)[0] as number)
  for (const layer of page.layers.toReversed()) if (!layer.hidden) drawLayer(canvas, page, layer)
  return canvas
}

/** The layer cut to the pixels that show; null where none do. */
export function cropped(layer: PageLayer): PageLayer | null {
  const rgba = rgbaOf(layer)
  let [left, top, right, bottom] = [layer.width, layer.height, -1, -1]
  for (let y = 0, at = 3; y < layer.height; y++) {
    for (let x = 0; x < layer.width; x++, at += 4) {
      if (rgba[at] === 0) continue
      if (x < left) left = x
      if (x > right) right = x
      if (y < top) top = y
      bottom = y
    }
  }
  if (right < 0) return null
  const [width, height] = [right - left + 1, bottom - top + 1]
  const own = new Uint8Array(4 * width * height)
  for (let y = 0; y < height; y++) {
    const from = 4 * ((top + y) * layer.width + left)
    own.set(rgba.subarray(from, from + 4 * width), 4 * y * width)
  }
  return { ...layer, left: layer.left + left, top: layer.top + top, width, height, pixels: { rgba: own } }
}

const nameOfKind: Readonly<Record<LayerKind, RegExp>> = {
  lettering: /letter|text|写植|文字|台词|對白/i,
  line: /\blines?\b|\blineart\b|\binks?\b|線|线|主線/i,
  tone: /tone|トーン|网点|網點/i,
  draft: /^(network|rough)\b/i,
  flat: /flat|colou?r|下塗|フラット|平涂|平塗/i,
  bubbles: /bubble|balloon|フキダシ|气泡|氣泡/i,
  hints: /^hints?$/i,
  paper: /^paper$|^background$|用紙|^纸$|^紙$|背景/i,
  other: /(?!)/,
}

/** What a layer of a file most likely is, by its name and those of its groups; a proposal, for people to change. */
export function kindOfName(name: string, group: readonly string[]): LayerKind {
  const kinds = layerKinds.filter((kind) => kind !== 'other')
  return kinds.find((kind) => nameOfKind[kind].test(name)) ?? kinds.find((kind) => group.some((part) => nameOfKind[kind].test(part))) ?? 'other'
}
