import { availableParallelism } from 'node:os'
import type { InferenceSession, Tensor } from 'onnxruntime-node'
import type { ProviderName } from '../../contract/settings.ts'
import type { Said } from '../../contract/texts.ts'
import { fault, phrase } from '../../core/texts/wording.ts'
import type { Model } from './cards.ts'
import { loadOnnx, type Onnx } from './onnx.ts'
import { providerOf, sessionOptions, titleOf } from './providers.ts'

export interface SessionConfig {
  /** null: not chosen yet, which means the processor. */
  readonly provider: ProviderName | null
  /** 0: as many as the machine has cores. */
  readonly threads: number
  /** Sessions together may keep a half of it. */
  readonly memoryMb: number
}

/** One tensor as the session, not the card, says it is. */
export interface TensorShape {
  readonly name: string
  readonly type: string
  /** A number is fixed, null is free. */
  readonly dims: readonly (number | null)[]
}

/** A loaded network. */
export interface Session {
  readonly model: Model
  readonly onnx: Onnx
  readonly provider: ProviderName
  /** Why it runs on the processor though another provider was asked for. */
  readonly note: Said | null
  readonly inputs: readonly TensorShape[]
  readonly outputs: readonly TensorShape[]
  run(feeds: Record<string, Tensor>): Promise<Record<string, Tensor>>
}

interface Entry {
  readonly session: Session
  readonly native: InferenceSession
  readonly baseMb: number
  /** Growth of the process since before this session was made, greatest seen. */
  mb: number
  lastUse: number
  running: number
}

const rssMb = (): number => process.memoryUsage.rss() / 2 ** 20
/** A session unused for so long gives its memory back. */
const idleMs = 5 * 60_000

function shapesOf(metadata: readonly InferenceSession.ValueMetadata[]): TensorShape[] {
  return metadata.map((value) => ({
    name: value.name,
    type: value.isTensor ? value.type : 'unknown',
    dims: value.isTensor ? value.shape.map((side) => (typeof side === 'number' && side > 0 ? side : null)) : [],
  }))
}

/**
 * The loaded networks: made once, kept while their measured memory fits, least recently used go first. Creating and
 * running block the calling thread; they belong into a worker.
 */
export class Sessions {
  readonly #entries = new Map<string, Promise<Entry>>()
  readonly #fallbacks = new Map<string, Said>()
  #config: SessionConfig
  #sweep: NodeJS.Timeout | undefined

  constructor(config: SessionConfig) {
    this.#config = config
  }

  get count(): number {
    return this.#entries.size
  }

  /** New settings; sessions made for other ones are released. */
  async configure(config: SessionConfig): Promise<void> {
    const same = config.provider === this.#config.provider && config.threads === this.#config.threads
    this.#config = config
    if (same) return
    this.#fallbacks.clear()
    await this.releaseAll()
  }

  /**
   * The session of a model, on the configured provider or, where that fails or the card denies it, on the processor.
   * @param shape the picture size it will run at; providers that need fixed shapes get a session a size
   * @param leaveCore on the processor, one core stays free for other work, unless the number of threads is set: so
   *   that photos of an album, one in the network and one decoded or composed, do not get in each other's way
   * @throws HourglassError `bad-model` when the weights are not a network this runtime can load
   */
  async get(model: Model, shape?: { width: number; height: number }, leaveCore = false): Promise<Session> {
    const wanted = this.#config.provider ?? 'cpu'
    const denied = model.card.providers.deny.includes(wanted)
    const broken = this.#fallbacks.get(`${wanted}\0${model.file}`)
    if (wanted === 'cpu') return this.#open(model, 'cpu', null, undefined, leaveCore)
    const title = titleOf(providerOf(wanted))
    if (denied) return this.#open(model, 'cpu', model.card.providers.note ? phrase('check.deniedByCardFor', { provider: title, reason: model.card.providers.note }) : phrase('check.deniedByCard', { provider: title }))
    if (broken !== undefined) return this.#open(model, 'cpu', broken)
    try {
      return await this.#open(model, wanted, null, shape)
    } catch (thrown) {
      return this.#open(model, 'cpu', this.failOver(model, thrown))
    }
  }

