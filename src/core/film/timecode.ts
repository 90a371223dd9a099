import type { Rational } from '../../contract/rational.ts'

/** How frames of a rate are labelled. SMPTE ST 12-1: drop frame leaves out labels, never frames. */
export interface TimecodeFormat {
  /** Labels a second: 24 for 23.976, 30 for 29.97, 60 for 59.94. */
  readonly base: number
  readonly drop: boolean
}

const dropRates: readonly { readonly num: number; readonly den: number; readonly base: number }[] = [
  { num: 30_000, den: 1001, base: 30 },
  { num: 60_000, den: 1001, base: 60 },
]

/** Whether drop frame exists for the rate: 29.97 and 59.94 alone; 23.976 has none. */
export const canDrop = (rate: Rational): boolean => dropRates.some(({ num, den }) => num === rate.num && den === rate.den)

/** The labels of a constant rate; null where there are none (below 1 or above 999 frames a second). */
export function timecodeFormat(rate: Rational, drop: boolean): TimecodeFormat | null {
  const base = Math.round(rate.num / rate.den)
  if (base < 1 || base > 999) return null
  return { base, drop: drop && canDrop(rate) }
}

/** Labels left out at the start of each minute but every tenth: 2 at 29.97, 4 at 59.94. */
const dropped = (base: number): number => base / 15

/** Frames of a day. */
export const dayOf = ({ base, drop }: TimecodeFormat): number => 86_400 * base - (drop ? 9 * 144 * dropped(base) : 0)

const two = (value: number): string => String(value).padStart(2, '0')

/** The label of frame `n` counted from midnight, `hh:mm:ss:ff` (`;ff` for drop frame); it starts anew after a day. */
export function timecodeOf(n: number, format: TimecodeFormat): string {
  const { base, drop } = format
  const day = dayOf(format)
  let label = ((n % day) + day) % day
  if (drop) {
    const d = dropped(base)
    const [minute, tenMinutes] = [60 * base - d, 600 * base - 9 * d]
    const tens = Math.floor(label / tenMinutes)
    const rest = label % tenMinutes
    label += 9 * d * tens + (rest >= 60 * base ? d * (1 + Math.floor((rest - 60 * base) / minute)) : 0)
  }
  const all = Math.floor(label / base)
  const frame = String(label % base).padStart(base > 100 ? 3 : 2, '0')
  return `${two(Math.floor(all / 3600))}:${two(Math.floor(all / 60) % 60)}:${two(all % 60)}${drop ? ';' : ':'}${frame}`
}

/** The frame of a label, counted from midnight; null for what is no label, or one that drop frame leaves out. */
export function frameOfTimecode(said: string, format: TimecodeFormat): number | null {
  const parts = /^(\d{1,2})[:;.](\d{1,2})[:;.](\d{1,2})[:;.](\d{1,3})$/.exec(said.trim())
  if (!parts) return null
  const [hours, minutes, secondsPart, frames] = parts.slice(1).map(Number) as [number, number, number, number]
  const { base, drop } = format
  if (hours > 23 || minutes > 59 || secondsPart > 59 || frames >= base) return null
  const total = 60 * hours + minutes
  const label = (60 * total + secondsPart) * base + frames
  if (!drop) return label
  const d = dropped(base)
  if (secondsPart === 0 && frames < d && minutes % 10 !== 0) return null
  return label - d * (total - Math.floor(total / 10))
}

/** Whether a label as files carry it says drop frame: its last separator is `;` or `.`. */
export const saysDrop = (said: string): boolean => /[;.]\d+$/.test(said.trim())
