/** One measurement, as `npm run bench` prints it: one JSON object a line. */
export interface Figure {
  bench: string
  /** Ours, in `unit`; the median over `runs` where more than one was made. */
  ours: number
  /** What it is held against: another program's figure, or the bar. */
  against: number
  /** ours ÷ against: smaller is better everywhere. */
  ratio: number
  unit: string
  runs: number
  /** What else is worth knowing: bars, spread. */
  [detail: string]: unknown
}

export interface Bench {
  name: string
  /** One sentence: what is measured, against what. */
  about: string
  run(options: { runs: number; scratch: string; say: (text: string) => void }): Promise<Figure[]>
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/** The value below which `share` (0…1) of the values lie, by nearest rank. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))]!
}

const rounded = (value: number): number => Number(value.toPrecision(4))

/** A figure from raw values of both sides. */
export function figure(bench: string, unit: string, ours: readonly number[], against: readonly number[], details: Record<string, unknown> = {}): Figure {
  const [a, b] = [median(ours), median(against)]
  return { bench, ours: rounded(a), against: rounded(b), ratio: rounded(a / b), unit, runs: ours.length, ...details }
}
