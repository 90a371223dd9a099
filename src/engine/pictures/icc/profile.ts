/**
 * Reading ICC profiles: just what is needed to honour tone curves and primaries of photographs and scans.
 * Layouts from ICC.1:2022 (tag table 7.3, curveType 10.6, parametricCurveType 10.18, XYZType 10.31).
 */

/** Device value 0…1 to the curve's output 0…1. */
export type ToneCurve = (value: number) => number

export type ProfileKind =
  /** RGB with sRGB's primaries and curve, near enough to be taken as it. */
  | 'srgb'
  /** RGB described by three primaries and three curves (Adobe RGB, Display P3, ProPhoto…). */
  | 'rgb-matrix'
  /** RGB described by tables (many scanners): only the colour engine can apply it. */
  | 'rgb-table'
  /** One channel: dot gain, grey gamma. */
  | 'grey'
  | 'cmyk'
  | 'other'

export interface ColorProfile {
  bytes: Buffer
  description: string
  kind: ProfileKind
  /** RGB: the three curves to linear light; grey: one curve to relative luminance Y. Empty otherwise. */
  curves: ToneCurve[]
  /** rgb-matrix and srgb: columns are the primaries in XYZ (D50), row-major. */
  matrix: number[] | null
}

/** sRGB primaries adapted to D50 (IEC 61966-2-1 through the Bradford transform, as in the ICC's own sRGB profile). */
export const srgbToXyzD50 = [0.43606567, 0.38514709, 0.14306641, 0.2224884, 0.71687317, 0.06060791, 0.01391602, 0.09707642, 0.71409607]

