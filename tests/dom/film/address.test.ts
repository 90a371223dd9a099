import { renderHook } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { AssetId } from '../../../src/contract/ids.ts'
import { useAddressOf } from '../../../src/renderer/film/state.ts'

const clip = 'clip-1' as AssetId

beforeEach(() => {
  vi.useFakeTimers()
  window.location.hash = '#/film/clip-1'
})
afterEach(() => vi.useRealTimers())

describe('the address of an open clip', () => {
  test('names the frame once the playhead rests', () => {
    const { rerender } = renderHook(({ frame }) => useAddressOf(clip, frame), { initialProps: { frame: 3 } })
    vi.advanceTimersByTime(300)
    rerender({ frame: 4 })
    vi.advanceTimersByTime(300)
    expect(window.location.hash).toBe('#/film/clip-1')
    vi.advanceTimersByTime(200)
    expect(window.location.hash).toBe('#/film/clip-1/4')
  })

  test('does not call back who has just gone to another clip or room, although the old one is still drawn', () => {
    for (const elsewhere of ['#/film/clip-2', '#/photos', '#/film/edit/12']) {
      window.location.hash = '#/film/clip-1'
      const { unmount } = renderHook(() => useAddressOf(clip, 3))
      window.location.hash = elsewhere
      vi.advanceTimersByTime(1000)
      expect(window.location.hash).toBe(elsewhere)
      unmount()
    }
  })
})
