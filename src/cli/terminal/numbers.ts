import { InvalidArgumentError } from 'commander'
import { readPictureRate } from '../../core/film/pictureRate.ts'
import type { Rational } from '../../contract/rational.ts'
import { texts } from './texts.ts'

/** Reads a whole number from `min` to `max`. @throws InvalidArgumentError */
export const wholeWithin = (min: number, max: number) => (text: string): number => {
  const value = Number(text)
  if (text.trim() === '' || !Number.isInteger(value) || value < min || value > max) throw new InvalidArgumentError(texts.t('terminal.usage.wholeWithin', { min, max }))
  return value
}

/** Reads a number from 0 to 1. @throws InvalidArgumentError */
export function share(text: string): number {
  const value = Number(text)
  if (text.trim() === '' || !(value >= 0 && value <= 1)) throw new InvalidArgumentError(texts.t('terminal.usage.numberWithin', { min: 0, max: 1 }))
  return value
}

/** Reads the number of a frame, or of a chunk: whole, from 0. @throws InvalidArgumentError */
export function frameNumber(text: string): number {
  const value = Number(text)
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value)) throw new InvalidArgumentError(texts.t('terminal.usage.frame'))
  return value
}

/** Reads the rate of numbered pictures exactly. @throws InvalidArgumentError */
export function pictureRate(text: string): Rational {
  const rate = readPictureRate(text)
  if (!rate) throw new InvalidArgumentError(texts.t('terminal.usage.rate'))
  return rate
}
