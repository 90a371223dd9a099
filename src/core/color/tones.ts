/**
 * Which channels of a scan carry its tones. For a neutral scan all are alike; a stained, faded or sepia print is
 * cleaner in one channel than in L*: on stained sepia with a noisy blue channel, the red channel has half the error.
 */
import { lightnessOf, luminanceWeights } from './lab.ts'
import type { Triple } from './lab.ts'
import { percentiles } from './levels.ts'
import { decodeSrgb } from './transfer.ts'

/** Weights of linear R, G and B; they add up to one. */
export type ToneWeights = Triple

/** What the user may ask for (the colorize step's `tones`). */
export type ToneChoice = 'lightness' | 'automatic' | 'red' | 'green' | 'mix'

/** True luminance: the result keeps the source's own L*. */
export const lightnessTones: ToneWeights = luminanceWeights
export const redTones: ToneWeights = [1, 0, 0]
export const greenTones: ToneWeights = [0, 1, 0]

/** A small copy of a scan: encoded sRGB 0…1, three planes of width × height. */
export interface ToneSample {
  readonly width: number
  readonly height: number
  readonly red: Float32Array
  readonly green: Float32Array
  readonly blue: Float32Array
}

/** Greatest difference of channels (sRGB 0…1, 95 % of pixels) that still counts as neutral. */
const neutralDifference = 0.02
/** Another channel must be this much cleaner than L* to be taken by itself. */
const clearlyBetter = 0.85

/** The weights of a choice. `automatic` and `mix` look at the sample; a scan without one, or a neutral one, keeps L*. */
export function tonesOf(choice: ToneChoice, sample: ToneSample | null): ToneWeights {
  if (choice === 'red') return redTones
  if (choice === 'green') return greenTones
  if (choice === 'lightness' || !sample || isNeutral(sample)) return lightnessTones
  return choice === 'mix' ? mixTones(sample) : automaticTones(sample)
}

/** Least residual noise for its contrast, of L*, red, green and the mix; never blue. */
function automaticTones(sample: ToneSample): ToneWeights {
  const limit = noiseToContrast(sample, lightnessTones) * clearlyBetter
  let best = { weights: lightnessTones, noise: limit }
  for (const weights of [redTones, greenTones, mixTones(sample)]) {
    const noise = noiseToContrast(sample, weights)
    if (noise < best.noise) best = { weights, noise }
  }
  return best.weights
}

/** Every channel by its signal-to-noise ratio squared, as independent measurements are averaged. */
function mixTones(sample: ToneSample): ToneWeights {
  const channel = (weights: ToneWeights): number => 1 / Math.max(1e-4, noiseToContrast(sample, weights)) ** 2
  const [red, green, blue] = [channel(redTones), channel(greenTones), channel([0, 0, 1])]
  const sum = red + green + blue
  return [red / sum, green / sum, blue / sum]
}

function isNeutral({ red, green, blue }: ToneSample): boolean {
  const difference = red.map((value, i) => Math.max(value, green[i] ?? 0, blue[i] ?? 0) - Math.min(value, green[i] ?? 0, blue[i] ?? 0))
  return (percentiles(difference, [0.95])[0] ?? 0) <= neutralDifference
}

/**
 * Noise of L* over its contrast (0.5…99.5 percentiles). Noise is the median size of the second difference in both
 * directions (Immerkær's mask 1 −2 1 / −2 4 −2 / 1 −2 1), which edges and gradients pass by.
 */
function noiseToContrast(sample: ToneSample, weights: ToneWeights): number {
  const { width, height, red, green, blue } = sample
  const lightness = red.map((value, i) =>
    lightnessOf(weights[0] * decodeSrgb(value) + weights[1] * decodeSrgb(green[i] ?? 0) + weights[2] * decodeSrgb(blue[i] ?? 0)),
  )
  const at = (x: number, y: number): number => lightness[y * width + x] ?? 0
  const noise = new Float32Array(Math.max(1, (width - 2) * (height - 2)))
  for (let y = 1, n = 0; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++, n++) {
      const corners = at(x - 1, y - 1) + at(x + 1, y - 1) + at(x - 1, y + 1) + at(x + 1, y + 1)
      const sides = at(x, y - 1) + at(x, y + 1) + at(x - 1, y) + at(x + 1, y)
      noise[n] = Math.abs(corners - 2 * sides + 4 * at(x, y)) / 6
    }
  }
  const [low = 0, high = 100] = percentiles(lightness, [0.005, 0.995])
  return (percentiles(noise, [0.5])[0] ?? 0) / Math.max(1, high - low)
}
