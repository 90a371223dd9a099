import { rgbaOf, type LayeredPage, type PageLayer } from '../../../src/engine/pages/layers.ts'
import type { PagePlanes } from '../../../src/engine/pages/settling.ts'

export const names = { hair: 'アキラ 髪', skin: '皮肤', sky: 'Himmel' }

/**
 * A page of 60 × 40: a black line down the middle (5 px, with grey edges), hair on its left half, skin on the lower right,
 * a sky without a swatch on the upper right, tone on the left, a bubble with lettering at the right edge.
 */
export function drawnPlanes(width = 60, height = 40): PagePlanes {
  const size = width * height
  const labels = new Uint32Array(size)
  const ink = new Uint8Array(size)
  const luminance = new Uint8Array(size).fill(255)
  const bubbles = new Uint8Array(size)
  const lettering = new Uint8Array(size)
  const middle = Math.floor(width / 2)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x
      labels[i] = x <= middle ? 7 : y < height / 2 ? 9 : 12
      const away = Math.abs(x - middle)
      if (away <= 2) {
        ink[i] = 1
        luminance[i] = away === 2 ? 100 : 0
      } else if (away === 3) luminance[i] = 200
      if (x > 4 && x < 12 && (x + y) % 2 === 0) luminance[i] = 180
      if (x >= width - 10 && y < 10) {
        labels[i] = 40
        bubbles[i] = 1
        if (x === width - 5 && y > 2 && y < 8) {
          luminance[i] = 0
          ink[i] = 1
          lettering[i] = 1
        }
      }
    }
  }
  const fills = new Map([
    [7, { color: '#e07a5f', name: names.hair, group: 'アキラ' }],
    [9, { color: '#3d9be9' }],
    [12, { color: '#f2cc8f', name: names.skin, group: 'アキラ' }],
  ])
  return { width, height, dpi: 600, labels, ink, luminance, bubbles, lettering, fills: (label) => fills.get(label), hints: [{ kind: 'dot', x: 0.2, y: 0.5, color: '#e07a5f', radius: 0.01 }] }
}

/** What the page must look like: fill × luminance. */
export function expectedLook({ labels, luminance, fills }: PagePlanes): Uint8Array {
  const rgba = new Uint8Array(4 * labels.length)
  labels.forEach((label, i) => {
    const color = fills(label)?.color ?? '#ffffff'
    for (let n = 0; n < 3; n++) rgba[4 * i + n] = Math.round((Number.parseInt(color.slice(1 + 2 * n, 3 + 2 * n), 16) * (luminance[i] as number)) / 255)
    rgba[4 * i + 3] = 255
  })
  return rgba
}

/** Everything of a layer that a person would notice, its pixels too. */
export const seen = (layer: PageLayer): unknown => {
  const { name, kind, left, top, width, height, blend, hidden, group } = layer
  return { name, kind, left, top, width, height, blend, opacity: Math.round(layer.opacity * 255), hidden, group, rgba: Buffer.from(rgbaOf(layer)).toString('base64') }
}

/** The biggest difference of two pictures' bytes. */
export function difference(one: Uint8Array, other: Uint8Array): number {
  if (one.length !== other.length) throw new Error(`${one.length} against ${other.length} bytes`)
  return one.reduce((most, value, i) => Math.max(most, Math.abs(value - (other[i] as number))), 0)
}

export const layerNamed = (page: LayeredPage, name: string): PageLayer => {
  const found = page.layers.find((layer) => layer.name === name)
  if (!found) throw new Error(`no layer ${name} among ${page.layers.map((layer) => layer.name).join(', ')}`)
  return found
}