/** sRGB's transfer function to linear light, IEC 61966-2-1. */
export const srgbDecode: ToneCurve = (v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
/** Its inverse. */
export const srgbEncode: ToneCurve = (v) => (v <= 0.0031308 ? v * 12.92 : 1.055 * v ** (1 / 2.4) - 0.055)

const clamp01 = (v: number): number => (v < 0 ? 0 : v > 1 ? 1 : v)

function readCurve(tag: Buffer): ToneCurve | null {
  const type = tag.toString('latin1', 0, 4)
  if (type === 'curv') {
    const count = tag.readUInt32BE(8)
    if (count === 0) return (v) => v
    if (count === 1) {
      const gamma = tag.readUInt16BE(12) / 256
      return (v) => v ** gamma
    }
    const table = Float64Array.from({ length: count }, (_, i) => tag.readUInt16BE(12 + 2 * i) / 65535)
    return (v) => {
      const at = clamp01(v) * (count - 1)
      const low = Math.min(Math.floor(at), count - 2)
      const a = table[low] ?? 0
      return a + ((table[low + 1] ?? a) - a) * (at - low)
    }
  }
  if (type !== 'para') return null
  const kind = tag.readUInt16BE(8)
  const counts = [1, 3, 4, 5, 7]
  const values = Array.from({ length: counts[kind] ?? 0 }, (_, i) => tag.readInt32BE(12 + 4 * i) / 65536)
  const [g = 1, a = 1, b = 0, c = 0, d = 0, e = 0, f = 0] = values
  switch (kind) {
    case 0:
      return (v) => v ** g
    case 1:
      return (v) => (v >= -b / a ? (a * v + b) ** g : 0)
    case 2:
      return (v) => (v >= -b / a ? (a * v + b) ** g + c : c)
    case 3:
      return (v) => (v >= d ? (a * v + b) ** g : c * v)
    case 4:
      return (v) => (v >= d ? (a * v + b) ** g + e : c * v + f)
    default:
      return null
  }
}

function readDescription(tag: Buffer | undefined): string {
  if (!tag) return ''
  const type = tag.toString('latin1', 0, 4)
  if (type === 'desc') return tag.toString('latin1', 12, 12 + Math.max(0, tag.readUInt32BE(8) - 1))
  if (type === 'text') return tag.toString('latin1', 8)
  if (type !== 'mluc' || tag.readUInt32BE(8) === 0) return ''
  const length = tag.readUInt32BE(20)
  const offset = tag.readUInt32BE(24)
  return Buffer.from(tag.subarray(offset, offset + length)).swap16().toString('utf16le')
}

function readTags(bytes: Buffer): Map<string, Buffer> {
  const tags = new Map<string, Buffer>()
  const count = Math.min(bytes.readUInt32BE(128), 200)
  for (let i = 0; i < count; i++) {
    const at = 132 + 12 * i
    const offset = bytes.readUInt32BE(at + 4)
    const size = bytes.readUInt32BE(at + 8)
    if (offset + size <= bytes.length) tags.set(bytes.toString('latin1', at, at + 4), bytes.subarray(offset, offset + size))
  }
  return tags
}

/** Largest difference of a curve from sRGB's, in encoded values 0…1. */
function distanceFromSrgb(curve: ToneCurve): number {
  let worst = 0
  for (let i = 0; i <= 256; i++) worst = Math.max(worst, Math.abs(srgbEncode(clamp01(curve(i / 256))) - i / 256))
  return worst
}

/** Half a level of 8 bits: a curve nearer than this to sRGB's is sRGB's, written with less precision. */
const curveTolerance = 0.5 / 255
const primaryTolerance = 0.002

export const isSrgbCurve = (curve: ToneCurve): boolean => distanceFromSrgb(curve) < curveTolerance

/**
 * Parses an ICC profile. Returns null for bytes that are no profile: such a picture is taken as sRGB.
 */
export function parseProfile(bytes: Buffer): ColorProfile | null {
  if (bytes.length < 132 || bytes.toString('latin1', 36, 40) !== 'acsp') return null
  try {
    const tags = readTags(bytes)
    const space = bytes.toString('latin1', 16, 20)
    const pcs = bytes.toString('latin1', 20, 24)
    const description = readDescription(tags.get('desc')).replaceAll('\0', '').trim() || 'unnamed profile'
    const base = { bytes, description, curves: [] as ToneCurve[], matrix: null }
    if (space === 'GRAY') {
      const tag = tags.get('kTRC')
      const curve = tag ? readCurve(tag) : null
      if (!curve) return { ...base, kind: 'other' }
      // With Lab as the connection space the curve gives lightness, with XYZ luminance (ICC.1 8.3.4).
      const toLuminance: ToneCurve = pcs === 'Lab ' ? (v) => luminanceOf(100 * clamp01(curve(v))) : (v) => clamp01(curve(v))
      return { ...base, kind: 'grey', curves: [toLuminance] }
    }
    if (space === 'CMYK') return { ...base, kind: 'cmyk' }
    if (space !== 'RGB ') return { ...base, kind: 'other' }
    const curves = ['rTRC', 'gTRC', 'bTRC'].map((name) => tags.get(name)).map((tag) => (tag ? readCurve(tag) : null))
    const primaries = ['rXYZ', 'gXYZ', 'bXYZ'].map((name) => tags.get(name))
    if (pcs !== 'XYZ ' || curves.includes(null) || primaries.includes(undefined)) return { ...base, kind: 'rgb-table' }
    const matrix = [0, 1, 2].flatMap((row) => primaries.map((tag) => (tag?.readInt32BE(8 + 4 * row) ?? 0) / 65536))
    const found = curves.filter((curve) => curve !== null)
    const near = matrix.every((value, i) => Math.abs(value - (srgbToXyzD50[i] ?? 0)) < primaryTolerance)
    return { ...base, kind: near && found.every(isSrgbCurve) ? 'srgb' : 'rgb-matrix', curves: found, matrix }
  } catch {
    return null
  }
}

/** CIE 15: luminance Y (0…1) of a lightness L* (0…100). */
export function luminanceOf(lightness: number): number {
  const f = (lightness + 16) / 116
  return f > 6 / 29 ? f ** 3 : 3 * (6 / 29) ** 2 * (f - 4 / 29)
}
