import { describe, expect, test } from 'vitest'
import { following, laneScale } from '../../../src/renderer/film/laneScale.ts'

const frames = 1000
const place = (seen: { from: number; share: number }, frame: number) => laneScale(1000, frames, seen).x(frame)

describe('lanes that are zoomed in', () => {
  test('stay where they are while the playhead is in sight', () => {
    const seen = { from: 0.2, share: 0.1 }
    expect([200, 250, 299].map((frame) => following(seen, frame, frames))).toEqual([seen, seen, seen])
  })

  test('turn a page when it runs out of them, forwards and backwards', () => {
    expect(place(following({ from: 0.2, share: 0.1 }, 300, frames), 300)).toBeCloseTo(95)
    expect(place(following({ from: 0.2, share: 0.1 }, 199, frames), 199)).toBeCloseTo(895)
  })

  test('lie around it after a leap, and never beyond the ends', () => {
    expect(place(following({ from: 0.2, share: 0.1 }, 800, frames), 800)).toBeCloseTo(495)
    expect(following({ from: 0.2, share: 0.1 }, 999, frames).from).toBeCloseTo(0.9)
    expect(following({ from: 0.5, share: 0.1 }, 0, frames).from).toBe(0)
  })
})
