/** Adobe's palette files are sequences of big-endian numbers and UTF-16 names; these read and write them. */

/** Told by a reader whose file ends early; the caller says which file. */
export class EndOfData extends Error {}

export class BigEndianReader {
  readonly #view: DataView
  at = 0

  constructor(bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  get left(): number {
    return this.#view.byteLength - this.at
  }

  #take(bytes: number): number {
    if (bytes > this.left) throw new EndOfData()
    const from = this.at
    this.at += bytes
    return from
  }

  u16(): number {
    return this.#view.getUint16(this.#take(2))
  }

  i16(): number {
    return this.#view.getInt16(this.#take(2))
  }

  u32(): number {
    return this.#view.getUint32(this.#take(4))
  }

  f32(): number {
    return this.#view.getFloat32(this.#take(4))
  }

  latin(length: number): string {
    const from = this.#take(length)
    return Array.from({ length }, (_, n) => String.fromCharCode(this.#view.getUint8(from + n))).join('')
  }

  /** `units` UTF-16 code units, the closing null among them. */
  utf16(units: number): string {
    const from = this.#take(2 * units)
    let text = ''
    for (let n = 0; n < units; n++) text += String.fromCharCode(this.#view.getUint16(from + 2 * n))
    return text.replace(/\0+$/, '')
  }

  skip(bytes: number): void {
    this.#take(bytes)
  }
}

export class BigEndianWriter {
  readonly #bytes: number[] = []

  get length(): number {
    return this.#bytes.length
  }

  u16(value: number): void {
    this.#bytes.push((value >> 8) & 255, value & 255)
  }

  u32(value: number): void {
    this.u16(value >>> 16)
    this.u16(value & 0xffff)
  }

  f32(value: number): void {
    const view = new DataView(new ArrayBuffer(4))
    view.setFloat32(0, value)
    this.u32(view.getUint32(0))
  }

  latin(text: string): void {
    for (let n = 0; n < text.length; n++) this.#bytes.push(text.charCodeAt(n) & 255)
  }

  /** The text and a closing null. */
  utf16(text: string): void {
    for (let n = 0; n < text.length; n++) this.u16(text.charCodeAt(n))
    this.u16(0)
  }

  append(other: BigEndianWriter): void {
    for (const byte of other.#bytes) this.#bytes.push(byte)
  }

  toBytes(): Uint8Array {
    return Uint8Array.from(this.#bytes)
  }
}
