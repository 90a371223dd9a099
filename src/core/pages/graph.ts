/** Which basins border on which, and how high the pass between them is: neighbours of n are to[start[n]] … to[start[n + 1] − 1]. */
export interface Graph {
  readonly start: Int32Array
  readonly to: Int32Array
  /** Height of the highest place of the border, by element of `to`. */
  readonly saddles: Uint8Array
}

/** Pairs of numbers with their highest value, in a table of open addresses. */
export class PairTable {
  #mask = 4095
  #low = new Int32Array(4096)
  #high = new Int32Array(4096)
  #value = new Uint8Array(4096)
  count = 0

  /** Keeps the greater of `value` and what the pair has. Numbers are > 0 and different; their order does not matter. */
  raise(one: number, other: number, value: number): void {
    const low = one < other ? one : other
    const high = one < other ? other : one
    let slot = (Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b)) & this.#mask
    for (;;) {
      const found = this.#low[slot] as number
      if (found === 0) break
      if (found === low && this.#high[slot] === high) {
        if ((this.#value[slot] as number) < value) this.#value[slot] = value
        return
      }
      slot = (slot + 1) & this.#mask
    }
    this.#low[slot] = low
    this.#high[slot] = high
    this.#value[slot] = value
    if (2 * ++this.count > this.#mask) this.#grow()
  }

  #grow(): void {
    const [low, high, value] = [this.#low, this.#high, this.#value]
    const size = 2 * (this.#mask + 1)
    this.#mask = size - 1
    this.#low = new Int32Array(size)
    this.#high = new Int32Array(size)
    this.#value = new Uint8Array(size)
    this.count = 0
    for (let slot = 0; slot < low.length; slot++) if (low[slot] !== 0) this.raise(low[slot] as number, high[slot] as number, value[slot] as number)
  }

  /** Visits every pair, in no order. */
  each(visit: (low: number, high: number, value: number) => void): void {
    for (let slot = 0; slot < this.#low.length; slot++) if (this.#low[slot] !== 0) visit(this.#low[slot] as number, this.#high[slot] as number, this.#value[slot] as number)
  }

  /** All pairs, the lower number first, sorted by both numbers. */
  sorted(): { low: Int32Array; high: Int32Array; values: Uint8Array } {
    const slots = new Float64Array(this.count)
    let n = 0
    // Both numbers are below 2^26 (pages of 67 million basins do not exist), so that one float orders them exactly.
    for (let slot = 0; slot < this.#low.length; slot++) if (this.#low[slot] !== 0) slots[n++] = (this.#low[slot] as number) * 2 ** 26 + (this.#high[slot] as number)
    slots.sort()
    const low = Int32Array.from(slots, (key) => Math.floor(key / 2 ** 26))
    const high = Int32Array.from(slots, (key) => key % 2 ** 26)
    const values = new Uint8Array(n)
    for (let k = 0; k < n; k++) values[k] = this.#valueOf(low[k] as number, high[k] as number)
    return { low, high, values }
  }

  #valueOf(low: number, high: number): number {
    let slot = (Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b)) & this.#mask
    while (this.#low[slot] !== low || this.#high[slot] !== high) slot = (slot + 1) & this.#mask
    return this.#value[slot] as number
  }
}

/** A graph of `count` nodes from pairs; neighbours are sorted by their number. */
export function graphOfPairs(pairs: PairTable, count: number): Graph {
  const { low, high, values } = pairs.sorted()
  const start = new Int32Array(count + 2)
  for (let k = 0; k < low.length; k++) {
    start[(low[k] as number) + 1] = (start[(low[k] as number) + 1] as number) + 1
    start[(high[k] as number) + 1] = (start[(high[k] as number) + 1] as number) + 1
  }
  for (let n = 0; n <= count; n++) start[n + 1] = (start[n + 1] as number) + (start[n] as number)
  const to = new Int32Array(2 * low.length)
  const saddles = new Uint8Array(2 * low.length)
  const filled = start.slice()
  const add = (from: number, target: number, value: number): void => {
    const at = filled[from] as number
    filled[from] = at + 1
    to[at] = target
    saddles[at] = value
  }
  for (let k = 0; k < low.length; k++) {
    add(low[k] as number, high[k] as number, values[k] as number)
    add(high[k] as number, low[k] as number, values[k] as number)
  }
  return { start, to, saddles }
}

/** The same graph with more passages: pairs of nodes, of the greatest height. */
export function withPassages(graph: Graph, count: number, passages: readonly (readonly [number, number])[]): Graph {
  if (passages.length === 0) return graph
  const pairs = new PairTable()
  for (let n = 1; n <= count; n++) {
    for (let k = graph.start[n] as number; k < (graph.start[n + 1] as number); k++) {
      const other = graph.to[k] as number
      if (other > n) pairs.raise(n, other, graph.saddles[k] as number)
    }
  }
  for (const [one, other] of passages) if (one !== other) pairs.raise(one, other, 255)
  return graphOfPairs(pairs, count)
}
