import { z } from 'zod'

/** An exact fraction in lowest terms with a positive denominator. Times are in seconds, rates in frames a second; never a float. */
export const rational = z.object({ num: z.number().int(), den: z.number().int().positive() })
export type Rational = z.infer<typeof rational>

/** Frames a second that numbered pictures are run at: 1…240, in terms that the clock of every container can count. */
export const pictureRate = rational.refine(({ num, den }) => num >= den && num <= 240 * den && num <= 10_000_000)

/** The rate of a clip that may be one of numbered pictures; null: the usual 24, or the film has times of its own. */
export const givenRate = pictureRate.nullable().default(null)
