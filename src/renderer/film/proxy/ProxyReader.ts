import type { Proxy } from '../../../contract/review.ts'

/** Frames that are fetched at once: a round trip for each would cost more than the pictures. */
const blockFrames = 24
/** Blocks kept: some ten seconds of film. */
const keptBlocks = 12
/** Addresses of pictures that stay valid: those on the screen, and those on their way to it. */
const keptAddresses = 48

/** Pictures of a proxy by the numbers of their frames. */
export class ProxyReader {
  readonly #url: string
  readonly #offsets: readonly number[]
  readonly #blocks = new Map<number, Promise<Blob>>()
  readonly #addresses = new Map<number, string>()

  /** @param url of the proxy's file */
  constructor(url: string, { offsets }: Pick<Proxy, 'offsets'>) {
    this.#url = url
    this.#offsets = offsets
  }

  get frames(): number {
    return this.#offsets.length - 1
  }

  #at(frame: number): number {
    return this.#offsets[Math.min(frame, this.frames)] as number
  }

  async #fetch(block: number): Promise<Blob> {
    const [from, to] = [this.#at(block * blockFrames), this.#at((block + 1) * blockFrames)]
    const answer = await fetch(this.#url, { headers: { Range: `bytes=${from}-${to - 1}` } })
    if (answer.status !== 206) throw new Error(`The proxy could not be read (${answer.status}).`)
    return answer.blob()
  }

  #block(block: number): Promise<Blob> {
    const known = this.#blocks.get(block)
    const fetched = known ?? this.#fetch(block)
    this.#blocks.delete(block)
    this.#blocks.set(block, fetched)
    // What could not be fetched is not remembered: the next question tries again.
    if (!known) fetched.catch(() => this.#blocks.get(block) === fetched && this.#blocks.delete(block))
    for (const oldest of this.#blocks.keys()) {
      if (this.#blocks.size <= keptBlocks) break
      this.#blocks.delete(oldest)
    }
    return fetched
  }

  /**
   * Address of the picture of a frame, and its neighbours fetched ahead in the direction of the playhead.
   * @throws Error where the proxy is not there any more
   */
  async address(frame: number, direction: 1 | -1): Promise<string> {
    const block = Math.floor(frame / blockFrames)
    const ahead = block + direction
    const here = this.#block(block)
    if (ahead >= 0 && ahead * blockFrames < this.frames) this.#block(ahead).catch(() => undefined)
    const known = this.#addresses.get(frame)
    if (known !== undefined) return known
    const start = this.#at(block * blockFrames)
    const picture = (await here).slice(this.#at(frame) - start, this.#at(frame + 1) - start, 'image/jpeg')
    const address = URL.createObjectURL(picture)
    this.#addresses.set(frame, address)
    for (const [oldest, gone] of this.#addresses) {
      if (this.#addresses.size <= keptAddresses) break
      this.#addresses.delete(oldest)
      URL.revokeObjectURL(gone)
    }
    return address
  }

  close(): void {
    for (const address of this.#addresses.values()) URL.revokeObjectURL(address)
    this.#addresses.clear()
    this.#blocks.clear()
  }
}
