import type { Hint } from '../../contract/hints.ts'
import type { Size } from '../../contract/pictures.ts'
import { hexToLab } from '../../core/color/srgb.ts'
import type { HintPlanes } from '../models/colorizer.ts'
import type { Rect } from '../models/resample.ts'

/** A place with a wanted colour: x, y and radius in pixels of some plane, a and b in Lab units. */
export interface HintSpot {
  readonly x: number
  readonly y: number
  readonly radius: number
  readonly a: number
  readonly b: number
}

/** With the L* of the colour, for networks that give surfaces a lightness of their own. */
export interface PaintedSpot extends HintSpot {
  readonly lightness: number
}

/** Steps along a stroke are at most this long, in pixels of the plane. */
const strokeStep = 1

/** Visible hints as spots on a plane of the given size that shows the whole picture; strokes become rows of spots. */
export function spotsOf(hints: readonly Hint[], size: Size): PaintedSpot[] {
  const long = Math.max(size.width, size.height)
  return hints
    .filter((hint) => !hint.hidden)
    .flatMap((hint): PaintedSpot[] => {
      const [lightness, a, b] = hexToLab(hint.color)
      const radius = hint.radius * long
      if (hint.kind === 'dot') return [{ x: hint.x * size.width, y: hint.y * size.height, radius, lightness, a, b }]
      const spots: PaintedSpot[] = []
      hint.points.forEach(([x, y, pressure], i) => {
        const [px, py] = hint.points[Math.max(0, i - 1)] ?? [x, y]
        const length = Math.hypot((x - px) * size.width, (y - py) * size.height)
        const steps = Math.max(1, Math.ceil(length / strokeStep))
        for (let n = 1; n <= steps; n++) {
          const t = n / steps
          spots.push({ x: (px + (x - px) * t) * size.width, y: (py + (y - py) * t) * size.height, radius: radius * (0.5 + pressure / 2), lightness, a, b })
        }
      })
      return spots
    })
}

/** Networks are trained on patches of 1 to 9 pixels; whole cells of 4×4, the network's own grid, are obeyed best. */
const cell = 4
/** Patch of a lone spot: two cells a side. */
const patch = 2 * cell

/**
 * Draws spots as a network takes them: patches of whole cells around each. A spot with a differently coloured one
 * close by gets a single cell, so that both are seen.
 * @param size of the network's input
 * @param rect the part of the plane the spots are placed on that the input shows
 * @param gain by which the network's answer will be multiplied: hints go in divided by it
 */
export function paintHints(spots: readonly PaintedSpot[], size: Size, rect: Rect, gain: number): HintPlanes {
  const count = size.width * size.height
  const planes = { lightness: new Float32Array(count), a: new Float32Array(count), b: new Float32Array(count), mask: new Float32Array(count) }
  const across = size.width / rect.width
  const down = size.height / rect.height
  const placed = spots.map((spot) => ({ ...spot, x: (spot.x - rect.x) * across, y: (spot.y - rect.y) * down, radius: spot.radius * Math.min(across, down) }))
  for (const spot of placed) {
    const crowded = placed.length <= 2000 && placed.some((other) => (other.a !== spot.a || other.b !== spot.b || other.lightness !== spot.lightness) && Math.hypot(other.x - spot.x, other.y - spot.y) < patch + cell)
    const side = Math.max(crowded ? cell : patch, Math.round((2 * spot.radius) / cell) * cell)
    const left = Math.round((spot.x - side / 2) / cell) * cell
    const top = Math.round((spot.y - side / 2) / cell) * cell
    for (let y = Math.max(0, top); y < Math.min(size.height, top + side); y++) {
      for (let x = Math.max(0, left); x < Math.min(size.width, left + side); x++) {
        const i = y * size.width + x
        planes.lightness[i] = spot.lightness
        planes.a[i] = spot.a / gain
        planes.b[i] = spot.b / gain
        planes.mask[i] = 1
      }
    }
  }
  return planes
}
