/** The compiled colour kernels: found, compiled once a thread, instantiated once a composer. */
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { fault } from '../../core/texts/wording.ts'

/** Memory of an instance; growing it replaces the buffer. */
export interface KernelMemory {
  readonly buffer: ArrayBuffer
  grow(pages: number): number
}

// Node's types leave WebAssembly to the browser's library, which this room does not have.
const { WebAssembly } = globalThis as unknown as {
  WebAssembly: { Module: new (bytes: Uint8Array) => object; Instance: new (module: object, imports: object) => { readonly exports: object } }
}

/** What out/kernels/color.wasm exports. */
export interface ColorKernels {
  readonly memory: KernelMemory
  /** Composes rows that stand at `sourceAt`; assembly/color/layout.ts describes the parameter block. */
  compose(firstRow: number, rows: number): void
  /** Repairs a network's planes and fits their slopes. */
  prepare(width: number, height: number, edgeRepair: number): void
  /** Writes L* of `count` pixels as f32 to `outputAt`. */
  lightness(count: number): void
  /** Adds the L* differences of `count` pixels of two pictures to the figures. */
  measure(count: number): void
  /** Adds rows to the reduced plane. */
  reduce(firstRow: number, rows: number): void
}

let compiled: object | undefined

/**
 * A fresh instance with memory of its own.
 * @throws HourglassError `missing-component` where the kernels were not built
 */
export function instantiateColorKernels(): ColorKernels {
  compiled ??= new WebAssembly.Module(readKernel('color.wasm'))
  return new WebAssembly.Instance(compiled, {}).exports as ColorKernels
}

/** Folders in which the kernels may stand: the one named by HOURGLASS_KERNELS, else out/kernels seen from src/ and from a bundle in out/. */
function* kernelFolders(): Generator<string> {
  const named = process.env['HOURGLASS_KERNELS']
  if (named) yield named
  let folder = dirname(fileURLToPath(import.meta.url))
  for (let up = dirname(folder); up !== folder; folder = up, up = dirname(folder)) {
    yield join(folder, 'out', 'kernels')
    yield join(folder, 'kernels')
  }
}

function readKernel(name: string): Uint8Array {
  for (const folder of kernelFolders()) {
    try {
      return readFileSync(join(folder, name))
    } catch {
      // Not here: the next place may have it.
    }
  }
  throw fault('missing-component', 'fault.kernelsNotFound', 'remedy.buildKernels', { name })
}
