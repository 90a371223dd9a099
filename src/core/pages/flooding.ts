import type { Relief } from './relief.ts'

/** Labels of a padded plane: 0 not reached yet, −1 never entered, else whose water it is. */
export type Labels = Int32Array

/** One first-in first-out list for each level, linked through one plane: no objects, no growth. */
interface Lists {
  readonly head: Int32Array
  readonly tail: Int32Array
  readonly next: Int32Array
}

/** Memory for the lists of the flood, so that several floods of one page share it. */
export function roomForFlood(pixels: number): Int32Array {
  return new Int32Array(pixels)
}

function append({ head, tail, next }: Lists, level: number, p: number): void {
  next[p] = -1
  if ((head[level] as number) < 0) head[level] = p
  else next[tail[level] as number] = p
  tail[level] = p
}

/**
 * Floods from the labelled pixels downwards: always the highest water first, on one level in the order in which it
 * was reached, four neighbours in a fixed order. The result depends on the labels alone, not on who set them when.
 * @param labels markers (> 0) on a plane of 0 and −1; filled in place
 * @param next scratch of as many elements
 */
export function flood({ stride, heights }: Pick<Relief, 'stride' | 'heights'>, labels: Labels, next: Int32Array): void {
  const head = new Int32Array(256).fill(-1)
  const tail = new Int32Array(256).fill(-1)
  const lists: Lists = { head, tail, next }
  const end = labels.length - stride
  for (let p = stride; p < end; p++) {
    if ((labels[p] as number) <= 0) continue
    // A marker with nowhere to flow need not wait in a list.
    if (labels[p - 1] === 0 || labels[p + 1] === 0 || labels[p - stride] === 0 || labels[p + stride] === 0) append(lists, heights[p] as number, p)
  }
  for (let level = 255; level > 0; level--) {
    let p = head[level] as number
    while (p >= 0) {
      const label = labels[p] as number
      for (let side = 0; side < 4; side++) {
        const q = side === 0 ? p - stride : side === 1 ? p - 1 : side === 2 ? p + 1 : p + stride
        if (labels[q] !== 0) continue
        labels[q] = label
        const height = heights[q] as number
        const at = height < level ? height : level
        next[q] = -1
        if ((head[at] as number) < 0) head[at] = q
        else next[tail[at] as number] = q
        tail[at] = q
      }
      p = next[p] as number
    }
  }
}

/**
 * Gives pixels of value 0 the label that is nearest in steps: colour runs on under the lines.
 * @param labels labelled paper (> 0), 0 on ink, −1 where nothing goes (the padding)
 */
export function carryUnder(labels: Labels, stride: number, queue: Int32Array): void {
  let [first, last] = [0, 0]
  const end = labels.length - stride
  for (let p = stride; p < end; p++) {
    if ((labels[p] as number) > 0 && (labels[p - 1] === 0 || labels[p + 1] === 0 || labels[p - stride] === 0 || labels[p + stride] === 0)) queue[last++] = p
  }
  while (first < last) {
    const p = queue[first++] as number
    const label = labels[p] as number
    for (let side = 0; side < 4; side++) {
      const q = side === 0 ? p - stride : side === 1 ? p - 1 : side === 2 ? p + 1 : p + stride
      if (labels[q] !== 0) continue
      labels[q] = label
      // Each pixel is queued once, so that the queue never outgrows the plane.
      queue[last++] = q
    }
  }
}
