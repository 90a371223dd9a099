import { describe, expect, test } from 'vitest'
import { fitted, fittedAgain, fitZoom, keptAcross, openingView, pan, pictureAt, placement, toggleOneToOne, visiblePart, zoomAt, zoomOf } from '../../../src/renderer/stage/viewport.ts'

const picture = { width: 4000, height: 3000 }
const window = { width: 1000, height: 700 }

describe('the view of a strip', () => {
  const strip = { width: 1000, height: 40_000 }

  test('begins at its top, as wide as the window', () => {
    const { left, top, zoom } = placement(openingView(strip, window), strip, window)
    expect(zoom).toBeCloseTo((1000 - 48) / 1000)
    expect(left).toBeCloseTo(24)
    expect(top).toBeCloseTo(24)
  })

  test('is as wide as the window again where it is looked at, then shows all of it', () => {
    const close = { zoom: 3, x: 500, y: 20_000 }
    const wide = fittedAgain(close, strip, window, true)
    expect(wide).toEqual({ ...openingView(strip, window), x: 500, y: 20_000 })
    expect(fittedAgain(wide, strip, window, true).zoom).toBeNull()
    expect(fittedAgain(fitted, strip, window, true).zoom).toBeCloseTo(0.952)
  })

  test('stays as wide as the window when that changes, unless it was zoomed by hand', () => {
    const smaller = { width: 600, height: 500 }
    const read = { ...openingView(strip, window), x: 500, y: 20_000 }
    const { left, zoom } = placement(keptAcross(read, strip, window, smaller), strip, smaller)
    expect(left).toBeCloseTo(24)
    expect(zoom).toBeCloseTo((600 - 48) / 1000)
    expect(keptAcross(read, strip, window, smaller).y).toBe(20_000)
    for (const by of [{ zoom: 3, x: 500, y: 20_000 }, fitted]) expect(keptAcross(by, strip, window, smaller)).toBe(by)
  })
})

describe('the view of a picture', () => {
  test('fits the whole picture, in the middle, with air around it', () => {
    const { left, top, zoom } = placement(fitted, picture, window)
    expect(zoom).toBeCloseTo((700 - 48) / 3000)
    expect(left).toBeCloseTo((1000 - 4000 * zoom) / 2)
    expect(top).toBeCloseTo(24)
  })

  test('does not enlarge a small picture past 1:1', () => {
    expect(fitZoom({ width: 20, height: 10 }, window)).toBe(1)
  })

  test('zooms so that what lies under the pointer stays there', () => {
    const pointer = { x: 620, y: 310 }
    const before = pictureAt(pointer, fitted, picture, window)
    const view = zoomAt(fitted, 4, pointer, picture, window)
    const after = pictureAt(pointer, view, picture, window)
    expect(after.x).toBeCloseTo(before.x, 6)
    expect(after.y).toBeCloseTo(before.y, 6)
    expect(zoomOf(view, picture, window)).toBeCloseTo(4 * fitZoom(picture, window))
  })

  test('is fitted again when zoomed out past the whole', () => {
    const close = zoomAt(fitted, 3, { x: 500, y: 350 }, picture, window)
    expect(zoomAt(close, 0.01, { x: 500, y: 350 }, picture, window)).toEqual(fitted)
  })

  test('follows the hand when dragged, and stops at the edge', () => {
    const close = zoomAt(fitted, 8, { x: 500, y: 350 }, picture, window)
    const before = placement(close, picture, window)
    const moved = placement(pan(close, 30, -12, picture, window), picture, window)
    expect(moved.left - before.left).toBeCloseTo(30)
    expect(moved.top - before.top).toBeCloseTo(-12)
    expect(placement(pan(close, 1e6, 0, picture, window), picture, window).left).toBe(24)
  })

  test('goes to one picture pixel a device pixel and back', () => {
    const one = toggleOneToOne(fitted, { x: 500, y: 350 }, picture, window, 2)
    expect(one.zoom).toBeCloseTo(0.5)
    expect(toggleOneToOne(one, { x: 500, y: 350 }, picture, window, 2)).toEqual(fitted)
  })

  test('names the part that is seen only when some of it is not', () => {
    expect(visiblePart(fitted, picture, window)).toBeNull()
    const part = visiblePart({ zoom: 1, x: 2000, y: 1500 }, picture, window)
    expect(part).toEqual({ x: 0.375, y: expect.closeTo((1500 - 350) / 3000), width: 0.25, height: expect.closeTo(700 / 3000) })
  })
})
