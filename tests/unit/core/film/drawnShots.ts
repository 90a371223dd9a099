import { shotSize } from '../../../../src/core/film/shots.ts'
import { randomFrom } from '../../../random.ts'

/** Luma at a place of frame n. */
export type Picture = (x: number, y: number, n: number) => number

/** How a drawn camera and the people before it move: pixels a frame of 64 wide, share of the size a frame. */
interface Motion {
  readonly pan?: number
  readonly zoom?: number
  readonly people?: number
}

const { width, height } = shotSize
const clamp = (value: number): number => Math.min(235, Math.max(16, Math.round(value)))
/** 1 inside, 0 outside, soft over a pixel. */
const inside = (distance: number): number => Math.min(1, Math.max(0, 0.5 - distance))

const canvas = { width: 320, height: 96 } as const

/** Random levels on a grid, and smooth between. */
function drawCloud(random: () => number, cell: number): (u: number, v: number) => number {
  const columns = Math.ceil(canvas.width / cell) + 2
  const levels = Array.from({ length: columns * (Math.ceil(canvas.height / cell) + 2) }, () => random() - 0.5)
  return (u, v) => {
    const [x, y] = [u / cell, v / cell]
    const at = Math.floor(y) * columns + Math.floor(x)
    return between(levels, at, columns, x % 1, y % 1)
  }
}

/** Bilinear. */
function between(levels: ArrayLike<number>, at: number, columns: number, right: number, down: number): number {
  const [a, b, c, d] = [levels[at] as number, levels[at + 1] as number, levels[at + columns] as number, levels[at + columns + 1] as number]
  return (a * (1 - right) + b * right) * (1 - down) + (c * (1 - right) + d * right) * down
}

/** Ground of clouds of all sizes, as pictures of nature are, with houses on it; wider than a frame. */
function drawGround(random: () => number): Float32Array {
  const clouds = [32, 16, 8, 4, 2].map((cell) => [drawCloud(random, cell), 26 * Math.sqrt(cell)] as const)
  const houses = Array.from({ length: 40 }, () => [canvas.width * random(), canvas.height * random(), 2 + 11 * random(), 2 + 9 * random(), (random() < 0.5 ? -1 : 1) * (20 + 50 * random())] as const)
  return Float32Array.from({ length: canvas.width * canvas.height }, (_, i) => {
    const [u, v] = [i % canvas.width, Math.floor(i / canvas.width)]
    let luma = clouds.reduce((sum, [cloud, strength]) => sum + strength * cloud(u, v), 0)
    for (const [left, top, halfWidth, halfHeight, tone] of houses) luma += tone * inside(Math.max(Math.abs(u - left) - halfWidth, Math.abs(v - top) - halfHeight))
    return 125 + 100 * Math.tanh(luma / 100)
  })
}

/** A scene, in its middle at frame 0, and people who walk past. */
export function drawnScene(seed: number, { pan = 0.2, zoom = 0, people = 0.2 }: Motion = {}): Picture {
  const random = randomFrom(seed * 7919 + 1)
  const ground = drawGround(random)
  const walkers = Array.from({ length: 3 }, () => [64 * random() - 32, 10 * random(), 2 + 2 * random(), 100 * random() - 50, random() < 0.5 ? -1 : 1] as const)
  return (x, y, n) => {
    const scale = 1 + zoom * n
    const [u, v] = [(x - width / 2) / scale + pan * n, (y - height / 2) / scale]
    const [column, row] = [Math.min(canvas.width - 1.001, Math.max(0, u + canvas.width / 2)), Math.min(canvas.height - 1.001, Math.max(0, v + canvas.height / 2))]
    let luma = between(ground, Math.floor(row) * canvas.width + Math.floor(column), canvas.width, column % 1, row % 1)
    for (const [start, top, size, tone, way] of walkers) luma += tone * inside(Math.hypot(u - start - way * people * n, (v - top) / 3) - size)
    return luma
  }
}

export const drawFrame = (picture: Picture, n: number, change: (value: number) => number = (value) => value): Uint8Array =>
  Uint8Array.from({ length: width * height }, (_, i) => clamp(change(picture(i % width, Math.floor(i / width), n))))

export const drawFrames = (picture: Picture, length: number, first = 0): Uint8Array[] => Array.from({ length }, (_, n) => drawFrame(picture, first + n))

/** Frames with grain (standard deviation about `strength`) and an exposure that pumps by up to `pumping` of its level. */
export function onFilm(frames: readonly Uint8Array[], seed: number, strength = 2, pumping = 0): Uint8Array[] {
  const random = randomFrom(seed)
  return frames.map((frame) => {
    const gain = 1 + pumping * (2 * random() - 1)
    return frame.map((value) => clamp(16 + (value - 16) * gain + 2 * strength * (random() + random() + random() - 1.5)))
  })
}

