/** Ends remembered, and how long ago the oldest may be, ms. */
const most = 20
const oldest = 600_000

/** How quickly jobs come to their end, over the last ones of one run of the queue. */
export class Rate {
  #ends: number[] = []
  #now: () => number

  constructor(now: () => number = Date.now) {
    this.#now = now
  }

  /** A job is done. */
  ended(): void {
    this.#ends = [...this.#ends, this.#now()].slice(-most)
  }

  /** The queue stood still: what was measured before says nothing of what comes. */
  rested(): void {
    this.#ends = []
  }

  /** Jobs a minute; null until two are done. */
  get perMinute(): number | null {
    const ends = this.#ends.filter((at) => at > this.#now() - oldest)
    const first = ends[0]
    const last = ends.at(-1)
    if (first === undefined || last === undefined || ends.length < 2 || last === first) return null
    return ((ends.length - 1) * 60_000) / (last - first)
  }
}
