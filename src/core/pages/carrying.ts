import { LabelPlane } from './labelPlane.ts'

const far = 0x3fffffff

/** For each column of a row: steps to the nearest labelled pixel, its padded index, its label. */
interface Nearest {
  readonly steps: Int32Array
  readonly seeds: Int32Array
  readonly labels: Int32Array
}

const nearestOf = (length: number): Nearest => ({ steps: new Int32Array(length).fill(far), seeds: new Int32Array(length), labels: new Int32Array(length) })

/** Offers the pixel at `at` what its neighbour at `from` of `other` has, one step further; of equally near ones the first in reading order counts. */
function offer(to: Nearest, at: number, other: Nearest, from: number): void {
  const steps = (other.steps[from] as number) + 1
  const best = to.steps[at] as number
  if (steps > best) return
  const seed = other.seeds[from] as number
  if (steps === best && seed >= (to.seeds[at] as number)) return
  to.steps[at] = steps
  to.seeds[at] = seed
  to.labels[at] = other.labels[from] as number
}

/** Takes up the nearest pixels above and to the left into a row. @param above row before it, from `aboveAt` on; null: there is none */
function fromAbove(plane: LabelPlane, y: number, row: Int32Array, above: Nearest, aboveAt: number, to: Nearest, at: number): void {
  const { width, stride } = plane
  plane.readRow(y, row)
  const first = (y + 1) * stride + 1
  for (let x = 0; x < width; x++) {
    const label = row[x] as number
    if (label > 0) {
      to.steps[at + x] = 0
      to.seeds[at + x] = first + x
      to.labels[at + x] = label
      continue
    }
    to.steps[at + x] = far
    to.labels[at + x] = 0
    offer(to, at + x, above, aboveAt + x)
    if (x > 0) offer(to, at + x, to, at + x - 1)
  }
}

/**
 * Gives every pixel of value 0 the label that is nearest in steps along rows and columns, of equally near ones that of the
 * first pixel in reading order: what `carryUnder` does to a page without closed places, in rows from the top and back
 * up, so that a page of any size takes the memory of some of its rows.
 * @param paper labels > 0, else 0
 * @param names by label, what it is called in the result
 * @param blockPixels pixels that are worked on at once
 * @returns the carried labels; yields between blocks of rows
 */
export function* carriedUnder(paper: LabelPlane, names: Int32Array, blockPixels: number): Generator<void, LabelPlane, void> {
  const { width, height } = paper
  const rows = Math.max(1, Math.min(height, Math.floor(blockPixels / width)))
  const row = new Int32Array(width)
  // From the top: what each block will have above it.
  let [last, next] = [nearestOf(width), nearestOf(width)]
  const above: Nearest[] = []
  for (let y = 0; y < height; y++) {
    if (y % rows === 0) {
      above.push({ steps: last.steps.slice(), seeds: last.seeds.slice(), labels: last.labels.slice() })
      if (y + rows >= height) break
      yield
    }
    fromAbove(paper, y, row, last, 0, next, 0)
    ;[last, next] = [next, last]
  }
  const out = new LabelPlane(width, height)
  const block = nearestOf(rows * width)
  const below = nearestOf(width)
  for (let n = above.length - 1; n >= 0; n--) {
    const top = n * rows
    const count = Math.min(rows, height - top)
    for (let y = 0; y < count; y++) fromAbove(paper, top + y, row, y === 0 ? (above[n] as Nearest) : block, y === 0 ? 0 : (y - 1) * width, block, y * width)
    for (let y = count - 1; y >= 0; y--) {
      for (let x = width - 1, at = y * width + x; x >= 0; x--, at--) {
        if (block.steps[at] !== 0) {
          if (y < count - 1) offer(block, at, block, at + width)
          else offer(block, at, below, x)
          if (x < width - 1) offer(block, at, block, at + 1)
        }
        const label = block.labels[at] as number
        row[x] = label > 0 ? (names[label] as number) : 0
      }
      out.setRow(top + y, row)
    }
    below.steps.set(block.steps.subarray(0, width))
    below.seeds.set(block.seeds.subarray(0, width))
    below.labels.set(block.labels.subarray(0, width))
    yield
  }
  return out
}
