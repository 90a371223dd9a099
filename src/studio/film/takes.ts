import { statSync } from 'node:fs'
import { extname, join } from 'node:path'
import type { Still } from '../../contract/clipFrames.ts'
import type { AssetId, PictureKey, TakeId } from '../../contract/ids.ts'
import type { Size } from '../../contract/pictures.ts'
import { compared, type Compared, type Comparison } from '../../contract/review.ts'
import type { ClipShots } from '../../contract/shots.ts'
import { noTakes, takesFile, takesName, type ClipPart, type KeptTake, type Take, type TakesFile } from '../../contract/takes.ts'
import { changeLook, shotAt, withVersions } from '../../core/film/shotList.ts'
import { lookAgain } from '../../core/film/takes.ts'
import { fault } from '../../core/texts/wording.ts'
import type { EngineClient } from '../engine-client/client.ts'
import type { Log } from '../log.ts'
import { keyOf, type PictureCache } from '../previews/cache.ts'
import { hashOf } from '../previews/keys.ts'
import type { Projects } from '../projects/projects.ts'
import { readJson } from '../storage/json-file.ts'
import { chunksPlace } from './exporting.ts'
import type { Film } from './film.ts'
import type { Shots } from './shots.ts'

interface TakesOptions {
  readonly projects: Projects
  readonly film: Pick<Film, 'clip' | 'pathOf'>
  readonly shots: Pick<Shots, 'get' | 'change'>
  readonly engine: EngineClient
  readonly cache: PictureCache
  /** Where indexes of clips are kept. */
  readonly indexes: string
  readonly log: Log
}

interface CompareRequest {
  readonly asset: AssetId
  readonly one: TakeId | null
  readonly other: TakeId
  readonly frame: number
  readonly mode: Comparison
  readonly gain: number
  readonly box: Size
}

const bytesOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? -1

/** Earlier colours of shots, beside those that the newest film of their clip has. */
export class Takes {
  readonly #options: TakesOptions

  constructor(options: TakesOptions) {
    this.#options = options
  }

  /** Where the newest film of a clip keeps its chunks; null: none was written. */
  #folder(asset: AssetId): string | null {
    const session = this.#options.projects.require()
    const [film] = session.films.listOf(this.#options.film.clip(asset).id)
    return film ? chunksPlace(session, asset, film.preset, film.pictures === null ? extname(film.path) : '') : null
  }

  /** Takes whose files are all there. A record that cannot be read counts as none. */
  #read(asset: AssetId): { readonly folder: string; readonly takes: TakesFile } {
    const folder = this.#folder(asset) ?? ''
    const { log } = this.#options
    const stored = folder === '' ? undefined : readJson(join(folder, takesName), (why) => log('film', why))
    const parsed = stored === undefined ? null : takesFile.safeParse(stored)
    if (parsed?.success === false) log('film', `${join(folder, takesName)} is no record of takes`)
    const isThere = ({ chunks }: KeptTake): boolean => chunks.every(({ file, bytes }) => bytesOf(join(folder, file)) === bytes)
    const { current, earlier } = parsed?.success ? parsed.data : noTakes
    return { folder, takes: { version: 1, current: current.filter(isThere), earlier: earlier.filter(isThere) } }
  }

  /** Those of the film first. */
  list(asset: AssetId): Take[] {
    const { current, earlier } = this.#read(asset).takes
    const told = (isCurrent: boolean) => ({ id, number, from, to, at, chunks }: KeptTake): Take => ({ id, number, from, to, at, isCurrent, bytes: chunks.reduce((sum, { bytes }) => sum + bytes, 0) })
    return [...current.map(told(true)), ...earlier.map(told(false))]
  }

  #require(asset: AssetId, id: TakeId): { readonly folder: string; readonly take: KeptTake } {
    const { folder, takes } = this.#read(asset)
    const take = [...takes.current, ...takes.earlier].find((each) => each.id === id)
    if (!take) throw fault('bad-input', 'fault.takeGone', 'remedy.reload')
    return { folder, take }
  }

  /** The file of a take that has a frame. @throws HourglassError `bad-input` where none has */
  #part(asset: AssetId, id: TakeId, frame: number): ClipPart {
    const { folder, take } = this.#require(asset, id)
    const chunk = take.chunks.find(({ from, to }) => from <= frame && frame < to)
    if (!chunk) throw fault('bad-input', 'fault.takeFrame', 'remedy.takeFrame', { take: take.number, frame, from: take.from, last: take.to - 1 })
    return { path: join(folder, chunk.file), from: chunk.from, to: chunk.to }
  }

  /** Exactly this frame of a take. @throws HourglassError `bad-input` where the take has it not, or is gone */
  async still({ asset, take, frame, box }: { readonly asset: AssetId; readonly take: TakeId; readonly frame: number; readonly box: Size }, signal?: AbortSignal): Promise<Still> {
    const { cache, engine, film, indexes } = this.#options
    const clip = film.clip(asset)
    const part = this.#part(asset, take, frame)
    const key = keyOf(hashOf({ take: [clip.sha256, take], frame, box }), 'jpg')
    if (cache.lookUp(key) === null) {
      await cache.drawn([key], ([out = '']) => engine.run('takeStill', { clip: film.pathOf(clip), part, cache: indexes, frame, box, out }, { priority: 'interactive', signal, resend: true }))
    }
    return { key, frame }
  }

  /** The same frame of two takes, or of the clip itself and a take. @throws HourglassError as `still` */
  async compare({ asset, one, other, frame, mode, gain, box }: CompareRequest, signal?: AbortSignal): Promise<Compared> {
    const { cache, engine, film, indexes } = this.#options
    const clip = film.clip(asset)
    const parts = { one: one === null ? null : this.#part(asset, one, frame), other: this.#part(asset, other, frame) }
    const key: PictureKey = keyOf(hashOf({ compareTakes: [clip.sha256, one, other], frame, mode, gain, box }), 'png')
    const known = compared.shape.luma.safeParse(cache.lookUp(key))
    if (known.success) return { key, frame, luma: known.data }
    const luma = await cache.drawn([key], async ([out = '']) => (await engine.run('compareTakes', { clip: film.pathOf(clip), ...parts, cache: indexes, frame, mode, gain, box, out }, { priority: 'interactive', signal, resend: true })).luma)
    return { key, frame, luma }
  }

  /** Gives the shot that holds a frame the look of a take again, as one gesture; none where it has it already. @throws HourglassError `bad-input` where the take is gone */
  use(asset: AssetId, id: TakeId, frame: number): ClipShots {
    const { shots } = this.#options
    const { take } = this.#require(asset, id)
    const before = shots.get(asset)
    const at = shotAt(before, frame)
    const edit = changeLook(before, [at], (shot) => lookAgain(take, shot), { key: 'history.shots.take', values: { take: take.number } })
    const isChanged = withVersions(before, edit.shots).shots[at]?.version !== before.shots[at]?.version
    return isChanged ? shots.change(asset, edit.patches, edit.label) : before
  }
}
