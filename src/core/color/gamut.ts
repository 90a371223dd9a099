/**
 * The sRGB gamut in Lab: how much chroma a lightness and a hue can carry, and the fit of a colour into it that keeps
 * both its L* and its hue angle. Clipping channels instead moves L* by up to 18 on wrongly coloured pictures.
 *
 * The table is indexed by L* and by the "diamond" direction of (a, b), a number 0…4 that orders directions as the
 * angle does but needs no arc tangent. Its entries are the largest |a| + |b| inside sRGB, so a lookup is one factor
 * for a and b. A few Newton steps on the channel that leaves the cube first make that factor exact; there is no search.
 */
import { channelMix, labCurveInverse, labDelta, labToLinear } from './lab.ts'
import type { Triple } from './lab.ts'

/** Rows of the table: L* 0, 100/64, … 100. */
export const gamutRows = 65
/** Columns of the table: the directions 0, 4/128, … 4; the last repeats the first. */
export const gamutColumns = 129

/** After one, L* is within 0.05 in the rarest case; after three within 0.0001. */
const newtonSteps = 3

/** Whether linear RGB lies in the cube, with a tolerance for rounding. */
export function inGamut(linear: Triple, tolerance = 1e-9): boolean {
  return Math.min(linear[0], linear[1], linear[2]) >= -tolerance && Math.max(linear[0], linear[1], linear[2]) <= 1 + tolerance
}

/** Direction of (a, b) as a number 0…4; 0 for a grey. */
export function diamondDirection(a: number, b: number): number {
  const reach = Math.abs(a) + Math.abs(b)
  if (reach === 0) return 0
  const t = b / reach
  if (a < 0) return 2 - t
  return b < 0 ? 4 + t : t
}

/** The unit direction, |a| + |b| = 1, at a diamond direction 0…4. */
export function diamondVector(direction: number): readonly [number, number] {
  const a = direction <= 2 ? 1 - direction : direction - 3
  const b = direction <= 1 ? direction : direction <= 3 ? 2 - direction : direction - 4
  return [a, b]
}

/** The largest factor t ≤ limit for which (L, t·a, t·b) is inside sRGB, by bisection: slow and certain. */
export function largestFactor(lightness: number, a: number, b: number, limit = 1): number {
  if (inGamut(labToLinear(lightness, a * limit, b * limit))) return limit
  let low = 0
  let high = limit
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2
    if (inGamut(labToLinear(lightness, a * middle, b * middle))) low = middle
    else high = middle
  }
  return low
}

/** Distance of (L, t·a, t·b) to the nearest face of the cube; negative outside. fy = (L + 16)/116, x = a/500, z = b/200. */
function margin(fy: number, y: number, x: number, z: number, t: number): number {
  const dx = labCurveInverse(fy + x * t) - y
  const dz = labCurveInverse(fy - z * t) - y
  const red = y + channelMix.x[0] * dx + channelMix.z[0] * dz
  const green = y + channelMix.x[1] * dx + channelMix.z[1] * dz
  const blue = y + channelMix.x[2] * dx + channelMix.z[2] * dz
  return Math.min(red, green, blue, 1 - red, 1 - green, 1 - blue)
}

let table: Float32Array | undefined

/** Largest |a| + |b| inside sRGB, `gamutRows` × `gamutColumns`, row-major; computed once, a few milliseconds. */
export function gamutTable(): Float32Array {
  if (table) return table
  const made = new Float32Array(gamutRows * gamutColumns)
  for (let column = 0; column < gamutColumns - 1; column++) {
    const [a, b] = diamondVector((column * 4) / (gamutColumns - 1))
    let last = 1
    for (let row = 1; row < gamutRows - 1; row++) {
      last = reachAt((100 * row) / (gamutRows - 1), a, b, last)
      made[row * gamutColumns + column] = last
    }
  }
  for (let row = 0; row < gamutRows; row++) made[row * gamutColumns + gamutColumns - 1] = made[row * gamutColumns] ?? 0
  table = made
  return made
}

