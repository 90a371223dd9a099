/**
 * Colour difference CIEDE2000 (CIE 142-2001), in the form and with the traps of Sharma, Wu and Dalal 2005,
 * "The CIEDE2000 colour-difference formula: implementation notes, supplementary test data, and mathematical
 * observations"; all 34 of their pairs are reproduced in the tests.
 */
import type { Triple } from './lab.ts'

const degrees = Math.PI / 180
const pow25 = 25 ** 7

/** ΔE00 of two Lab colours; about 1 is just visible. */
export function ciede2000(first: Triple, second: Triple): number {
  const [l1, a1, b1] = first
  const [l2, a2, b2] = second
  const g = 0.5 * (1 - saturation((length(a1, b1) + length(a2, b2)) / 2))
  const [ap1, ap2] = [(1 + g) * a1, (1 + g) * a2]
  const [c1, c2] = [length(ap1, b1), length(ap2, b2)]
  const [h1, h2] = [hueOf(ap1, b1), hueOf(ap2, b2)]
  const grey = c1 * c2 === 0
  const turn = h2 - h1
  const hueStep = grey ? 0 : turn > 180 ? turn - 360 : turn < -180 ? turn + 360 : turn
  const deltaH = 2 * Math.sqrt(c1 * c2) * Math.sin((hueStep / 2) * degrees)
  const lMean = (l1 + l2) / 2
  const cMean = (c1 + c2) / 2
  const hMean = meanHue(h1, h2, grey)
  const t =
    1 -
    0.17 * Math.cos((hMean - 30) * degrees) +
    0.24 * Math.cos(2 * hMean * degrees) +
    0.32 * Math.cos((3 * hMean + 6) * degrees) -
    0.2 * Math.cos((4 * hMean - 63) * degrees)
  const fromGrey = (lMean - 50) ** 2
  const sl = 1 + (0.015 * fromGrey) / Math.sqrt(20 + fromGrey)
  const sc = 1 + 0.045 * cMean
  const sh = 1 + 0.015 * cMean * t
  const rotation = -2 * saturation(cMean) * Math.sin(60 * Math.exp(-(((hMean - 275) / 25) ** 2)) * degrees)
  const [dl, dc, dh] = [(l2 - l1) / sl, (c2 - c1) / sc, deltaH / sh]
  return Math.sqrt(dl * dl + dc * dc + dh * dh + rotation * dc * dh)
}

/** √(x² + y²): chroma is never so large that Math.hypot, many times slower, would be needed. */
const length = (x: number, y: number): number => Math.sqrt(x * x + y * y)

/** √(C⁷ ÷ (C⁷ + 25⁷)), without a general power. */
function saturation(chroma: number): number {
  const cubed = chroma * chroma * chroma
  const seventh = cubed * cubed * chroma
  return Math.sqrt(seventh / (seventh + pow25))
}

/** Hue angle 0…360; 0 for a grey. */
function hueOf(a: number, b: number): number {
  if (a === 0 && b === 0) return 0
  const hue = Math.atan2(b, a) / degrees
  return hue < 0 ? hue + 360 : hue
}

/** The mean of two hues on the shorter way round; their sum where one colour is a grey. */
function meanHue(h1: number, h2: number, grey: boolean): number {
  if (grey) return h1 + h2
  if (Math.abs(h1 - h2) <= 180) return (h1 + h2) / 2
  return h1 + h2 < 360 ? (h1 + h2 + 360) / 2 : (h1 + h2 - 360) / 2
}
