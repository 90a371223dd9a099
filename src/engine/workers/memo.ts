interface Kept {
  readonly value: unknown
  readonly bytes: number
}

/**
 * Remembers results by key, up to a number of bytes; the least recently used go first. What is asked for twice at the
 * same time is made once.
 */
export class Memo {
  readonly #kept = new Map<string, Kept>()
  readonly #making = new Map<string, Promise<unknown>>()
  #bytes = 0
  limit: number

  constructor(limit: number) {
    this.limit = limit
  }

  get bytes(): number {
    return this.#bytes
  }

  /** The remembered value, or what `make` gives. A failed `make` is not remembered. */
  async get<Value>(key: string, sizeOf: (value: Value) => number, make: () => Promise<Value>): Promise<Value> {
    const kept = this.#kept.get(key)
    if (kept) {
      this.#kept.delete(key)
      this.#kept.set(key, kept)
      return kept.value as Value
    }
    const making = this.#making.get(key) ?? make()
    this.#making.set(key, making)
    try {
      const value = (await making) as Value
      if (!this.#kept.has(key)) this.#keep(key, value, sizeOf(value))
      return value
    } finally {
      this.#making.delete(key)
    }
  }

  #keep(key: string, value: unknown, bytes: number): void {
    if (bytes > this.limit / 2) return
    this.#kept.set(key, { value, bytes })
    this.#bytes += bytes
    for (const [oldest, { bytes: freed }] of this.#kept) {
      if (this.#bytes <= this.limit) break
      this.#kept.delete(oldest)
      this.#bytes -= freed
    }
  }

  clear(): void {
    this.#kept.clear()
    this.#bytes = 0
  }
}
