import type { KernelMemory } from './colorModule.ts'

/** Hands out places in a kernel's memory, one after the other, growing it as needed. Given back only all at once. */
export class Arena {
  readonly memory: KernelMemory
  readonly #firstFree: number
  #next: number

  constructor(memory: KernelMemory, firstFree: number) {
    this.memory = memory
    this.#firstFree = firstFree
    this.#next = firstFree
  }

  /** Address of `bytes` fresh bytes, aligned for SIMD, with room for one vector load or store beyond the end. */
  reserve(bytes: number): number {
    const address = this.#next
    this.#next = (address + bytes + 16 + 63) & ~63
    const missing = this.#next - this.memory.buffer.byteLength
    if (missing > 0) this.memory.grow(Math.ceil(missing / 65_536))
    return address
  }

  /** Takes back all that was handed out, and clears it: what comes next finds memory as it is when fresh. */
  reset(): void {
    new Uint8Array(this.memory.buffer).fill(0, this.#firstFree, this.#next)
    this.#next = this.#firstFree
  }

  /** Address of a copy of `values`, as f32. */
  place(values: ArrayLike<number>): number {
    const address = this.reserve(values.length * 4)
    new Float32Array(this.memory.buffer, address, values.length).set(values)
    return address
  }

  /** Address of a copy of `values`, as i32. */
  placeWhole(values: Int32Array): number {
    const address = this.reserve(values.byteLength)
    new Int32Array(this.memory.buffer, address, values.length).set(values)
    return address
  }
}
