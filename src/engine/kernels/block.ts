/** A kernel instance with its parameter block: the part that every user of the kernels shares. */
import type { SourceFormat } from '../../core/color/composing.ts'
import type { ToneWeights } from '../../core/color/tones.ts'
import type { Depth } from '../../core/color/transfer.ts'
import { Arena } from './arena.ts'
import * as at from './assembly/color/layout.ts'
import { instantiateColorKernels } from './colorModule.ts'
import type { ColorKernels } from './colorModule.ts'
import { greyToneFloats, linearFloats } from './tables.ts'

export type Samples = Uint8Array | Uint16Array

/** Blocks of this thread that are free. A new one is a memory that only the garbage collector gives back, late. */
const free: KernelBlock[] = []
const mostFree = 3
/** A larger one is left to the collector. */
const largestFree = 32 * 2 ** 20

export class KernelBlock {
  readonly kernels: ColorKernels
  readonly arena: Arena

  /** @throws HourglassError `missing-component` where the kernels were not built */
  constructor() {
    this.kernels = instantiateColorKernels()
    this.arena = new Arena(this.kernels.memory, at.blockEnd)
  }

  /** One that is free, else a new one. @throws HourglassError `missing-component` where the kernels were not built */
  static borrow(): KernelBlock {
    return free.pop() ?? new KernelBlock()
  }

  /** Its user is done with it and with every view on its memory. */
  giveBack(): void {
    if (free.length >= mostFree || this.kernels.memory.buffer.byteLength > largestFree) return
    this.arena.reset()
    new Uint8Array(this.kernels.memory.buffer, 0, at.parametersEnd).fill(0)
    free.push(this)
  }

  /** Sets whole numbers and addresses. */
  setWhole(...entries: readonly (readonly [address: number, value: number])[]): void {
    const block = new Int32Array(this.kernels.memory.buffer, 0, at.blockEnd / 4)
    for (const [address, value] of entries) block[address / 4] = value
  }

  /** Sets f32 numbers. */
  setReal(...entries: readonly (readonly [address: number, value: number])[]): void {
    const block = new Float32Array(this.kernels.memory.buffer, 0, at.blockEnd / 4)
    for (const [address, value] of entries) block[address / 4] = value
  }

  setTones([red, green, blue]: ToneWeights): void {
    this.setReal([at.toneRedAt, red], [at.toneGreenAt, green], [at.toneBlueAt, blue])
  }

  whole(address: number): number {
    return new Int32Array(this.kernels.memory.buffer, address, 1)[0] ?? 0
  }

  /** One of the figures that the kernels add up. */
  figure(address: number): number {
    return new Float64Array(this.kernels.memory.buffer, address, 1)[0] ?? 0
  }

  /** Address of the table that turns a format's samples into f(Y) (grey) or linear light (RGB). */
  placeToneTable(format: SourceFormat): number {
    return this.arena.place(format.channels === 1 ? greyToneFloats(format.depth) : linearFloats(format.depth))
  }

  /** Address of the table of f(Y) of a format's neutral pixels; 0 for grey, which has it anyway, and for 16 bit, whose table is too large to pay. */
  placeNeutralTable({ channels, depth }: SourceFormat): number {
    return channels === 3 && depth === 8 ? this.arena.place(greyToneFloats(depth)) : 0
  }

  samples(depth: Depth, address: number, length: number): Samples {
    const { buffer } = this.kernels.memory
    return depth === 8 ? new Uint8Array(buffer, address, length) : new Uint16Array(buffer, address, length)
  }
}

/** Bytes of one pixel. */
export function pixelBytes(format: SourceFormat): number {
  return format.channels * (format.depth / 8)
}
