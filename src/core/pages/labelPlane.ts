/** Runs of one block: no row is spread over two. */
interface Block {
  readonly ends: Int32Array
  readonly labels: Int32Array
  used: number
}

/** Runs that a block has room for, at least. */
const blockRuns = 1 << 16

/**
 * A number for each pixel of a page, kept as runs of equal numbers in rows: of line art they are long, so that a page of
 * 160 million pixels takes some megabytes. Rows may be set in any order, each once.
 */
export class LabelPlane {
  readonly width: number
  readonly height: number
  /** Row length of padded planes, width + 2. */
  readonly stride: number
  readonly #blocks: Block[] = []
  /** By row: its block, its first run there, and how many it has. */
  readonly #blockOf: Uint32Array
  readonly #first: Uint32Array
  readonly #count: Uint32Array

  constructor(width: number, height: number) {
    this.width = width
    this.height = height
    this.stride = width + 2
    this.#blockOf = new Uint32Array(height)
    this.#first = new Uint32Array(height)
    this.#count = new Uint32Array(height)
  }

  /** Bytes that it takes. */
  get bytes(): number {
    return 12 * this.height + this.#blocks.reduce((sum, { ends }) => sum + 8 * ends.length, 0)
  }

  /**
   * Keeps a row.
   * @param y from 0
   * @param from where the row's `width` numbers begin in `row`
   */
  setRow(y: number, row: Int32Array | Int16Array, from = 0): void {
    const { width } = this
    let block = this.#blocks.at(-1)
    if (!block || block.ends.length - block.used < width) {
      if (block) this.#blocks[this.#blocks.length - 1] = { ...block, ends: block.ends.slice(0, block.used), labels: block.labels.slice(0, block.used) }
      block = { ends: new Int32Array(Math.max(blockRuns, width)), labels: new Int32Array(Math.max(blockRuns, width)), used: 0 }
      this.#blocks.push(block)
    }
    const { ends, labels } = block
    let at = block.used
    let label = row[from] as number
    for (let x = 1; x < width; x++) {
      const next = row[from + x] as number
      if (next === label) continue
      ends[at] = x
      labels[at++] = label
      label = next
    }
    ends[at] = width
    labels[at++] = label
    this.#blockOf[y] = this.#blocks.length - 1
    this.#first[y] = block.used
    this.#count[y] = at - block.used
    block.used = at
  }

  /** The numbers of row `y` (from 0), into `into` from `at` on. */
  readRow(y: number, into: Int32Array, at = 0): Int32Array {
    this.eachRun(y, (from, to, label) => void into.fill(label, at + from, at + to))
    return into
  }

  /** Visits the runs of row `y` from the left: pixels `from` up to, but not including, `to`. */
  eachRun(y: number, visit: (from: number, to: number, label: number) => void): void {
    const { ends, labels } = this.#blocks[this.#blockOf[y] as number] as Block
    const start = this.#first[y] as number
    const end = start + (this.#count[y] as number)
    for (let run = start, from = 0; run < end; run++) {
      const to = ends[run] as number
      visit(from, to, labels[run] as number)
      from = to
    }
  }

  /** The number at column x of row y, both from 0; −1 outside. */
  labelAt(x: number, y: number): number {
    if (x < 0 || y < 0 || x >= this.width || y >= this.height) return -1
    const { ends, labels } = this.#blocks[this.#blockOf[y] as number] as Block
    let low = this.#first[y] as number
    let high = low + (this.#count[y] as number) - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if ((ends[middle] as number) > x) high = middle
      else low = middle + 1
    }
    return labels[low] as number
  }

  /** The number at an index of the padded planes; −1 in the padding. */
  at(p: number): number {
    const y = Math.floor(p / this.stride)
    return this.labelAt(p - y * this.stride - 1, y - 1)
  }
}
