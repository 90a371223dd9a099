// Second stage: chroma at full size, joined with the tones, fitted into the gamut, as linear RGB.
import { muladd, splat, labCurveInverse, corner } from './math'
import { gamutFactor, mixB, mixG, mixR } from './gamut'

/** One line of the planes at their own width: x, z, slope of x, slope of z interleaved, and the guide f(Y) apart. */
export function interpolateLine(planes: usize, guide: usize, width: i32, height: i32, first: i32, weights: usize, line: usize, guideLine: usize, padding: i32): void {
  const last = height - 1
  const r0 = <usize>(min(last, max(0, first)) * width)
  const r1 = <usize>(min(last, max(0, first + 1)) * width)
  const r2 = <usize>(min(last, max(0, first + 2)) * width)
  const r3 = <usize>(min(last, max(0, first + 3)) * width)
  const w0 = v128.load_splat<f32>(weights)
  const w1 = v128.load_splat<f32>(weights + 4)
  const w2 = v128.load_splat<f32>(weights + 8)
  const w3 = v128.load_splat<f32>(weights + 12)
  for (let x = -padding; x < width + padding; x++) {
    const column = <usize>min(width - 1, max(0, x))
    const at = <usize>(x + padding)
    let sum = f32x4.mul(v128.load(planes + ((r0 + column) << 4)), w0)
    sum = muladd(v128.load(planes + ((r1 + column) << 4)), w1, sum)
    sum = muladd(v128.load(planes + ((r2 + column) << 4)), w2, sum)
    sum = muladd(v128.load(planes + ((r3 + column) << 4)), w3, sum)
    v128.store(line + (at << 4), sum)
    let tone = load<f32>(guide + ((r0 + column) << 2)) * load<f32>(weights)
    tone += load<f32>(guide + ((r1 + column) << 2)) * load<f32>(weights + 4)
    tone += load<f32>(guide + ((r2 + column) << 2)) * load<f32>(weights + 8)
    tone += load<f32>(guide + ((r3 + column) << 2)) * load<f32>(weights + 12)
    store<f32>(guideLine + (at << 2), tone)
  }
}

/** Four taps of the interleaved line for one pixel. */
@inline
function tap(line: usize, first: usize, weights: usize): v128 {
  const base = line + (first << 4)
  let sum = f32x4.mul(v128.load(base), v128.load_splat<f32>(weights))
  sum = muladd(v128.load(base, 16), v128.load_splat<f32>(weights, 4), sum)
  sum = muladd(v128.load(base, 32), v128.load_splat<f32>(weights, 8), sum)
  return muladd(v128.load(base, 48), v128.load_splat<f32>(weights, 12), sum)
}

/** Four taps of the guide line for one pixel, not yet added up. */
@inline
function guideTap(line: usize, first: usize, weights: usize): v128 {
  return f32x4.mul(v128.load(line + (first << 2)), v128.load(weights))
}

/**
 * Composes `count` pixels.
 * @returns how many of them had to be reined in
 */
export function liftChunk(
  count: i32,
  tone: usize,
  columnFirst: usize,
  columnWeights: usize,
  line: usize,
  guideLine: usize,
  warmX: f32,
  warmZ: f32,
  own: bool,
  ownX: usize,
  ownZ: usize,
  gamut: usize,
  red: usize,
  green: usize,
  blue: usize,
  neutral: usize,
): i32 {
  const wx = splat(warmX)
  const wz = splat(warmZ)
  const zero = splat(0)
  const one = splat(1)
  let reined = 0
  for (let n = 0; n < count; n += 4) {
    const at = <usize>n << 2
    const f0 = <usize>load<u32>(columnFirst + at)
    const f1 = <usize>load<u32>(columnFirst + at, 4)
    const f2 = <usize>load<u32>(columnFirst + at, 8)
    const f3 = <usize>load<u32>(columnFirst + at, 12)
    const w = columnWeights + (at << 2)
    const p0 = tap(line, f0, w)
    const p1 = tap(line, f1, w + 16)
    const p2 = tap(line, f2, w + 32)
    const p3 = tap(line, f3, w + 48)
    // Transpose: one vector a quantity instead of one a pixel.
    const lo01 = v128.shuffle<f32>(p0, p1, 0, 4, 1, 5)
    const lo23 = v128.shuffle<f32>(p2, p3, 0, 4, 1, 5)
    const hi01 = v128.shuffle<f32>(p0, p1, 2, 6, 3, 7)
    const hi23 = v128.shuffle<f32>(p2, p3, 2, 6, 3, 7)
    const g0 = guideTap(guideLine, f0, w)
    const g1 = guideTap(guideLine, f1, w + 16)
    const g2 = guideTap(guideLine, f2, w + 32)
    const g3 = guideTap(guideLine, f3, w + 48)
    const s01 = f32x4.add(v128.shuffle<f32>(g0, g1, 0, 4, 1, 5), v128.shuffle<f32>(g0, g1, 2, 6, 3, 7))
    const s23 = f32x4.add(v128.shuffle<f32>(g2, g3, 0, 4, 1, 5), v128.shuffle<f32>(g2, g3, 2, 6, 3, 7))
    const low = f32x4.add(v128.shuffle<f64>(s01, s23, 0, 2), v128.shuffle<f64>(s01, s23, 1, 3))

    const fy = v128.load(tone + at)
    const detail = f32x4.sub(fy, low)
    let dx = muladd(v128.shuffle<f64>(hi01, hi23, 0, 2), detail, v128.shuffle<f64>(lo01, lo23, 0, 2))
    let dz = muladd(v128.shuffle<f64>(hi01, hi23, 1, 3), detail, v128.shuffle<f64>(lo01, lo23, 1, 3))
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
    const least = f32x4.min(r, f32x4.min(g, b))
    const most = f32x4.max(r, f32x4.max(g, b))
    const out = v128.or(f32x4.lt(least, splat(-1e-6)), f32x4.gt(most, splat(1.000001)))
    if (v128.any_true(out)) {
      const t = v128.bitselect(gamutFactor(gamut, fy, y, dx, dz), one, out)
      x = f32x4.sub(labCurveInverse(muladd(dx, t, fy)), y)
      z = f32x4.sub(labCurveInverse(muladd(dz, t, fy)), y)
      r = mixR(y, x, z)
      g = mixG(y, x, z)
      b = mixB(y, x, z)
      const lanes = i32x4.bitmask(out)
      reined += popcnt<i32>(count - n < 4 ? lanes & ((1 << (count - n)) - 1) : lanes)
    }
    v128.store(red + at, f32x4.min(one, f32x4.max(zero, r)))
    v128.store(green + at, f32x4.min(one, f32x4.max(zero, g)))
    v128.store(blue + at, f32x4.min(one, f32x4.max(zero, b)))
  }
  return reined
}
