import { randomUUID } from 'node:crypto'
import { basename, join } from 'node:path'
import type { AssetId, GrantId, PictureKey } from '../../contract/ids.ts'
import type { Size } from '../../contract/pictures.ts'
import type { RecipePatch } from '../../contract/recipe.ts'
import { compared, histogram, type ClipReview, type Compared, type Comparison, type CsvContent, type Scopes } from '../../contract/review.ts'
import type { Wording } from '../../contract/texts.ts'
import { notesCsv, shotsCsv } from '../../core/film/csv.ts'
import { stem } from '../../core/photos/naming.ts'
import { fault } from '../../core/texts/wording.ts'
import type { EngineClient } from '../engine-client/client.ts'
import type { Grant, Grants } from '../grants/grants.ts'
import { makeFolder, type TargetNames } from '../jobs/exporting.ts'
import { keyOf, type PictureCache } from '../previews/cache.ts'
import { hashOf } from '../previews/keys.ts'
import type { Projects } from '../projects/projects.ts'
import { writeFailure } from '../storage/failures.ts'
import { writeWhole } from '../storage/write-whole.ts'
import { reviewDocument } from '../versions/documents.ts'
import type { Film } from './film.ts'
import type { Shots } from './shots.ts'

export interface ReviewOptions {
  readonly projects: Projects
  readonly grants: Grants
  readonly film: Film
  readonly shots: Pick<Shots, 'get'>
  readonly engine: EngineClient
  readonly cache: PictureCache
  /** Where indexes of clips are kept. */
  readonly indexes: string
  /** Where files wait to be downloaded. */
  readonly exportsFolder: string
  readonly names: TargetNames
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
    const figures = await cache.drawn([key], async ([out = '']) => {
      const input = { path: film.pathOf(one), other: film.pathOf(two), cache: indexes, frame, mode, gain, box, out }
      return (await engine.run('compareClips', input, { priority: 'interactive', signal, resend: true })).luma
    })
    return { key, frame, luma: figures }
  }

  /** Flicker of every frame of a film that has the frames of `shotsOf`, and so its shots. */
  async flicker(id: AssetId, shotsOf: AssetId, signal?: AbortSignal): Promise<{ percent: number[] }> {
    const { film, shots, engine, indexes } = this.#options
    const starts = shots.get(shotsOf).shots.map(({ from }) => from)
    return engine.run('clipFlicker', { path: film.pathOf(film.clip(id)), cache: indexes, starts }, { priority: 'job', signal, resend: true })
  }

  async scopes(asset: AssetId, frame: number, signal?: AbortSignal): Promise<Scopes> {
    const { film, cache, engine, indexes } = this.#options
    const clip = film.clip(asset)
    const [waveform, vectorscope] = (['waveform', 'vectorscope'] as const).map((name) => keyOf(hashOf({ drawing, [name]: clip.sha256, frame }), 'png')) as [PictureKey, PictureKey]
    const known = histogram.safeParse(cache.lookUp(waveform))
    if (known.success && cache.lookUp(vectorscope) !== null) return { frame, histogram: known.data, waveform, vectorscope }
    const counts = await cache.drawn([waveform, vectorscope], async ([first = '', second = '']) => {
      const input = { path: film.pathOf(clip), cache: indexes, frame, waveform: first, vectorscope: second }
      return (await engine.run('clipScopes', input, { priority: 'interactive', signal, resend: true })).histogram
    })
    return { frame, histogram: counts, waveform, vectorscope }
  }

  get(id: AssetId): ClipReview {
    return this.#options.projects.require().reviews.get(this.#options.film.clip(id).id)
  }

  /** One gesture over what is kept of a clip. @throws HourglassError `bad-input` */
  change(id: AssetId, patches: readonly RecipePatch[], label: Wording): ClipReview {
    const clip = this.#options.film.clip(id)
    this.#options.projects.require().gesture(null, label, [{ document: reviewDocument(clip.id), patches }])
    return this.get(id)
  }

  /** Writes notes or shots as a table beside nothing of the same name. @throws HourglassError `not-writable`, `no-space` */
  async csv(id: AssetId, of: CsvContent, folder: Grant | null, signal?: AbortSignal): Promise<{ grant: GrantId; name: string }> {
    const { film, shots, grants, names, exportsFolder } = this.#options
    const clip = film.clip(id)
    const truth = await film.open(id, signal)
    const text = of === 'notes' ? notesCsv(clip.name, truth, this.get(id).notes) : shotsCsv(clip.name, truth, shots.get(id).shots)
    const target = folder?.path ?? join(exportsFolder, randomUUID())
    makeFolder(target)
    const path = names.reserve(target, `${stem(clip.name)}-${of}.csv`)
    try {
      writeWhole(path, text)
    } catch (error) {
      throw writeFailure(error, path)
    } finally {
      names.free(path)
    }
    return { grant: grants.give(path, { name: basename(path) }).grant, name: basename(path) }
  }
}
