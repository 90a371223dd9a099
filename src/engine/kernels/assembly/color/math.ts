// Four pixels at a time: the Lab curve, the sRGB curve, luminance. Coefficients are least-maximum polynomial fits.

// The exact sRGB/Lab numbers of src/core/color/lab.ts, rounded to f32 once.
export const weightR: f32 = 0.2126390059
export const weightG: f32 = 0.7151686788
export const weightB: f32 = 0.0721923154

export const corner: f32 = 0.20689655172413793 // 6/29
export const cornerCubed: f32 = 0.008856451679035631
export const curveSlope: f32 = 7.787037037037035 // 1/(3·(6/29)²)
export const inverseSlope: f32 = 0.12841854934601665 // 3·(6/29)²

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
  const g = f32x4.pmax(splat(cornerCubed), t)
  const q = f32x4.sqrt(f32x4.sqrt(g))
  let p = muladd(q, splat(-0.0776085916), splat(0.3272560425))
  p = muladd(p, q, splat(-0.6216743692))
  p = muladd(p, q, splat(0.8915195756))
  p = muladd(p, q, splat(0.4936952619))
  p = muladd(p, q, splat(-0.0131963146))
  const root = f32x4.mul(f32x4.add(f32x4.add(p, p), f32x4.div(g, f32x4.mul(p, p))), splat(0.3333333333))
  // The foot is the tangent at the corner, so it can be added: t − g is zero above the corner.
  return muladd(f32x4.sub(t, g), splat(curveSlope), root)
}

/** The inverse of labCurve; the same trick with the tangent. */
@inline
export function labCurveInverse(f: v128): v128 {
  const g = f32x4.pmax(splat(corner), f)
  return muladd(f32x4.sub(f, g), splat(inverseSlope), f32x4.mul(f32x4.mul(g, g), g))
}

/** sRGB encoding of linear light 0…1, within 4e-7. */
@inline
export function encode(x: v128): v128 {
  const g = f32x4.pmax(splat(0.0031308), x)
  const q = f32x4.sqrt(f32x4.sqrt(g))
  let p = muladd(q, splat(-0.0764701705), splat(0.3958860193))
  p = muladd(p, q, splat(-0.900617407))
  p = muladd(p, q, splat(1.2113816872))
  p = muladd(p, q, splat(-1.1572054062))
  p = muladd(p, q, splat(1.4619702139))
  p = muladd(p, q, splat(0.1234953844))
  p = muladd(p, q, splat(-0.0584405922))
  return muladd(f32x4.sub(x, g), splat(12.92), p)
}

/** Nearest whole number of four values 0…2²², as integers: adding 1.5·2²³ leaves it in the low bits. */
@inline
export function roundToInt(x: v128): v128 {
  return i32x4.sub(f32x4.add(x, splat(12582912)), i32x4.splat(0x4b400000))
}

/** Four entries of a table of f32, looked up by four indices. */
@inline
export function gather(table: usize, index: v128): v128 {
  let out = v128.load_zero<f32>(table + (<usize>i32x4.extract_lane(index, 0) << 2))
  out = v128.load_lane<f32>(table + (<usize>i32x4.extract_lane(index, 1) << 2), out, 1)
  out = v128.load_lane<f32>(table + (<usize>i32x4.extract_lane(index, 2) << 2), out, 2)
  return v128.load_lane<f32>(table + (<usize>i32x4.extract_lane(index, 3) << 2), out, 3)
}

/** Address of the table entry of sample `n` of a row; T is the samples' type. */
@inline
function lookup<T>(table: usize, samples: usize, n: usize): usize {
  return table + (<usize>load<T>(samples + n * sizeof<T>()) << 2)
}

/** Table values of four samples `step` apart. */
@inline
export function lookup4<T>(table: usize, samples: usize, first: usize, step: usize): v128 {
  let out = v128.load_zero<f32>(lookup<T>(table, samples, first))
  out = v128.load_lane<f32>(lookup<T>(table, samples, first + step), out, 1)
  out = v128.load_lane<f32>(lookup<T>(table, samples, first + 2 * step), out, 2)
  return v128.load_lane<f32>(lookup<T>(table, samples, first + 3 * step), out, 3)
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
  return i32x4.lt_s(i32x4.add(i32x4.splat(x), i32x4(0, 1, 2, 3)), i32x4.splat(count))
}
