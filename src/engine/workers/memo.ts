interface Kept {
  readonly value: unknown
  readonly bytes: number
}

/**
 * Remembers results by key, up to a number of bytes; the least recently used go first. What is asked for twice at the
 * same time is made once. Of values that would fill half of it, the newest alone is kept beside the others, up to a limit of
 * its own: a very large page is then not told apart anew at every edit.
 */
export class Memo {
  readonly #kept = new Map<string, Kept>()
  readonly #making = new Map<string, Promise<unknown>>()
  #large: (Kept & { readonly key: string }) | null = null
  #bytes = 0
  limit: number
  /** Bytes that one large value may take; 0: none is kept. */
  largeLimit: number

  constructor(limit: number, largeLimit = 0) {
    this.limit = limit
    this.largeLimit = largeLimit
  }

  get bytes(): number {
    return this.#bytes + (this.#large?.bytes ?? 0)
  }

  /** The remembered value, or what `make` gives. A failed `make` is not remembered. */
  async get<Value>(key: string, sizeOf: (value: Value) => number, make: () => Promise<Value>): Promise<Value> {
    const kept = this.#kept.get(key)
    if (kept) {
      this.#kept.delete(key)
      this.#kept.set(key, kept)
      return kept.value as Value
    }
    if (this.#large?.key === key) return this.#large.value as Value
    const others = this.#making.get(key)
    // Whoever makes it may be cancelled: that is no reason for those who wait for it to fail.
    if (others) return others.then((value) => value as Value, () => this.get(key, sizeOf, make))
    const making = make()
    this.#making.set(key, making)
    try {
      const value = await making
      this.#keep(key, value, sizeOf(value))
      return value
    } finally {
      this.#making.delete(key)
    }
  }

  #keep(key: string, value: unknown, bytes: number): void {
    if (bytes > this.limit / 2) {
      if (bytes <= this.largeLimit) this.#large = { key, value, bytes }
      return
    }
    this.#kept.set(key, { value, bytes })
    this.#bytes += bytes
    for (const [oldest, { bytes: freed }] of this.#kept) {
      if (this.#bytes <= this.limit) break
      this.#kept.delete(oldest)
      this.#bytes -= freed
    }
  }

  /** Lets go of everything, or of all but what a key begins with. */
  clear(except: string | null = null): void {
    const stays = (key: string): boolean => except !== null && key.startsWith(except)
    if (this.#large && !stays(this.#large.key)) this.#large = null
    for (const [key, { bytes }] of this.#kept) {
      if (stays(key)) continue
      this.#kept.delete(key)
      this.#bytes -= bytes
    }
  }
}