  /** Remembers that a model fails on the configured provider; answers the sentence that says so. */
  failOver(model: Model, cause: unknown): Said {
    const wanted = this.#config.provider ?? 'cpu'
    const text = cause instanceof Error ? cause.message.split('\n')[0] : String(cause)
    const note = phrase('check.failedOver', { provider: titleOf(providerOf(wanted)), reason: text?.slice(0, 200) ?? '' })
    this.#fallbacks.set(`${wanted}\0${model.file}`, note)
    return note
  }

  async #open(model: Model, provider: ProviderName, note: Said | null, shape?: { width: number; height: number }, leaveCore = false): Promise<Session> {
    const threads = this.#config.threads || Math.max(1, availableParallelism() - Number(leaveCore))
    const sized = shape && providerOf(provider).fixedShapes && model.card.size.mode !== 'fixed' ? `${shape.width}x${shape.height}` : ''
    const key = [model.file, model.card.sha256, provider, sized, threads].join('\0')
    let opening = this.#entries.get(key)
    if (!opening) {
      opening = this.#create(model, provider, note, threads, sized ? shape : undefined)
      this.#entries.set(key, opening)
      opening.catch(() => this.#entries.delete(key))
    }
    const entry = await opening
    entry.lastUse = Date.now()
    // Map order is the order of use: the first is the one to go.
    this.#entries.delete(key)
    this.#entries.set(key, opening)
    // The same weights may be known by more than one card.
    return entry.session.model === model ? entry.session : { ...entry.session, model, note }
  }

  async #create(model: Model, provider: ProviderName, note: Said | null, threads: number, shape?: { width: number; height: number }): Promise<Entry> {
    const onnx = await loadOnnx()
    const baseMb = rssMb()
    const options = sessionOptions(provider, threads)
    if (shape) options.freeDimensionOverrides = { ...options.freeDimensionOverrides, h: shape.height, w: shape.width, height: shape.height, width: shape.width }
    const native = await onnx.InferenceSession.create(model.file, options).catch((cause: unknown) => {
      throw fault('bad-model', 'fault.weightsNotLoaded', 'remedy.installAgainInModels', { model: model.card.title, reason: cause instanceof Error ? cause.message : String(cause) }, { cause })
    })
    const session: Session = {
      model,
      onnx,
      provider,
      note,
      inputs: shapesOf(native.inputMetadata),
      outputs: shapesOf(native.outputMetadata),
      run: async (feeds) => {
        entry.running++
        try {
          return (await native.run(feeds)) as Record<string, Tensor>
        } finally {
          entry.running--
          entry.lastUse = Date.now()
          entry.mb = Math.max(entry.mb, rssMb() - entry.baseMb)
          await this.#trim(entry)
        }
      },
    }
    const entry: Entry = { session, native, baseMb, mb: rssMb() - baseMb, lastUse: Date.now(), running: 0 }
    this.#watch()
    return entry
  }

  /** Releases the least recently used sessions while all together keep more than half of the memory setting. */
  async #trim(keep: Entry): Promise<void> {
    const entries = await this.#settled()
    let sum = entries.reduce((total, [, entry]) => total + entry.mb, 0)
    for (const [key, entry] of entries) {
      if (sum <= this.#config.memoryMb / 2) return
      if (entry === keep || entry.running > 0) continue
      sum -= entry.mb
      this.#entries.delete(key)
      await entry.native.release()
    }
  }

  async #settled(): Promise<[string, Entry][]> {
    const all = await Promise.all([...this.#entries].map(async ([key, opening]) => [key, await opening.catch(() => null)] as const))
    return all.filter((pair): pair is [string, Entry] => pair[1] !== null)
  }

  #watch(): void {
    this.#sweep ??= setInterval(() => void this.releaseIdle(idleMs), 60_000).unref()
  }

  /** Releases sessions that nobody used for `ms` milliseconds. */
  async releaseIdle(ms: number): Promise<void> {
    for (const [key, entry] of await this.#settled()) {
      if (entry.running > 0 || Date.now() - entry.lastUse < ms) continue
      this.#entries.delete(key)
      await entry.native.release()
    }
  }

  async releaseAll(): Promise<void> {
    await this.releaseIdle(Number.NEGATIVE_INFINITY)
    if (this.#entries.size === 0) {
      clearInterval(this.#sweep)
      this.#sweep = undefined
    }
  }
}
