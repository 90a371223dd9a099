/** 95 % intervals by the percentile bootstrap (Efron 1979) over pictures, from a fixed seed: the same folders, the same interval. */

const rounds = 2000
const seed = 20_031

/** Lehmer's sequence with Park and Miller's modulus and the multiplier 48271 (1993): whole numbers of 1…2³¹ − 2. */
function* lehmer(): Generator<number, never> {
  for (let state = seed; ; ) yield (state = (state * 48_271) % 2_147_483_647)
}

/** How often each of `count` pictures is drawn in each of the rounds. */
function draws(count: number): Uint32Array[] {
  const random = lehmer()
  return Array.from({ length: rounds }, () => {
    const times = new Uint32Array(count)
    for (let i = 0; i < count; i++) {
      const picture = Math.floor((random.next().value / 2_147_483_647) * count)
      times[picture] = (times[picture] as number) + 1
    }
    return times
  })
}

/** The value at a share of sorted values, between two of them in proportion. */
function quantile(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1)
  const below = Math.floor(place)
  const low = sorted[below] as number
  return low + ((sorted[Math.min(sorted.length - 1, below + 1)] as number) - low) * (place - below)
}

/**
 * Intervals of figures that are worked out from means over pictures.
 * @param columns numbers by picture, NaN where a picture has none
 * @param figures from the columns' means (NaN for a column without numbers) to figures, null where there is none
 * @returns the 2.5 and 97.5 percentiles of each figure that can be told; none for fewer than two pictures
 */
export function intervals<Column extends string, Name extends string>(
  columns: Readonly<Record<Column, Float64Array>>,
  count: number,
  figures: (means: Record<Column, number>) => Record<Name, number | null>,
): Partial<Record<Name, readonly [number, number]>> {
  const names = Object.keys(columns) as Column[]
  const found = new Map<Name, number[]>()
  for (const times of count < 2 ? [] : draws(count)) {
    const means = {} as Record<Column, number>
    for (const name of names) means[name] = meanOf(columns[name], times)
    for (const [name, value] of Object.entries(figures(means)) as [Name, number | null][]) {
      if (value === null) continue
      const values = found.get(name)
      if (values) values.push(value)
      else found.set(name, [value])
    }
  }
  const answer: Partial<Record<Name, readonly [number, number]>> = {}
  for (const [name, values] of found) {
    const sorted = Float64Array.from(values).sort()
    answer[name] = [quantile(sorted, 0.025), quantile(sorted, 0.975)]
  }
  return answer
}

/** Mean over the pictures that have a number, each as often as `times` says (once without it); NaN where none has. */
export function meanOf(column: Float64Array, times?: Uint32Array): number {
  let [sum, weight] = [0, 0]
  for (let i = 0; i < column.length; i++) {
    const value = column[i] as number
    if (Number.isNaN(value)) continue
    const often = times ? (times[i] as number) : 1
    sum += often * value
    weight += often
  }
  return sum / weight
}
