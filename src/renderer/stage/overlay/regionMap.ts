/** The edge of one region as a picture: where it lies on the page, in fractions of it. */
export interface RegionOutline {
  readonly image: CanvasImageSource
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

interface Extent {
  left: number
  top: number
  right: number
  bottom: number
}

/** Thickness of an outline, pixels of the map. */
const thickness = 2

/** The region of each place of a page, and the outline of each region, drawn once it is asked for. */
export class RegionMap {
  readonly width: number
  readonly height: number
  #labels: Uint32Array
  #extents = new Map<number, Extent>()
  #outlines = new Map<number, RegionOutline | null>()

  /** @param rgba pixels whose red, green and blue are the number of the region, 0: none */
  constructor(rgba: Uint8ClampedArray, width: number, height: number) {
    this.width = width
    this.height = height
    this.#labels = new Uint32Array(width * height)
    let extent: Extent = { left: 0, top: 0, right: 0, bottom: 0 }
    let last = 0
    for (let n = 0, at = 0; n < this.#labels.length; n++, at += 4) {
      const label = ((rgba[at] as number) << 16) | ((rgba[at + 1] as number) << 8) | (rgba[at + 2] as number)
      this.#labels[n] = label
      if (label === 0) continue
      const x = n % width
      const y = (n - x) / width
      if (last !== label) {
        extent = this.#extents.get(label) ?? { left: x, top: y, right: x, bottom: y }
        this.#extents.set(label, extent)
        last = label
      }
      if (x < extent.left) extent.left = x
      if (x > extent.right) extent.right = x
      extent.bottom = y
    }
  }

  /** The region at a place in fractions of the page; 0: none. */
  at(x: number, y: number): number {
    const place = (fraction: number, length: number) => Math.min(length - 1, Math.max(0, Math.floor(fraction * length)))
    return this.#labels[place(y, this.height) * this.width + place(x, this.width)] ?? 0
  }

  /** Whether a pixel of a region lies at its edge. */
  #isEdge(label: number, x: number, y: number): boolean {
    for (let dy = -thickness; dy <= thickness; dy += thickness) {
      for (let dx = -thickness; dx <= thickness; dx += thickness) {
        const [nx, ny] = [x + dx, y + dy]
        if (nx < 0 || ny < 0 || nx >= this.width || ny >= this.height || this.#labels[ny * this.width + nx] !== label) return true
      }
    }
    return false
  }

  /** The edge of a region in a colour; null where there is no such region. */
  outline(label: number, [red, green, blue]: readonly [number, number, number]): RegionOutline | null {
    const known = this.#outlines.get(label)
    if (known !== undefined) return known
    const extent = this.#extents.get(label)
    const made = extent ? this.#draw(label, extent, [red, green, blue]) : null
    this.#outlines.set(label, made)
    return made
  }

  #draw(label: number, { left, top, right, bottom }: Extent, [red, green, blue]: readonly [number, number, number]): RegionOutline | null {
    const [width, height] = [right - left + 1, bottom - top + 1]
    const canvas = Object.assign(document.createElement('canvas'), { width, height })
    const context = canvas.getContext('2d')
    if (!context) return null
    const pixels = context.createImageData(width, height)
    for (let y = 0, at = 0; y < height; y++) {
      for (let x = 0; x < width; x++, at += 4) {
        if (this.#labels[(top + y) * this.width + left + x] !== label || !this.#isEdge(label, left + x, top + y)) continue
        pixels.data.set([red, green, blue, 255], at)
      }
    }
    context.putImageData(pixels, 0, 0)
    return { image: canvas, left: left / this.width, top: top / this.height, width: width / this.width, height: height / this.height }
  }
}
