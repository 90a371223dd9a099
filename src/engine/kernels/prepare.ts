import { bounded } from '../../core/color/lifting.ts'
import type { ChromaPlanes, LiftingOptions, NetworkChroma } from '../../core/color/lifting.ts'
import * as at from './assembly/color/layout.ts'
import { KernelBlock } from './block.ts'

/**
 * Planes at network size, ready for any number of composers, also on other threads (plain typed arrays): edges
 * repaired, slopes fitted, as src/core/color/lifting.ts describes.
 *
 * @param network a and b in Lab units, L* 0…100 of the same pixels; left as they are
 * @throws HourglassError `missing-component` where the kernels were not built
 */
export function prepareChroma(network: NetworkChroma, options: LiftingOptions): ChromaPlanes {
  const { width, height } = network
  const count = width * height
  const block = KernelBlock.borrow()
  const planesAt = block.arena.reserve(5 * count * 4)
  block.setWhole([at.planesAt, planesAt], [at.scratchAt, block.arena.reserve(6 * count * 4)])
  const planes = new Float32Array(block.kernels.memory.buffer, planesAt, 5 * count)
  planes.set(bounded(network.a), 0)
  planes.set(bounded(network.b), count)
  planes.set(network.lightness, 2 * count)
  block.kernels.prepare(width, height, options.edgeRepair)
  // On shared memory, so that composers on other threads get them without a copy.
  const plane = (n: number): Float32Array => {
    const shared = new Float32Array(new SharedArrayBuffer(4 * count))
    shared.set(planes.subarray(n * count, (n + 1) * count))
    return shared
  }
  const ready = { width, height, a: plane(0), b: plane(1), lightness: plane(2), slopeA: plane(3), slopeB: plane(4) }
  block.giveBack()
  return ready
}
