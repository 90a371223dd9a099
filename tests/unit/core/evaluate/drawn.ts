import type { Rgb } from '../../../../src/core/evaluate/picture.ts'

/** Runs work that yields, to its end. */
export function finish<Result>(work: Generator<void, Result>): Result {
  for (;;) {
    const { done, value } = work.next()
    if (done) return value
  }
}

/** A picture whose pixels are said one by one, 0…255, rounded and clipped. */
export function draw(width: number, height: number, color: (x: number, y: number) => readonly [number, number, number]): Rgb {
  const data = new Uint8Array(3 * width * height)
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) data.set(color(x, y).map((value) => Math.min(255, Math.max(0, Math.round(value)))), 3 * (y * width + x))
  return { width, height, data }
}

/** A scene with tones and colours that do not follow each other: two fields, a disc, gentle shading. */
export function scene(width: number, height: number, blur = 0): Rgb {
  return draw(width, height, (x, y) => {
    const shade = 30 * Math.sin(x / 9) + 20 * Math.cos(y / 7)
    const step = (distance: number): number => (blur > 0 ? 1 / (1 + Math.exp(-distance / blur)) : Number(distance > 0))
    const right = step(x - width / 2)
    const disc = step(height / 4 - Math.hypot(x - width / 4, y - height / 2))
    const mix = (left: number, other: number, inside: number): number => (left + (other - left) * right) * (1 - disc) + inside * disc
    return [mix(90, 200, 210) + shade, mix(140, 190, 60) + shade, mix(190, 110, 70) + shade]
  })
}
