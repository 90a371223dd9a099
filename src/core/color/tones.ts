/**
 * Which channels of a scan carry its tones. For a neutral scan all are alike; a stained, faded or sepia print is
 * cleaner in one channel than in L* (measured: red has half the error of L* on stained sepia).
 */
import { luminanceWeights } from './lab.ts'
import type { Triple } from './lab.ts'

/** Weights of linear R, G and B; they add up to one. */
export type ToneWeights = Triple

export const toneChoices = ['lightness', 'automatic', 'red', 'green', 'mix'] as const
export type ToneChoice = (typeof toneChoices)[number]

/** True luminance: the result keeps the source's own L*. */
export const lightnessTones: ToneWeights = luminanceWeights
export const redTones: ToneWeights = [1, 0, 0]
export const greenTones: ToneWeights = [0, 1, 0]
