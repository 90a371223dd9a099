// Second stage: chroma at full size, joined with the tones, fitted into the gamut, as linear RGB.
import { all, five, half, one, oneAndHalf, over, under } from './constants'
import { labCurveInverse, muladd, splat } from './math'
import { gamutFactor, mixB, mixG, mixR } from './gamut'

/** Four source rows of one interleaved plane column, weighted. */
@inline
function column(planes: usize, r0: usize, r1: usize, r2: usize, r3: usize, x: i32, last: i32, weights: usize): v128 {
  const at = <usize>min(last, max(0, x)) << 4
  let sum = f32x4.mul(v128.load(planes + r0 + at), v128.load_splat<f32>(weights))
  sum = muladd(v128.load(planes + r1 + at), v128.load_splat<f32>(weights, 4), sum)
  sum = muladd(v128.load(planes + r2 + at), v128.load_splat<f32>(weights, 8), sum)
  return muladd(v128.load(planes + r3 + at), v128.load_splat<f32>(weights, 12), sum)
}

/**
 * One line between the rows of the planes, as a cubic for every gap between two columns: c0 + t·(c1 + t·(c2 + t·c3)),
 * t = 0…1 across the gap; four coefficients of four planes (x, z, slope of x, slope of z), 64 bytes a gap. Gap 0 lies left
 * of the first column.
 */
export function interpolateLine(planes: usize, width: i32, height: i32, first: i32, weights: usize, line: usize): void {
  const bottom = height - 1
  const stride = <usize>width << 4
  const r0 = <usize>min(bottom, max(0, first)) * stride
  const r1 = <usize>min(bottom, max(0, first + 1)) * stride
  const r2 = <usize>min(bottom, max(0, first + 2)) * stride
  const r3 = <usize>min(bottom, max(0, first + 3)) * stride
  const last = width - 1
  let p0 = column(planes, r0, r1, r2, r3, 0, last, weights)
  let p1 = p0
  let p2 = p0
  for (let gap = 0; gap <= width; gap++) {
    const p3 = column(planes, r0, r1, r2, r3, gap + 1, last, weights)
    const to = line + (<usize>gap << 6)
    const rise = f32x4.sub(p2, p1)
    v128.store(to, p1)
    v128.store(to, f32x4.mul(all(half), f32x4.sub(p2, p0)), 16)
    v128.store(to, f32x4.sub(f32x4.add(p0, f32x4.add(p2, p2)), f32x4.mul(all(half), f32x4.add(f32x4.mul(all(five), p1), p3))), 32)
    v128.store(to, f32x4.sub(f32x4.mul(all(half), f32x4.sub(p3, p0)), f32x4.mul(all(oneAndHalf), rise)), 48)
    p0 = p1
    p1 = p2
    p2 = p3
  }
}

/** The four planes at one pixel. */
@inline
function planesAt(gap: usize, t: v128): v128 {
  let value = muladd(v128.load(gap, 48), t, v128.load(gap, 32))
  value = muladd(value, t, v128.load(gap, 16))
  return muladd(value, t, v128.load(gap))
}

/** One plane at four pixels of the same gap. */
@inline
function planeAt(gap: usize, t: v128): v128 {
  let value = muladd(v128.load_splat<f32>(gap, 48), t, v128.load_splat<f32>(gap, 32))
  value = muladd(value, t, v128.load_splat<f32>(gap, 16))
  return muladd(value, t, v128.load_splat<f32>(gap))
}

/**
 * Composes `count` pixels.
 * @returns how many of them had to be reined in
 */
export function liftChunk(
  count: i32,
  tone: usize,
  gaps: usize,
  positions: usize,
  line: usize,
  warmX: f32,
  warmZ: f32,
  own: bool,
  ownX: usize,
  ownZ: usize,
  gamut: usize,
  gamutSteps: i32,
  red: usize,
  green: usize,
  blue: usize,
  neutral: usize,
): i32 {
  const wx = splat(warmX)
  const wz = splat(warmZ)
  const zero = splat(0)
  const unit = all(one)
  let reined = 0
  for (let n = 0; n < count; n += 4) {
    const at = <usize>n << 2
    const fy = v128.load(tone + at)
    const position = v128.load(positions + at)
    const g0 = line + <usize>load<u32>(gaps + at)
    const g3 = line + <usize>load<u32>(gaps + at, 12)
    let dx: v128
    let dz: v128
    if (g0 == g3) {
      dx = muladd(planeAt(g0 + 8, position), fy, planeAt(g0, position))
      dz = muladd(planeAt(g0 + 12, position), fy, planeAt(g0 + 4, position))
    } else {
      const p0 = planesAt(g0, v128.load_splat<f32>(positions + at))
      const p1 = planesAt(line + <usize>load<u32>(gaps + at, 4), v128.load_splat<f32>(positions + at, 4))
      const p2 = planesAt(line + <usize>load<u32>(gaps + at, 8), v128.load_splat<f32>(positions + at, 8))
      const p3 = planesAt(g3, v128.load_splat<f32>(positions + at, 12))
      // Transpose: one vector a plane instead of one a pixel.
      const lo01 = v128.shuffle<f32>(p0, p1, 0, 4, 1, 5)
      const lo23 = v128.shuffle<f32>(p2, p3, 0, 4, 1, 5)
      const hi01 = v128.shuffle<f32>(p0, p1, 2, 6, 3, 7)
      const hi23 = v128.shuffle<f32>(p2, p3, 2, 6, 3, 7)
      dx = muladd(v128.shuffle<f64>(hi01, hi23, 0, 2), fy, v128.shuffle<f64>(lo01, lo23, 0, 2))
      dz = muladd(v128.shuffle<f64>(hi01, hi23, 1, 3), fy, v128.shuffle<f64>(lo01, lo23, 1, 3))
    }
    dx = muladd(fy, wx, dx)
    dz = muladd(fy, wz, dz)
    if (own) {
      dx = f32x4.add(dx, v128.load(ownX + at))
      dz = f32x4.add(dz, v128.load(ownZ + at))
    }
    v128.store(neutral + at, v128.and(f32x4.eq(dx, zero), f32x4.eq(dz, zero)))

    const y = labCurveInverse(fy)
    let x = f32x4.sub(labCurveInverse(f32x4.add(fy, dx)), y)
    let z = f32x4.sub(labCurveInverse(f32x4.add(fy, dz)), y)
    let r = mixR(y, x, z)
    let g = mixG(y, x, z)
    let b = mixB(y, x, z)
    const least = f32x4.pmin(r, f32x4.pmin(g, b))
    const most = f32x4.pmax(r, f32x4.pmax(g, b))
    const out = v128.or(f32x4.lt(least, all(under)), f32x4.gt(most, all(over)))
    if (v128.any_true(out)) {
      const t = v128.bitselect(gamutFactor(gamut, fy, y, dx, dz, gamutSteps), unit, out)
      x = f32x4.sub(labCurveInverse(muladd(dx, t, fy)), y)
      z = f32x4.sub(labCurveInverse(muladd(dz, t, fy)), y)
      r = mixR(y, x, z)
      g = mixG(y, x, z)
      b = mixB(y, x, z)
      const lanes = i32x4.bitmask(out)
      reined += popcnt<i32>(count - n < 4 ? lanes & ((1 << (count - n)) - 1) : lanes)
    }
    v128.store(red + at, r)
    v128.store(green + at, g)
    v128.store(blue + at, b)
  }
  return reined
}
