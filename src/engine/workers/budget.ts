import type { Memo } from './memo.ts'

/** The engine with its libraries, its threads and one small network that has run; measured 180 to 220 MB. */
export const engineMb = 200

/** How much the pictures at hand may take together, so that the engine stays below the memory setting. */
export class Budget {
  readonly #memo: Memo
  readonly #waiting: symbol[] = []
  #takenMb = 0
  /** The memory setting, MB. */
  limitMb: number

  constructor(limitMb: number, memo: Memo) {
    this.limitMb = limitMb
    this.#memo = memo
  }

  /** What one picture may take when it is alone, MB. */
  get roomMb(): number {
    return Math.max(0, this.limitMb - engineMb)
  }

  /**
   * Takes room for one picture, in order of asking: waits while others have it, and lets go of what is remembered where
   * that is in the way. A picture that is larger than all the room is let through alone.
   * @param pause lets other work run; may throw to give up waiting
   * @param own what is remembered under keys that begin so is part of what is asked for, and stays
   * @returns gives the room back
   */
  async take(mb: number, pause: () => Promise<void>, own: string | null = null): Promise<() => void> {
    const ticket = Symbol('picture')
    this.#waiting.push(ticket)
    try {
      while (this.#waiting[0] !== ticket || (this.#takenMb > 0 && this.#takenMb + mb > this.roomMb)) await pause()
    } finally {
      this.#waiting.splice(this.#waiting.indexOf(ticket), 1)
    }
    return this.claim(mb, own)
  }

  /** Takes room without waiting: for work that others may wait for. @returns gives it back */
  claim(mb: number, own: string | null = null): () => void {
    this.#takenMb += mb
    if (this.#takenMb + this.#memo.bytes / 2 ** 20 > this.roomMb) this.#memo.clear(own)
    let given = false
    return () => {
      if (!given) this.#takenMb -= mb
      given = true
    }
  }
}
