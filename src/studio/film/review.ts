import { rmSync } from 'node:fs'
import type { AssetId, PictureKey } from '../../contract/ids.ts'
import type { Size } from '../../contract/pictures.ts'
import { compared, histogram, type Compared, type Comparison, type Scopes } from '../../contract/review.ts'
import { fault } from '../../core/texts/wording.ts'
import type { EngineClient } from '../engine-client/client.ts'
import { keyOf, type PictureCache } from '../previews/cache.ts'
import { hashOf } from '../previews/keys.ts'
import type { Film } from './film.ts'

export interface ReviewOptions {
  readonly film: Film
  readonly engine: EngineClient
  readonly cache: PictureCache
  /** Where indexes of clips are kept. */
  readonly indexes: string
}

interface CompareRequest {
  readonly asset: AssetId
  readonly other: AssetId
  readonly frame: number
  readonly mode: Comparison
  readonly gain: number
  readonly box: Size
}

/** Raised when the same question is drawn otherwise than before. */
const drawing = 1
const luma = compared.shape.luma

/** Looking at films closely: two against each other, and the instruments. */
export class Review {
  readonly #options: ReviewOptions

  constructor(options: ReviewOptions) {
    this.#options = options
  }

  /** Draws pictures into the cache under these keys; what was half drawn goes, however the work ends. */
  async #drawn<Facts>(keys: readonly PictureKey[], work: (places: readonly string[]) => Promise<Facts>): Promise<Facts> {
    const { cache } = this.#options
    const places = keys.map(() => cache.temporary('png'))
    try {
      const facts = await work(places)
      for (const [i, key] of keys.entries()) cache.keep(key, places[i] as string, facts)
      return facts
    } finally {
      for (const place of places) rmSync(place, { force: true })
    }
  }

  /** @throws HourglassError `bad-input` where the two have not the same number of frames, or other sizes */
  async compare({ asset, other, frame, mode, gain, box }: CompareRequest, signal?: AbortSignal): Promise<Compared> {
    const { film, cache, engine, indexes } = this.#options
    const [one, two] = [film.clip(asset), film.clip(other)]
    if (one.info.pages !== two.info.pages) {
      throw fault('bad-input', 'fault.compareFrames', 'remedy.compareFrames', { file: one.name, frames: one.info.pages, other: two.name, otherFrames: two.info.pages })
    }
    const key = keyOf(hashOf({ drawing, compare: [one.sha256, two.sha256], frame, mode, gain, box }), 'png')
    const known = luma.safeParse(cache.lookUp(key))
    if (known.success) return { key, frame, luma: known.data }
    const figures = await this.#drawn([key], async ([out = '']) => {
      const input = { path: film.pathOf(one), other: film.pathOf(two), cache: indexes, frame, mode, gain, box, out }
      return (await engine.run('compareClips', input, { priority: 'interactive', signal, resend: true })).luma
    })
    return { key, frame, luma: figures }
  }

  async scopes(asset: AssetId, frame: number, signal?: AbortSignal): Promise<Scopes> {
    const { film, cache, engine, indexes } = this.#options
    const clip = film.clip(asset)
    const [waveform, vectorscope] = (['waveform', 'vectorscope'] as const).map((name) => keyOf(hashOf({ drawing, [name]: clip.sha256, frame }), 'png')) as [PictureKey, PictureKey]
    const known = histogram.safeParse(cache.lookUp(waveform))
    if (known.success && cache.lookUp(vectorscope) !== null) return { frame, histogram: known.data, waveform, vectorscope }
    const counts = await this.#drawn([waveform, vectorscope], async ([first = '', second = '']) => {
      const input = { path: film.pathOf(clip), cache: indexes, frame, waveform: first, vectorscope: second }
      return (await engine.run('clipScopes', input, { priority: 'interactive', signal, resend: true })).histogram
    })
    return { frame, histogram: counts, waveform, vectorscope }
  }
}
