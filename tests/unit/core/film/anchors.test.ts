import { describe, expect, test } from 'vitest'
import { carryAnchors, withSettled, type Anchor } from '../../../../src/core/film/anchors.ts'
import type { Chroma } from '../../../../src/core/film/chroma.ts'
import { apart, drawFrame, drawnSize } from './drawing.ts'

const pixels = drawnSize.width * drawnSize.height
const everywhere = new Float32Array(pixels).fill(1)
/** What a model that is wrong everywhere would say. */
const wrong: Chroma = { u: new Float32Array(pixels).fill(-20), v: new Float32Array(pixels).fill(-20) }

function carried(luma: Uint8Array[], anchors: Map<number, Anchor[]>, from = 0, to = luma.length): Chroma[] {
  const steps = carryAnchors({ size: drawnSize, luma, anchors, from, to })
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value.map((settled) => withSettled(wrong, settled))
  }
}

describe('settled colour', () => {
  const frames = Array.from({ length: 24 }, (_, n) => drawFrame(n, 2))
  const luma = frames.map((frame) => frame.luma)

  test('of a whole frame is that frame’s, and goes with what moves, both ways', () => {
    const out = carried(luma, new Map([[12, [{ color: frames[12]!.truth, weight: everywhere }]]]))
    expect(apart(out[12]!, frames[12]!.truth)).toBeLessThan(0.1)
    for (const n of [0, 6, 18, 23]) {
      expect(apart(out[n]!, frames[n]!.truth, frames[n]!.object), `object of frame ${n}`).toBeLessThan(6)
      expect(apart(out[n]!, frames[n]!.truth), `frame ${n}`).toBeLessThan(8)
    }
  })

  test('of a place alone leaves the rest to the model', () => {
    const weight = Float32Array.from(frames[12]!.object)
    const out = carried(luma, new Map([[12, [{ color: frames[12]!.truth, weight }]]]))
    const ground = frames[20]!.object.map((inside, i) => (inside || frames[12]!.object[i] ? 0 : 1))
    expect(apart(out[20]!, wrong, ground)).toBeLessThan(0.5)
    expect(apart(out[20]!, frames[20]!.truth, frames[20]!.object)).toBeLessThan(8)
  })

  test('gives way to the model where something new has come in', () => {
    const ground = Array.from({ length: 10 }, () => drawFrame(-40, 2))
    const [newcomer] = [drawFrame(10, 2)]
    const out = carried([...ground.map((frame) => frame.luma), newcomer!.luma], new Map([[0, [{ color: ground[0]!.truth, weight: everywhere }]]]))
    expect(apart(out[10]!, wrong, newcomer!.object)).toBeLessThan(8)
    expect(apart(out[9]!, ground[9]!.truth)).toBeLessThan(0.1)
  })

  test('between two settled frames is that of the nearer', () => {
    const still = drawFrame(0, 0)
    const flat = (value: number): Anchor => ({ color: { u: new Float32Array(pixels).fill(value), v: new Float32Array(pixels) }, weight: everywhere })
    const out = carried(Array.from({ length: 21 }, () => still.luma), new Map([[0, [flat(0)]], [20, [flat(40)]]]))
    expect(out[0]!.u[0]).toBeCloseTo(0, 1)
    expect(out[20]!.u[0]).toBeCloseTo(40, 1)
    expect(out[10]!.u[0]).toBeCloseTo(20, 0)
    expect(out[5]!.u[0]!).toBeLessThan(15)
  })

  test('holds when exposure pumps', () => {
    const still = drawFrame(0, 0)
    const pumping = Array.from({ length: 12 }, (_, n) => still.luma.map((value) => value + 14 * (n % 2)))
    const out = carried(pumping, new Map([[0, [{ color: still.truth, weight: everywhere }]]]))
    expect(apart(out[11]!, still.truth)).toBeLessThan(3)
  })

  test('is the same for a part of the shot as for all of it', () => {
    const anchors = new Map([[2, [{ color: frames[2]!.truth, weight: everywhere }]], [20, [{ color: frames[20]!.truth, weight: everywhere }]]])
    const whole = carried(luma, anchors)
    carried(luma, anchors, 8, 14).forEach((color, i) => expect(apart(color, whole[8 + i]!)).toBe(0))
  })
})
