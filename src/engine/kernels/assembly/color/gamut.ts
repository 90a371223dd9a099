// The fit into sRGB at constant L* and hue: src/core/color/gamut.ts, four pixels at a time.
import { aScale, all, bScale, blueX, blueZ, columnScale, corner, four, greenX, greenZ, lightnessOffset, lightnessScale, one, redX, redZ, rowScale, three, tiny, two } from './constants'
import { labCurveInverse, muladd, splat } from './math'

const rows: i32 = 65
const columns: i32 = 129

/** Red of Y and the differences X/Xn − Y, Z/Zn − Y. */
@inline
export function mixR(y: v128, x: v128, z: v128): v128 {
  return muladd(z, all(redZ), muladd(x, all(redX), y))
}

@inline
export function mixG(y: v128, x: v128, z: v128): v128 {
  return muladd(z, all(greenZ), muladd(x, all(greenX), y))
}

@inline
export function mixB(y: v128, x: v128, z: v128): v128 {
  return muladd(z, all(blueZ), muladd(x, all(blueX), y))
}

/** The t at which a channel's tangent meets the face ahead of it. */
@inline
function exit(t: v128, value: v128, rate: v128): v128 {
  const face = v128.and(all(one), f32x4.gt(rate, splat(0)))
  return f32x4.add(t, f32x4.div(f32x4.sub(face, value), rate))
}

@inline
function slopeAt(f: v128): v128 {
  const c = f32x4.pmax(all(corner), f)
  return f32x4.mul(all(three), f32x4.mul(c, c))
}

/** One Newton step toward the first exit, kept in 0…1. */
@inline
function newton(fy: v128, y: v128, dx: v128, dz: v128, t: v128): v128 {
  const fx = muladd(dx, t, fy)
  const fz = muladd(dz, t, fy)
  const x = f32x4.sub(labCurveInverse(fx), y)
  const z = f32x4.sub(labCurveInverse(fz), y)
  const sx = f32x4.mul(dx, slopeAt(fx))
  const sz = f32x4.mul(dz, slopeAt(fz))
  const zero = splat(0)
  // pmin keeps its first value where the second is not a number (a channel that does not move).
  let least = all(one)
  least = f32x4.pmin(least, exit(t, mixR(y, x, z), mixR(zero, sx, sz)))
  least = f32x4.pmin(least, exit(t, mixG(y, x, z), mixG(zero, sx, sz)))
  least = f32x4.pmin(least, exit(t, mixB(y, x, z), mixB(zero, sx, sz)))
  return f32x4.pmax(zero, least)
}

/** The table's answer for one pixel: row and column as real numbers. */
@inline
function tableAt(table: usize, row: f32, column: f32): f32 {
  const i = min(rows - 2, max(0, <i32>row))
  const j = min(columns - 2, max(0, <i32>column))
  const at = table + (<usize>(i * columns + j) << 2)
  const u = column - <f32>j
  const v = row - <f32>i
  const top = load<f32>(at) + (load<f32>(at + 4) - load<f32>(at)) * u
  const under = at + (<usize>columns << 2)
  const bottom = load<f32>(under) + (load<f32>(under + 4) - load<f32>(under)) * u
  return top + (bottom - top) * v
}

/**
 * The factor for dx = a/500 and dz = −b/200 that brings each of four colours onto the gamut's surface.
 *
 * @param steps Newton steps after the table: one is enough for 8 bit (L* within 0.05 in the rarest case, usually 0.001),
 * three for 16 bit (0.0001)
 */
@inline
export function gamutFactor(table: usize, fy: v128, y: v128, dx: v128, dz: v128, steps: i32): v128 {
  const a = f32x4.mul(dx, all(aScale))
  const b = f32x4.mul(dz, all(bScale))
  const reach = f32x4.pmax(f32x4.add(f32x4.abs(a), f32x4.abs(b)), all(tiny))
  const t = f32x4.div(b, reach)
  const right = f32x4.add(t, v128.and(all(four), f32x4.lt(b, splat(0))))
  const direction = v128.bitselect(f32x4.sub(all(two), t), right, f32x4.lt(a, splat(0)))
  const column = f32x4.mul(direction, all(columnScale))
  // L* = 116·f(Y) − 16 in rows of 100 ÷ 64.
  const row = f32x4.mul(f32x4.sub(f32x4.mul(fy, all(lightnessScale)), all(lightnessOffset)), all(rowScale))
  const most = f32x4(
    tableAt(table, f32x4.extract_lane(row, 0), f32x4.extract_lane(column, 0)),
    tableAt(table, f32x4.extract_lane(row, 1), f32x4.extract_lane(column, 1)),
    tableAt(table, f32x4.extract_lane(row, 2), f32x4.extract_lane(column, 2)),
    tableAt(table, f32x4.extract_lane(row, 3), f32x4.extract_lane(column, 3)),
  )
  let factor = f32x4.pmin(all(one), f32x4.div(most, reach))
  for (let step = 0; step < steps; step++) factor = newton(fy, y, dx, dz, factor)
  return factor
}
