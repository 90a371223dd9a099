/** A long or random test. It throws when something is wrong; what it answers is printed as one JSON line. */
export interface Soak {
  name: string
  /** One sentence: what is done, and what must hold. */
  about: string
  run(options: {
    /** When to stop, in ms since the epoch. */
    until: number
    /** Where all randomness comes from: the same seed does the same again. */
    seed: number
    scratch: string
    /** `--folder`: files to use instead of drawn ones; undefined: none was named. */
    folder?: string | undefined
    say: (text: string) => void
  }): Promise<Record<string, number>>
}
