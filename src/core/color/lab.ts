/**
 * CIE 1976 L*a*b* for D65 over the sRGB primaries.
 *
 * White is the row sum of the matrix, not a rounded published white: only so does a grey have a = b = 0 exactly.
 * All functions work in float64 and on plain numbers; the compiled kernels are checked against them.
 */

export type Triple = readonly [number, number, number]
export type Matrix = readonly [Triple, Triple, Triple]

/** Linear sRGB to CIE XYZ (IEC 61966-2-1 primaries, D65). */
export const rgbToXyz: Matrix = [
  [0.4123907993, 0.3575843394, 0.1804807884],
  [0.2126390059, 0.7151686788, 0.0721923154],
  [0.0193308187, 0.1191947798, 0.9505321522],
]

const sum = (row: Triple): number => row[0] + row[1] + row[2]

/** XYZ of sRGB white. */
export const white: Triple = [sum(rgbToXyz[0]), sum(rgbToXyz[1]), sum(rgbToXyz[2])]

const scaled = (row: Triple, by: number): Triple => [row[0] / by, row[1] / by, row[2] / by]

/** Linear sRGB to XYZ ÷ white: every row sums to one, so greys stay grey. */
export const rgbToXyzOverWhite: Matrix = [scaled(rgbToXyz[0], white[0]), scaled(rgbToXyz[1], white[1]), scaled(rgbToXyz[2], white[2])]

/** Weights of linear R, G, B in luminance. */
export const luminanceWeights: Triple = rgbToXyzOverWhite[1]

/** Inverse of a 3×3 matrix by cofactors. */
export function invert(m: Matrix): Matrix {
  const [[a, b, c], [d, e, f], [g, h, i]] = m
  const A = e * i - f * h
  const B = f * g - d * i
  const C = d * h - e * g
  const det = a * A + b * B + c * C
  return [
    [A / det, (c * h - b * i) / det, (b * f - c * e) / det],
    [B / det, (a * i - c * g) / det, (c * d - a * f) / det],
    [C / det, (b * g - a * h) / det, (a * e - b * d) / det],
  ]
}

const xyzOverWhiteToRgb = invert(rgbToXyzOverWhite)

/**
 * How much (X/Xn − Y) and (Z/Zn − Y) add to Y in each channel: R = Y + x·(X/Xn − Y) + z·(Z/Zn − Y).
 * The same matrix as usual, written so that X/Xn = Y = Z/Zn gives R = G = B = Y with no rounding error.
 */
export const channelMix: { readonly x: Triple; readonly z: Triple } = {
  x: [xyzOverWhiteToRgb[0][0], xyzOverWhiteToRgb[1][0], xyzOverWhiteToRgb[2][0]],
  z: [xyzOverWhiteToRgb[0][2], xyzOverWhiteToRgb[1][2], xyzOverWhiteToRgb[2][2]],
}

/** The corner of the Lab curve, 6/29. */
export const labDelta = 6 / 29
const cornerY = labDelta ** 3
const slope = 1 / (3 * labDelta * labDelta)

/** f(t) of CIE Lab: the cube root with its straight foot. */
export function labCurve(t: number): number {
  return t > cornerY ? Math.cbrt(t) : t * slope + 4 / 29
}

/** The inverse of `labCurve`; needs no root. */
export function labCurveInverse(f: number): number {
  return f > labDelta ? f * f * f : (f - 4 / 29) / slope
}

/** L* (0…100) of a luminance (0…1). */
export function lightnessOf(luminance: number): number {
  return 116 * labCurve(luminance) - 16
}

/** Luminance (0…1) of an L* (0…100). */
export function luminanceOf(lightness: number): number {
  return labCurveInverse((lightness + 16) / 116)
}

/** Lab of linear sRGB (each 0…1). */
export function linearToLab(red: number, green: number, blue: number): Triple {
  const m = rgbToXyzOverWhite
  const x = labCurve(m[0][0] * red + m[0][1] * green + m[0][2] * blue)
  const y = labCurve(m[1][0] * red + m[1][1] * green + m[1][2] * blue)
  const z = labCurve(m[2][0] * red + m[2][1] * green + m[2][2] * blue)
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)]
}

/** Linear sRGB of a Lab colour; outside 0…1 where the colour is outside sRGB. */
export function labToLinear(lightness: number, a: number, b: number): Triple {
  const fy = (lightness + 16) / 116
  const y = labCurveInverse(fy)
  const x = labCurveInverse(fy + a / 500) - y
  const z = labCurveInverse(fy - b / 200) - y
  return [y + channelMix.x[0] * x + channelMix.z[0] * z, y + channelMix.x[1] * x + channelMix.z[1] * z, y + channelMix.x[2] * x + channelMix.z[2] * z]
}
