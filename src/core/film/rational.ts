import type { Rational } from '../../contract/rational.ts'

const gcd = (a: bigint, b: bigint): bigint => {
  while (b !== 0n) [a, b] = [b, a % b]
  return a < 0n ? -a : a
}

const within = (value: bigint): number => {
  const number = Number(value)
  if (!Number.isSafeInteger(number)) throw new RangeError(`the fraction does not fit into 53 bits: ${value}`)
  return number
}

function lowest(num: bigint, den: bigint): Rational {
  if (den === 0n) throw new RangeError('a fraction has no denominator 0')
  const divisor = gcd(num, den) * (den < 0n ? -1n : 1n)
  return { num: within(num / divisor), den: within(den / divisor) }
}

/** The fraction in lowest terms. @throws RangeError for a denominator 0 or terms beyond 53 bits */
export const rational = (num: number, den = 1): Rational => lowest(BigInt(num), BigInt(den))

export const plus = (a: Rational, b: Rational): Rational => lowest(BigInt(a.num) * BigInt(b.den) + BigInt(b.num) * BigInt(a.den), BigInt(a.den) * BigInt(b.den))
export const minus = (a: Rational, b: Rational): Rational => plus(a, { num: -b.num, den: b.den })
export const times = (a: Rational, b: Rational): Rational => lowest(BigInt(a.num) * BigInt(b.num), BigInt(a.den) * BigInt(b.den))
export const inverse = (a: Rational): Rational => rational(a.den, a.num)

/** Below 0, 0, above 0: a before, equal to, after b. */
export const compare = (a: Rational, b: Rational): number => Number(BigInt(a.num) * BigInt(b.den) - BigInt(b.num) * BigInt(a.den))

/** Ticks of a time base as seconds. */
export const seconds = (ticks: number, timeBase: Rational): Rational => times(rational(ticks), timeBase)

export const text = ({ num, den }: Rational): string => `${num}/${den}`

/** A fraction as a number with at most three decimals, as people read it; NaN for what is no fraction. */
export function readable(fraction: string): number {
  const { num, den } = parse(fraction) ?? { num: Number.NaN, den: 1 }
  return Math.round((num / den) * 1000) / 1000
}

/**
 * Reads `24000/1001`, `16:11`, `25` or a decimal such as `1.075000` exactly; null for anything else, and for the
 * `0/0` that stands for "not known".
 */
export function parse(said: string): Rational | null {
  const fraction = /^(-?\d+)[/:](\d+)$/.exec(said)
  if (fraction) return Number(fraction[2]) === 0 ? null : lowest(BigInt(fraction[1] as string), BigInt(fraction[2] as string))
  const decimal = /^(-?)(\d+)(?:\.(\d+))?$/.exec(said)
  if (!decimal) return null
  const [, sign, whole = '', part = ''] = decimal
  const value = lowest(BigInt(whole + part), 10n ** BigInt(part.length))
  return sign ? { num: -value.num, den: value.den } : value
}

/** Seconds with six decimals, rounded down: as ffmpeg takes them, whose own clock ticks in microseconds. */
export function microseconds({ num, den }: Rational): string {
  const scaled = BigInt(num) * 1_000_000n
  const divisor = BigInt(den)
  const whole = scaled / divisor - (scaled % divisor < 0n ? 1n : 0n)
  const digits = (whole < 0n ? -whole : whole).toString().padStart(7, '0')
  return `${whole < 0n ? '-' : ''}${digits.slice(0, -6)}.${digits.slice(-6)}`
}