const mixed = (one: Uint8Array, other: Uint8Array, share: number): Uint8Array => one.map((value, i) => clamp(value + share * ((other[i] as number) - value)))

/** One scene that dissolves into another by way of nothing or of a level, `before` frames of the first alone and as many of the second. */
export function dissolved(one: Picture, other: Picture, length: number, before: number, by?: number): Uint8Array[] {
  return Array.from({ length: before + length + before }, (_, n) => {
    const share = Math.min(1, Math.max(0, (n + 1 - before) / (length + 1)))
    const [a, b] = [drawFrame(one, n), drawFrame(other, n)]
    if (by === undefined) return mixed(a, b, share)
    return share < 0.5 ? mixed(a, a.map(() => by), 2 * share) : mixed(b, b.map(() => by), 2 - 2 * share)
  })
}

const length = 120
/** 0 up to frame 40, 1 from `frames` later on. */
const ramp = (n: number, frames: number): number => Math.min(1, Math.max(0, (n - 40) / frames))
const still = { pan: 0, people: 0 }

/** Films of one shot each in which much changes. */
export const undissolved: Readonly<Record<string, (seed: number) => Uint8Array[]>> = {
  'a picture that stands still': (seed) => drawFrames(drawnScene(seed, still), length),
  'a pan': (seed) => drawFrames(drawnScene(seed, { pan: [0.3, 0.7, 1.5][seed % 3] as number }), length),
  'a zoom': (seed) => drawFrames(drawnScene(seed, { zoom: [0.004, 0.01, 0.03][seed % 3] as number }), length),
  'people who run': (seed) => drawFrames(drawnScene(seed, { pan: 0, people: 1.5 }), length),
  'a disc that crosses': (seed) => {
    const scene = drawnScene(seed)
    const [radius, speed] = [10 + (seed % 14), 1 + (seed % 4)]
    return drawFrames((x, y, n) => (Math.hypot(x + radius - speed * (n - 30), y - 18) < radius ? 60 + 20 * Math.sin(x / 3 - n) : scene(x, y, n)), length)
  },
  'a camera that shakes': (seed) => {
    const scene = drawnScene(seed, still)
    const random = randomFrom(seed)
    return Array.from({ length }, (_, n) => {
      const [dx, dy] = [4 * random() - 2, 4 * random() - 2]
      return drawFrame((x, y) => scene(x + dx, y + dy, n), n)
    })
  },
  'exposure that changes': (seed) => {
    const scene = drawnScene(seed)
    return Array.from({ length }, (_, n) => drawFrame(scene, n, (value) => 16 + (value - 16) * (1 - 0.6 * ramp(n, 8 + (seed % 40)))))
  },
  'exposure that pumps wildly': (seed) => onFilm(drawFrames(drawnScene(seed, still), length), seed, 1, 0.25),
  'light that falls from a side': (seed) => {
    const scene = drawnScene(seed)
    return drawFrames((x, y, n) => 16 + (scene(x, y, n) - 16) * (1 - (0.5 * ramp(n, 12 + (seed % 30)) * x) / width), length)
  },
  'focus that is pulled': (seed) => {
    const scene = drawnScene(seed, still)
    const soft: Picture = (x, y, n) => [-3, -1, 1, 3].reduce((sum, dx) => sum + [-3, -1, 1, 3].reduce((part, dy) => part + scene(x + dx, y + dy, n), 0), 0) / 16
    const [sharp, blurred] = [drawFrame(scene, 0), drawFrame(soft, 0)]
    return Array.from({ length }, (_, n) => mixed(sharp, blurred, ramp(n, 12 + (seed % 30))))
  },
  'flashes': (seed) => drawFrames(drawnScene(seed), length).map((frame, n) => (n % 37 === 20 ? frame.map(() => 235) : frame)),
  'a title that fades in and out over the picture': (seed) => {
    const scene = drawnScene(seed, { pan: 0.03 })
    const isLetter = (x: number, y: number): boolean => y > 10 && y < 26 && y % 6 < 4 && x > 8 && x < 56 && (x * 7 + Math.floor(y / 6) * 3 + seed) % 5 < 2
    return drawFrames((x, y, n) => { const shown = isLetter(x, y) ? ramp(n, 12) * (1 - ramp(n - 40, 12)) : 0; return scene(x, y, n) * (1 - shown) + 235 * shown }, length)
  },
}
