import { describe, expect, test } from 'vitest'
import { FlickerMeter } from '../../../../src/core/film/flicker.ts'
import { motionBetween, rememberedMotion } from '../../../../src/core/film/motion.ts'
import { WayRoom } from '../../../../src/core/film/carried.ts'
import type { Chroma } from '../../../../src/core/film/chroma.ts'
import { steadyPicture, steadyShot } from '../../../../src/core/film/steady.ts'
import { randomFrom } from '../../../random.ts'
import { apart, drawFrame, drawnSize, flickering } from './drawing.ts'

function steadied(luma: Uint8Array[], colors: (Chroma | null)[], strength = 1): Chroma[] {
  const out: Chroma[] = []
  for (const _ of steadyShot({ size: drawnSize, luma, colors, motion: rememberedMotion(drawnSize), room: new WayRoom(drawnSize) }, strength, (frame, { u, v }) => void (out[frame] = { u: u.slice(), v: v.slice() })));
  return out
}

function flickerOf(luma: readonly Uint8Array[], colors: readonly Chroma[]): number {
  const meter = new FlickerMeter(drawnSize)
  luma.forEach((plane, n) => meter.push(plane, colors[n] as Chroma))
  return meter.result().change
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

describe('motion between frames', () => {
  test('is found to the pixel', () => {
    const [before, now] = [drawFrame(0, 4), drawFrame(1, 4)]
    const offsets = motionBetween(now.luma, before.luma, drawnSize)
    // The block at (16, 32) lies inside the disc, which moved 4 pixels to the right.
    expect(offsets[4 * (drawnSize.width / 8) + 2]).toBe(-4)
    // The ground stands still.
    expect(offsets[7 * (drawnSize.width / 8) + 10]).toBe(0)
  })
})

describe('steady colour', () => {
  const frames = Array.from({ length: 40 }, (_, n) => drawFrame(n, 1.5))
  const luma = frames.map((frame) => frame.luma)
  const random = randomFrom(5)
  const alone = frames.map(({ truth }) => flickering(truth, random))

  test('flickers at most a quarter of colouring each frame alone, and is nearer to the truth', () => {
    const out = steadied(luma, alone)
    expect(flickerOf(luma, out)).toBeLessThan(0.25 * flickerOf(luma, alone))
    expect(mean(out.map((color, n) => apart(color, frames[n]!.truth)))).toBeLessThan(mean(alone.map((color, n) => apart(color, frames[n]!.truth))))
  })

  test('flickers as little where the model saw every fourth frame only', () => {
    const out = steadied(luma, alone.map((color, n) => (n % 4 === 0 ? color : null)))
    expect(out).toHaveLength(40)
    expect(flickerOf(luma, out)).toBeLessThan(0.25 * flickerOf(luma, alone))
    expect(mean(out.map((color, n) => apart(color, frames[n]!.truth)))).toBeLessThan(mean(alone.map((color, n) => apart(color, frames[n]!.truth))))
  })

  test('follows a moving object and leaves no colour behind it', () => {
    const moving = Array.from({ length: 24 }, (_, n) => drawFrame(n, 3))
    const out = steadied(moving.map((frame) => frame.luma), moving.map(({ truth }, n) => (n % 4 === 0 ? truth : null)))
    moving.forEach(({ truth, object }, n) => {
      // Where the object was within the last eight frames and is no more.
      const trail = object.map((inside, i) => (inside === 0 && moving.slice(Math.max(0, n - 8), n).some((frame) => frame.object[i] === 1) ? 1 : 0))
      const red = [...trail.keys()].filter((i) => trail[i] === 1 && (out[n]!.v[i] as number) > 17)
      if (n > 0) expect(red.length / trail.reduce((sum, value) => sum + value, 0), `frame ${n}`).toBeLessThan(0.03)
      expect(apart(out[n]!, truth, object), `frame ${n}`).toBeLessThan(6)
    })
  })

  test('does not freeze: a slow change of the scene’s own colour is followed', () => {
    const still = drawFrame(0, 0)
    const turning = Array.from({ length: 60 }, (_, n): Chroma => ({ u: still.truth.u.map((value) => value + n / 2), v: still.truth.v }))
    const out = steadied(turning.map(() => still.luma), turning)
    expect(apart(out[30]!, turning[30]!)).toBeLessThan(1)
    expect(apart(out[59]!, turning[59]!)).toBeLessThan(8)
  })

  test('at strength 0 leaves coloured frames as they are', () => {
    const out = steadied(luma, alone, 0)
    out.forEach((color, n) => expect(apart(color, alone[n]!)).toBeLessThan(0.02))
  })

  test('a shot of one frame keeps its colour', () => {
    expect(apart(steadied([luma[0]!], [alone[0]!])[0]!, alone[0]!)).toBeLessThan(0.02)
  })
})

describe('rounded colour', () => {
  const pixels = drawnSize.width * drawnSize.height
  const flat = (value: number): Chroma => ({ u: new Float32Array(pixels).fill(value), v: new Float32Array(pixels).fill(-value) })
  const still = new Int32Array((drawnSize.width / 8) * (drawnSize.height / 8))

  test('does not flicker between two values, and follows what really changes', () => {
    let before: Uint8Array | null = null
    const seen = [10.45, 10.55, 10.45, 10.6, 11.6, 20].map((value) => (before = steadyPicture(flat(value), drawnSize, before, still)))
    expect(seen.map((picture) => picture[0])).toEqual([138, 138, 138, 138, 140, 148])
    expect(seen.map((picture) => picture[pixels])).toEqual([118, 118, 118, 118, 116, 108])
  })

  test('of a frame without a neighbour is the nearest value', () => {
    expect(steadyPicture(flat(3.4), drawnSize, null, null)[5]).toBe(131)
  })
})
