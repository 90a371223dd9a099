/** A file name of a numbered picture: what stands before the number, the number as written, what follows. */
export interface NumberedName {
  readonly prefix: string
  readonly digits: string
  readonly suffix: string
}

/** Endings of pictures that film scanners write. */
const endings = /\.(?:tiff?|png|dpx|exr|jpe?g|bmp|tga|sgi|jp2)$/i

/** The last number before the ending: `reel2_0042.tif` is number 42 of `reel2_`. null: not a numbered picture. */
export function numberedName(name: string): NumberedName | null {
  if (!endings.test(name)) return null
  const parts = /^(.*?)(\d+)(\D*\.[^.]+)$/.exec(name)
  return parts ? { prefix: parts[1] as string, digits: parts[2] as string, suffix: parts[3] as string } : null
}

export interface NumberedFiles {
  readonly prefix: string
  readonly suffix: string
  /** Fewest digits of a number: shorter ones are filled with zeros. */
  readonly digits: number
  /** Ascending. */
  readonly numbers: readonly number[]
}

/**
 * The sequences among the names of one folder, longest first. Names belong together when all but their number is
 * the same and the number is written alike (`9` and `10`, `009` and `010`, not `9` and `010`).
 */
export function findSequences(names: readonly string[]): NumberedFiles[] {
  const groups = new Map<string, { prefix: string; suffix: string; entries: { digits: string; number: number }[] }>()
  for (const name of names) {
    const found = numberedName(name)
    if (!found) continue
    const key = `${found.prefix}\0${found.suffix}`
    const group = groups.get(key) ?? { prefix: found.prefix, suffix: found.suffix, entries: [] }
    group.entries.push({ digits: found.digits, number: Number(found.digits) })
    groups.set(key, group)
  }
  const sequences: NumberedFiles[] = []
  for (const { prefix, suffix, entries } of groups.values()) {
    const digits = Math.min(...entries.map((entry) => entry.digits.length))
    const alike = entries.filter((entry) => String(entry.number).padStart(digits, '0') === entry.digits && Number.isSafeInteger(entry.number))
    if (alike.length > 0) sequences.push({ prefix, suffix, digits, numbers: alike.map(({ number }) => number).sort((a, b) => a - b) })
  }
  return sequences.sort((a, b) => b.numbers.length - a.numbers.length || (a.prefix < b.prefix ? -1 : 1))
}

/** Runs of numbers that follow one another: `[[995, 1002], [1004, 1009]]`. */
export function runsOf(numbers: readonly number[]): [first: number, last: number][] {
  const runs: [number, number][] = []
  for (const number of numbers) {
    const run = runs.at(-1)
    if (run && number === run[1] + 1) run[1] = number
    else runs.push([number, number])
  }
  return runs
}

/** Numbers between the first and the last that no file has, as people write them: `1003, 1010–1012`. */
export function missingNumbers(numbers: readonly number[]): { count: number; text: string } {
  const runs = runsOf(numbers)
  const gaps = runs.slice(1).map(([first], i) => [(runs[i]?.[1] ?? 0) + 1, first - 1] as const)
  return { count: gaps.reduce((sum, [first, last]) => sum + last - first + 1, 0), text: gaps.map(([first, last]) => (first === last ? String(first) : `${first}–${last}`)).join(', ') }
}
