/**
 * Colourfulness of a picture (Hasler and Süsstrunk 2003, "Measuring colourfulness in natural images"):
 * rg = R − G, yb = (R + G)/2 − B on samples 0…255; M = √(σrg² + σyb²) + 0.3·√(μrg² + μyb²).
 * About 10 is pale, 40 usual, 75 vivid; a sepia print has 27, so the figure alone proves no colour.
 */

/** Sums over pixels, with samples on the scale 0…255; they add up across strips. */
export interface ColorMoments {
  readonly pixels: number
  readonly redGreen: number
  readonly redGreenSquares: number
  readonly yellowBlue: number
  readonly yellowBlueSquares: number
}

/** M of the summed pixels; 0 for none. */
export function colorfulnessOf(moments: ColorMoments): number {
  const { pixels } = moments
  if (pixels === 0) return 0
  const meanRg = moments.redGreen / pixels
  const meanYb = moments.yellowBlue / pixels
  const varRg = Math.max(0, moments.redGreenSquares / pixels - meanRg * meanRg)
  const varYb = Math.max(0, moments.yellowBlueSquares / pixels - meanYb * meanYb)
  return Math.sqrt(varRg + varYb) + 0.3 * Math.hypot(meanRg, meanYb)
}

/** Moments of interleaved RGB samples; `scale` brings them to 0…255 (1 for 8 bit, 1/257 for 16). */
export function colorMoments(rgb: Uint8Array | Uint16Array, scale = 1): ColorMoments {
  let [redGreen, redGreenSquares, yellowBlue, yellowBlueSquares] = [0, 0, 0, 0]
  const pixels = Math.floor(rgb.length / 3)
  for (let i = 0; i < pixels * 3; i += 3) {
    const red = (rgb[i] ?? 0) * scale
    const green = (rgb[i + 1] ?? 0) * scale
    const rg = red - green
    const yb = (red + green) / 2 - (rgb[i + 2] ?? 0) * scale
    redGreen += rg
    redGreenSquares += rg * rg
    yellowBlue += yb
    yellowBlueSquares += yb * yb
  }
  return { pixels, redGreen, redGreenSquares, yellowBlue, yellowBlueSquares }
}
