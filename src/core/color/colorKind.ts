/**
 * Whether a scan is grey, toned (sepia, faded, stained: one tint that follows lightness) or in colour already.
 *
 * C95 is the 95th percentile of chroma; R95 the same after the median (a, b) of each of 16 bins of L* is taken away, which
 * removes any tint that is a function of lightness alone. Measured at ≤ 256 px: of 1,002 monochrome variants (grey
 * JPEG, sepia, stained noisy sepia) none is called colour at R95 > 7 (0.9 % at 6); of 334 colour photographs 9.6 % are
 * called monochrome (8.4 % at 6), some of which truly are. A worn sepia print with stains in its paper was met at 6.5,
 * the palest early colour print at 8.2.
 */
import type { ColorKind } from '../../contract/pictures.ts'
import { percentiles } from './levels.ts'
import { srgbToLab } from './srgb.ts'

const greyBelow = 2
const tonedUpTo = 7
const bins = 16

export interface ColorKindFigures {
  readonly kind: ColorKind
  readonly c95: number
  readonly r95: number
}

/** Judges three planes (encoded sRGB 0…1) of a copy no larger than about 256 px a side. */
export function colorKindOf(red: Float32Array, green: Float32Array, blue: Float32Array): ColorKindFigures {
  const count = red.length
  const a = new Float32Array(count)
  const b = new Float32Array(count)
  const bin = new Uint8Array(count)
  for (let i = 0; i < count; i++) {
    const lab = srgbToLab(red[i] ?? 0, green[i] ?? 0, blue[i] ?? 0)
    bin[i] = Math.min(bins - 1, Math.floor((lab[0] * bins) / 100))
    a[i] = lab[1]
    b[i] = lab[2]
  }
  const c95 = length95(a, b)
  for (let n = 0; n < bins; n++) {
    const members: number[] = []
    for (let i = 0; i < count; i++) if (bin[i] === n) members.push(i)
    subtractMedian(a, members)
    subtractMedian(b, members)
  }
  const r95 = length95(a, b)
  return { kind: c95 < greyBelow ? 'grey' : r95 <= tonedUpTo ? 'toned' : 'color', c95, r95 }
}

function length95(a: Float32Array, b: Float32Array): number {
  return percentiles(a.map((value, i) => Math.hypot(value, b[i] ?? 0)), [0.95])[0] ?? 0
}

function subtractMedian(plane: Float32Array, members: readonly number[]): void {
  const [median = 0] = percentiles(Float32Array.from(members, (i) => plane[i] ?? 0), [0.5])
  for (const i of members) plane[i] = (plane[i] ?? 0) - median
}
