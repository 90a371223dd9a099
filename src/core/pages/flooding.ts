import type { Relief } from './relief.ts'

/** Labels of a padded plane: 0 not reached yet, −1 never entered, else whose water it is. */
export type Labels = Int32Array | Int16Array

const chunkSize = 1 << 12

/** One first-in first-out list for each level, in pieces that are used again: it takes what waits, not what there is. */
class Waiting {
  readonly #spare: Int32Array[] = []
  readonly chunks: readonly Int32Array[][] = Array.from({ length: 256 }, () => [])
  /** By level, places taken in its last piece. */
  readonly used = new Int32Array(256).fill(chunkSize)

  push(level: number, p: number): void {
    let used = this.used[level] as number
    const chunks = this.chunks[level] as Int32Array[]
    if (used === chunkSize) {
      chunks.push(this.#spare.pop() ?? new Int32Array(chunkSize))
      used = 0
    }
    ;(chunks[chunks.length - 1] as Int32Array)[used] = p
    this.used[level] = used + 1
  }

  free(chunk: Int32Array): void {
    this.#spare.push(chunk)
  }
}

export interface FloodHooks {
  /** The label that is the first to go on among those of one level. */
  readonly outside?: number
  /** Called now and then; may throw to give up. */
  readonly check?: (() => void) | undefined
}

/** True where a place that is not reached yet lies beside. */
const isShore = (labels: Labels, p: number, stride: number): boolean => labels[p - 1] === 0 || labels[p + 1] === 0 || labels[p - stride] === 0 || labels[p + stride] === 0

/** Visits the pixels of one label that lie beside open ones. */
function eachOf(label: number | undefined, labels: Labels, stride: number, visit: (p: number) => void): void {
  if (label === undefined) return
  const end = labels.length - stride
  for (let p = labels.indexOf(label, stride); p >= 0 && p < end; p = labels.indexOf(label, p + 1)) if (isShore(labels, p, stride)) visit(p)
}

/**
 * Floods from the labelled pixels downwards: always the highest water first, on one level in the order in which it
 * was reached, four neighbours in a fixed order. The result depends on the labels alone, not on who set them when.
 * @param labels markers (> 0) on a plane of 0 and −1; its first and last row are never entered; filled in place
 */
export function flood({ stride, heights }: Pick<Relief, 'stride' | 'heights'>, labels: Labels, { outside, check }: FloodHooks = {}): void {
  const waiting = new Waiting()
  const end = labels.length - stride
  eachOf(outside, labels, stride, (p) => waiting.push(heights[p] as number, p))
  for (let p = stride; p < end; p++) {
    // A marker with nowhere to flow need not wait in a list.
    if ((labels[p] as number) > 0 && labels[p] !== outside && isShore(labels, p, stride)) waiting.push(heights[p] as number, p)
  }
  for (let level = 255; level > 0; level--) {
    const chunks = waiting.chunks[level] as Int32Array[]
    // What is reached on this level joins the list that is being read.
    for (let n = 0; n < chunks.length; n++) {
      const chunk = chunks[n] as Int32Array
      if ((n & 63) === 0) check?.()
      for (let k = 0; k < (n < chunks.length - 1 ? chunkSize : (waiting.used[level] as number)); k++) {
        const p = chunk[k] as number
        const label = labels[p] as number
        for (let side = 0; side < 4; side++) {
          const q = side === 0 ? p - stride : side === 1 ? p - 1 : side === 2 ? p + 1 : p + stride
          if (labels[q] !== 0) continue
          labels[q] = label
          const height = heights[q] as number
          waiting.push(height < level ? height : level, q)
        }
      }
      if (n < chunks.length - 1) waiting.free(chunk)
    }
    chunks.length = 0
  }
}

/**
 * Gives pixels of value 0 the label that is nearest in steps: colour runs on under the lines.
 * @param labels labelled paper (> 0), 0 on ink, −1 where nothing goes (the padding)
 * @param outside a label that is the first to go on
 */
export function carryUnder(labels: Labels, stride: number, outside?: number): void {
  const end = labels.length - stride
  let open = 0
  for (let p = stride; p < end; p++) if (labels[p] === 0) open++
  // Each pixel is queued once: those that are open, and at most four beside each.
  const queue = new Int32Array(Math.min(labels.length, 5 * open))
  let [first, last] = [0, 0]
  eachOf(outside, labels, stride, (p) => void (queue[last++] = p))
  for (let p = stride; p < end; p++) if ((labels[p] as number) > 0 && labels[p] !== outside && isShore(labels, p, stride)) queue[last++] = p
  while (first < last) {
    const p = queue[first++] as number
    const label = labels[p] as number
    for (let side = 0; side < 4; side++) {
      const q = side === 0 ? p - stride : side === 1 ? p - 1 : side === 2 ? p + 1 : p + stride
      if (labels[q] !== 0) continue
      labels[q] = label
      queue[last++] = q
    }
  }
}
