import type { Sharp } from 'sharp'
import type { Pixels } from './decode.ts'
import type { Samples } from './samples.ts'
import { sharp } from './vips.ts'

/** A decoded picture whose rows can be looked at, wherever it lies: in memory, or on the disk. */
export interface RowSource {
  readonly width: number
  readonly height: number
  readonly channels: 1 | 3 | 4
  readonly depth: 8 | 16
  /** One row from the top, channels interleaved; good until the next is asked for. */
  row(y: number): Samples
  /** The whole picture for the picture library. */
  chain(): Sharp
}

/** Colours of a picture in memory; alpha is left out. */
export function rowsOf({ data, width, height, channels, depth }: Pixels): RowSource {
  return {
    width,
    height,
    channels,
    depth,
    row: (y) => data.subarray(y * width * channels, (y + 1) * width * channels),
    // Raw pixels may lie on shared memory, which the types of sharp do not foresee; it reads them all the same.
    chain: () => sharp(data as Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer>, { raw: { width, height, channels }, limitInputPixels: false }),
  }
}
