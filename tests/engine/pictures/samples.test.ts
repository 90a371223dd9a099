import { describe, expect, it } from 'vitest'
import { giveBack, roomFor } from '../../../src/engine/pictures/samples.ts'

describe('shared memory that was given back', () => {
  it('serves smaller pictures too, the closest in size first', () => {
    const [small, large] = [roomFor(8, 3_000, true), roomFor(16, 20_000, true)]
    giveBack(large, small)
    expect(roomFor(8, 2_000, true).buffer).toBe(small.buffer)
    expect(roomFor(8, 2_000, true).buffer).toBe(large.buffer)
    expect([small.buffer, large.buffer]).not.toContain(roomFor(8, 2_000, true).buffer)
  })

  it('is as long as was asked for, whatever it is a part of', () => {
    giveBack(roomFor(8, 50_000, true))
    const again = roomFor(16, 10, true)
    expect(again).toHaveLength(10)
    expect(again.buffer.byteLength).toBe(50_000)
  })
})
