// Four pixels at a time: the Lab curve, the sRGB curve, luminance. Coefficients are least-maximum polynomial fits.
import { all, byteCurve0, byteCurve1, byteCurve2, byteCurve3, byteCurve4, byteFootGain, corner, cornerCubed, curve0, curve1, curve2, curve3, curve4, curve5, curve6, curve7, footEnd, footGain, footSlope, inverseSlope, laneNumbers, root0, root1, root2, root3, root4, root5, rounder, rounderBits, third } from './constants'

@inline
export function splat(value: f32): v128 {
  return f32x4.splat(value)
}

@inline
export function muladd(a: v128, b: v128, c: v128): v128 {
  return f32x4.add(f32x4.mul(a, b), c)
}

/** f(t) of CIE Lab for t in 0…1: a polynomial in the fourth root, one Newton step of the cube root, the straight foot. */
@inline
export function labCurve(t: v128): v128 {
  const g = f32x4.pmax(all(cornerCubed), t)
  const q = f32x4.sqrt(f32x4.sqrt(g))
  let p = muladd(q, all(root5), all(root4))
  p = muladd(p, q, all(root3))
  p = muladd(p, q, all(root2))
  p = muladd(p, q, all(root1))
  p = muladd(p, q, all(root0))
  const root = f32x4.mul(f32x4.add(f32x4.add(p, p), f32x4.div(g, f32x4.mul(p, p))), all(third))
  // The foot is the tangent at the corner, so it can be added: t − g is zero above the corner.
  return muladd(f32x4.sub(t, g), all(footSlope), root)
}

/** The inverse of labCurve; the same trick with the tangent. */
@inline
export function labCurveInverse(f: v128): v128 {
  const g = f32x4.pmax(all(corner), f)
  return muladd(f32x4.sub(f, g), all(inverseSlope), f32x4.mul(f32x4.mul(g, g), g))
}

/** sRGB encoding of linear light 0…1, within 4e-7. */
@inline
export function encode(x: v128): v128 {
  const g = f32x4.pmax(all(footEnd), x)
  const q = f32x4.sqrt(f32x4.sqrt(g))
  let p = muladd(q, all(curve7), all(curve6))
  p = muladd(p, q, all(curve5))
  p = muladd(p, q, all(curve4))
  p = muladd(p, q, all(curve3))
  p = muladd(p, q, all(curve2))
  p = muladd(p, q, all(curve1))
  p = muladd(p, q, all(curve0))
  return muladd(f32x4.sub(x, g), all(footGain), p)
}

/** sRGB encoding of linear light 0…1 in samples 0…255, within 0.009. */
@inline
export function encodeByte(x: v128): v128 {
  const g = f32x4.pmax(all(footEnd), x)
  const q = f32x4.sqrt(f32x4.sqrt(g))
  let p = muladd(q, all(byteCurve4), all(byteCurve3))
  p = muladd(p, q, all(byteCurve2))
  p = muladd(p, q, all(byteCurve1))
  p = muladd(p, q, all(byteCurve0))
  return muladd(f32x4.sub(x, g), all(byteFootGain), p)
}

/** Nearest whole number of four values 0…2²², as integers: adding 1.5·2²³ leaves it in the low bits. */
@inline
export function roundToInt(x: v128): v128 {
  return i32x4.sub(f32x4.add(x, all(rounder)), all(rounderBits))
}

/** Four entries of a table of f32, looked up by the four whole numbers at an address. */
@inline
export function gather(table: usize, numbers: usize): v128 {
  let out = v128.load_zero<f32>(table + (<usize>load<u32>(numbers) << 2))
  out = v128.load_lane<f32>(table + (<usize>load<u32>(numbers, 4) << 2), out, 1)
  out = v128.load_lane<f32>(table + (<usize>load<u32>(numbers, 8) << 2), out, 2)
  return v128.load_lane<f32>(table + (<usize>load<u32>(numbers, 12) << 2), out, 3)
}

/** Address of the table entry of a sample. */
@inline
function entry(table: usize, sample: u32): usize {
  return table + (<usize>sample << 2)
}

/** Table values of four neighbouring samples. */
@inline
export function lookupGrey<T>(table: usize, samples: usize): v128 {
  let out = v128.load_zero<f32>(entry(table, load<T>(samples)))
  out = v128.load_lane<f32>(entry(table, load<T>(samples, sizeof<T>())), out, 1)
  out = v128.load_lane<f32>(entry(table, load<T>(samples, 2 * sizeof<T>())), out, 2)
  return v128.load_lane<f32>(entry(table, load<T>(samples, 3 * sizeof<T>())), out, 3)
}

/** Table values of one channel of four neighbouring RGB pixels. */
@inline
export function lookupChannel<T>(table: usize, samples: usize): v128 {
  let out = v128.load_zero<f32>(entry(table, load<T>(samples)))
  out = v128.load_lane<f32>(entry(table, load<T>(samples, 3 * sizeof<T>())), out, 1)
  out = v128.load_lane<f32>(entry(table, load<T>(samples, 6 * sizeof<T>())), out, 2)
  return v128.load_lane<f32>(entry(table, load<T>(samples, 9 * sizeof<T>())), out, 3)
}

/** Sum of the four lanes, in double precision. */
@inline
export function sumLanes(v: v128): f64 {
  return <f64>f32x4.extract_lane(v, 0) + <f64>f32x4.extract_lane(v, 1) + (<f64>f32x4.extract_lane(v, 2) + <f64>f32x4.extract_lane(v, 3))
}

/** Greatest of the four lanes. */
@inline
export function maxLane(v: v128): f32 {
  return max(max(f32x4.extract_lane(v, 0), f32x4.extract_lane(v, 1)), max(f32x4.extract_lane(v, 2), f32x4.extract_lane(v, 3)))
}

/** All-ones lanes for pixels before `count`, first pixel of the four = `x`. */
@inline
export function validLanes(x: i32, count: i32): v128 {
  return i32x4.lt_s(i32x4.add(i32x4.splat(x), v128.load(laneNumbers)), i32x4.splat(count))
}
