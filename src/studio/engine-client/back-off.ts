/** Seconds before each new start after a crash. */
const delays = [0.2, 0.5, 1, 2, 5]
const windowMs = 60_000

/** Counts crashes; where five new starts within a minute did not help, there is no further one until it has passed. */
export class BackOff {
  #crashes: number[] = []
  #now: () => number

  constructor(now: () => number = Date.now) {
    this.#now = now
  }

  /** Notes a crash and answers how long to wait (ms), or null to give up. */
  crashed(): number | null {
    this.#crashes.push(this.#now())
    return this.givenUp ? null : (delays[Math.min(this.#recent(), delays.length) - 1] ?? 0) * 1000
  }

  get givenUp(): boolean {
    return this.#recent() > delays.length
  }

  #recent(): number {
    const since = this.#now() - windowMs
    this.#crashes = this.#crashes.filter((at) => at > since)
    return this.#crashes.length
  }
}