/** First t where (L, t·a, t·b) leaves the cube: a bracket grown from the row below, then regula falsi (Illinois). */
function reachAt(lightness: number, a: number, b: number, guess: number): number {
  const fy = (lightness + 16) / 116
  const y = labCurveInverse(fy)
  const [x, z] = [a / 500, b / 200]
  let low = 0
  let atLow = Math.min(y, 1 - y)
  let high = guess * 1.05 + 0.5
  let atHigh = margin(fy, y, x, z, high)
  while (atHigh > 0) {
    low = high
    atLow = atHigh
    high *= 1.3
    atHigh = margin(fy, y, x, z, high)
  }
  for (let step = 0; step < 24 && high - low > 1e-3; step++) {
    const t = (low * atHigh - high * atLow) / (atHigh - atLow)
    const at = margin(fy, y, x, z, t)
    if (at >= 0) {
      low = t
      atLow = at
      atHigh /= 2
    } else {
      high = t
      atHigh = at
      atLow /= 2
    }
  }
  return low
}

/** Bilinear lookup: about how large |a| + |b| may be at this L* (0…100) in the direction of (a, b). */
export function gamutReach(lightness: number, a: number, b: number): number {
  const reach = gamutTable()
  const y = (Math.min(100, Math.max(0, lightness)) * (gamutRows - 1)) / 100
  const x = (diamondDirection(a, b) * (gamutColumns - 1)) / 4
  const row = Math.min(gamutRows - 2, Math.floor(y))
  const column = Math.min(gamutColumns - 2, Math.floor(x))
  const at = row * gamutColumns + column
  const top = mix(reach[at] ?? 0, reach[at + 1] ?? 0, x - column)
  const bottom = mix(reach[at + gamutColumns] ?? 0, reach[at + gamutColumns + 1] ?? 0, x - column)
  return mix(top, bottom, y - row)
}

function mix(from: number, to: number, t: number): number {
  return from + (to - from) * t
}

/**
 * The factor 0…1 by which a and b must shrink for (L, a, b) to fit into sRGB; 1 for a colour that fits already.
 * The same factor for both keeps the hue angle; L* is not touched.
 */
export function gamutFactor(lightness: number, a: number, b: number): number {
  if (inGamut(labToLinear(lightness, a, b), 1e-7)) return 1
  const reach = Math.abs(a) + Math.abs(b)
  if (reach === 0 || lightness <= 0 || lightness >= 100) return 0
  let factor = Math.min(1, gamutReach(lightness, a, b) / reach)
  for (let step = 0; step < newtonSteps; step++) factor = newtonStep(lightness, a, b, factor)
  return factor
}

/** One Newton step of the first exit: for every channel the t at which its tangent meets the face ahead; the least wins. */
function newtonStep(lightness: number, a: number, b: number, t: number): number {
  const fy = (lightness + 16) / 116
  const y = labCurveInverse(fy)
  const fx = fy + (a / 500) * t
  const fz = fy - (b / 200) * t
  const dx = labCurveInverse(fx) - y
  const dz = labCurveInverse(fz) - y
  const slopeX = (a / 500) * curveSlope(fx)
  const slopeZ = (-b / 200) * curveSlope(fz)
  let least = 1
  for (let channel = 0; channel < 3; channel++) {
    const mx = channelMix.x[channel] ?? 0
    const mz = channelMix.z[channel] ?? 0
    const value = y + mx * dx + mz * dz
    const rate = mx * slopeX + mz * slopeZ
    const exit = t + ((rate > 0 ? 1 : 0) - value) / rate
    if (exit < least) least = exit
  }
  return Math.max(0, least)
}

function curveSlope(f: number): number {
  const corner = Math.max(f, labDelta)
  return 3 * corner * corner
}

/** (a, b) shrunk, at constant L* and hue, until the colour is inside sRGB. */
export function fitIntoGamut(lightness: number, a: number, b: number): readonly [number, number] {
  const factor = gamutFactor(lightness, a, b)
  return [a * factor, b * factor]
}

/** Largest chroma C* inside sRGB at an L* (0…100) and a hue angle (degrees), exact to 0.001. */
export function maxChroma(lightness: number, hueDegrees: number): number {
  if (lightness <= 0 || lightness >= 100) return 0
  const angle = (hueDegrees * Math.PI) / 180
  return largestFactor(lightness, Math.cos(angle), Math.sin(angle), 200)
}
