import type { Chroma } from '../../../../src/core/film/chroma.ts'
import type { FrameSize } from '../../../../src/core/film/motion.ts'

export const drawnSize: FrameSize = { width: 96, height: 64 }

export interface Drawn {
  readonly luma: Uint8Array
  readonly truth: Chroma
  /** 1 where the object is. */
  readonly object: Uint8Array
}

/** A bright red disc that crosses a textured blue-green ground, `speed` pixels a frame. */
export function drawFrame(n: number, speed: number, { width, height } = drawnSize): Drawn {
  const luma = new Uint8Array(width * height)
  const [u, v] = [new Float32Array(width * height), new Float32Array(width * height)]
  const object = new Uint8Array(width * height)
  const [cx, cy, radius] = [14 + n * speed, 32, 11]
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const inside = Math.hypot(x - cx, y - cy) < radius
      const ground = 70 + 22 * Math.sin(x / 3.1) * Math.cos(y / 4.3) + 12 * Math.sin(y / 2.2)
      luma[i] = Math.round(inside ? 175 + 15 * Math.sin((x - cx) / 2) : ground)
      u[i] = inside ? -25 : 18
      v[i] = inside ? 48 : -14
      object[i] = inside ? 1 : 0
    }
  }
  return { luma, truth: { u, v }, object }
}

/** What a model that looks at each frame alone makes of the truth: a tint of its own, and blotches. */
export function flickering({ u, v }: Chroma, random: () => number, { width, height } = drawnSize): Chroma {
  const [tintU, tintV] = [(random() - 0.5) * 12, (random() - 0.5) * 12]
  const blotches = Float32Array.from({ length: Math.ceil(width / 10) * Math.ceil(height / 6) * 2 }, () => (random() - 0.5) * 18)
  const at = (i: number, second: number): number => blotches[2 * (Math.floor(Math.floor(i / width) / 6) * Math.ceil(width / 10) + Math.floor((i % width) / 10)) + second] as number
  return { u: u.map((value, i) => value + tintU + at(i, 0)), v: v.map((value, i) => value + tintV + at(i, 1)) }
}

/** Mean distance of two colourings, over the pixels of a mask. */
export function apart(one: Chroma, other: Chroma, mask?: Uint8Array): number {
  let [sum, count] = [0, 0]
  for (let i = 0; i < one.u.length; i++) {
    if (mask && mask[i] === 0) continue
    sum += Math.hypot((one.u[i] as number) - (other.u[i] as number), (one.v[i] as number) - (other.v[i] as number))
    count++
  }
  return sum / count
}
