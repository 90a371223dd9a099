import type { Hint } from '../../contract/hints.ts'
import type { PageMap } from './basins.ts'
import { pixelAt, pixelsAlong } from './strokes.ts'

/** Colours of basins: 0xrrggbb, or one of these. */
export const keepPaperColor = -1
export const noColor = -2

/** A pixel that a hint claims, on paper. */
export interface Mark {
  readonly pixel: number
  readonly basin: number
  readonly color: number
}

/** A hint on a line means the paper beside it, up to so many pixels away. */
const reach = 8
/** Half the side of the square that a dot claims, in pixels. */
const dotReach = 2

/** Paper pixel that a hint at this pixel means: itself, or of the ink's surroundings the deepest; −1 where there is none. */
export function paperNear({ relief }: PageMap, p: number): number {
  const { heights, stride, width, height } = relief
  if (heights[p] !== 0) return p
  const [x, y] = [p % stride, Math.floor(p / stride)]
  let best = -1
  let [deepest, nearest] = [0, Infinity]
  for (let dy = Math.max(1 - y, -reach); dy <= Math.min(height - y, reach); dy++) {
    for (let dx = Math.max(1 - x, -reach); dx <= Math.min(width - x, reach); dx++) {
      const far = dx * dx + dy * dy
      if (far > reach * reach) continue
      const q = p + dy * stride + dx
      const depth = heights[q] as number
      if (depth > deepest || (depth === deepest && depth > 0 && far < nearest)) [best, deepest, nearest] = [q, depth, far]
    }
  }
  return best
}

interface Claim {
  readonly pixel: number
  readonly color: number
  /** Squared distance to where the hint was put: the nearer hint has the pixel. */
  readonly far: number
  readonly origin: number
}

/** A dot's square, as far as paper goes on from its middle. */
function claimSquare({ relief }: PageMap, middle: number, origin: number, color: number, claims: Claim[]): void {
  const { heights, stride } = relief
  const side = 2 * dotReach + 1
  const seen = new Uint8Array(side * side)
  const queue = [middle]
  seen[dotReach * side + dotReach] = 1
  for (const p of queue) {
    const dy = Math.floor(p / stride) - Math.floor(middle / stride)
    const dx = p - middle - dy * stride
    claims.push({ pixel: p, color, far: dx * dx + dy * dy, origin })
    for (const [sx, sy] of [[0, -1], [-1, 0], [1, 0], [0, 1]] as const) {
      const [x, y] = [dx + sx + dotReach, dy + sy + dotReach]
      if (x < 0 || y < 0 || x >= side || y >= side || seen[y * side + x] === 1) continue
      seen[y * side + x] = 1
      const q = p + sy * stride + sx
      if (heights[q] !== 0) queue.push(q)
    }
  }
}

function claimsOf(map: PageMap, hint: Hint, color: number): Claim[] {
  const claims: Claim[] = []
  if (hint.kind === 'dot') {
    const origin = pixelAt(map.relief, hint.x, hint.y)
    const middle = paperNear(map, origin)
    if (middle >= 0) claimSquare(map, middle, origin, color, claims)
    return claims
  }
  const line = pixelsAlong(map.relief, hint.points)
  for (const pixel of line) if (map.relief.heights[pixel] !== 0) claims.push({ pixel, color, far: 0, origin: pixel })
  if (claims.length > 0) return claims
  const origin = line[Math.floor(line.length / 2)] as number
  const middle = paperNear(map, origin)
  if (middle >= 0) claimSquare(map, middle, origin, color, claims)
  return claims
}

const byClaim = (one: Claim, other: Claim): number => one.pixel - other.pixel || one.far - other.far || one.origin - other.origin || one.color - other.color

/**
 * The paper that visible hints claim, sorted by pixel, each pixel once. Where two claim one pixel the nearer has it, of
 * two equally near the one further up; so the order of hints means nothing.
 * @param colorOf the fill of a hint, 0xrrggbb, or `keepPaperColor`
 */
export function marksOf(map: PageMap, hints: readonly Hint[], colorOf: (hint: Hint) => number): Mark[] {
  const claims = hints.flatMap((hint) => (hint.hidden ? [] : claimsOf(map, hint, colorOf(hint))))
  claims.sort(byClaim)
  return claims.flatMap(({ pixel, color }, n) => (claims[n - 1]?.pixel === pixel ? [] : [{ pixel, color, basin: map.basins.labels.at(pixel) }]))
}
