/** Lookup tables of the kernels, as f32, made once a thread. */
import { labCurve } from '../../core/color/lab.ts'
import { linearTable } from '../../core/color/transfer.ts'
import type { Depth } from '../../core/color/transfer.ts'

const made = new Map<string, Float32Array>()

function once(key: string, make: () => Float32Array): Float32Array {
  const known = made.get(key)
  if (known) return known
  const table = make()
  made.set(key, table)
  return table
}

/** Linear light (0…1) of every sample of a depth. */
export function linearFloats(depth: Depth): Float32Array {
  return once(`linear${depth}`, () => Float32Array.from(linearTable(depth)))
}

/** f(Y) of the Lab curve for every grey sample of a depth; L* = 116·f − 16. */
export function greyToneFloats(depth: Depth): Float32Array {
  return once(`grey${depth}`, () => Float32Array.from(linearTable(depth), labCurve))
}
