import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { z } from 'zod'
import { shotReport } from '../../contract/clips.ts'
import { stem } from '../../core/photos/naming.ts'
import { fault } from '../../core/texts/wording.ts'
import { writeAtomically } from '../pictures/atomic.ts'
import { named, writeFailure } from '../pictures/failures.ts'
import { ownerFile, takeWork } from './workLock.ts'

const span = z.object({ from: z.number().int(), to: z.number().int() })

/** What is done in which pieces; the same for every process that works on the film. */
const manifest = z.object({
  version: z.literal(1),
  /** Hash of source, settings, model and ffmpeg: chunks of another key are other work. */
  key: z.string(),
  shots: z.array(span.extend({ factor: z.number().nullable() })),
  chunks: z.array(span),
  /** Range of luma as the frames show it, where the file does not say. */
  range: z.enum(['tv', 'pc']),
})
export type Manifest = z.infer<typeof manifest>

/** A finished chunk, beside its film. Written last: where it stands, the chunk is whole. */
const chunkRecord = z.object({
  key: z.string(),
  from: z.number().int(),
  to: z.number().int(),
  bytes: z.number(),
  /** Check values of luma, frame by frame, as decoded and as encoded. */
  luma: z.array(z.string()),
  shots: z.array(shotReport),
  /** Frames that repeat the picture before them. */
  repeated: z.number().int(),
  notes: z.array(z.object({ code: z.string(), message: z.string() })),
})
export type ChunkRecord = z.infer<typeof chunkRecord>

async function read<Schema extends z.ZodType>(path: string, schema: Schema): Promise<z.output<Schema> | null> {
  try {
    return schema.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch {
    return null
  }
}

/** The folder beside a target where its finished chunks wait for the join. */
export const workFolderOf = (target: string): string => join(dirname(resolve(target)), `.${basename(target)}.hourglass-clip`)

export const keyOf = (work: unknown): string => createHash('sha256').update(JSON.stringify(work)).digest('hex')

/** Makes a folder. In places that are no disk (/proc) a recursive call never comes back where the last step is refused. */
async function makeFolder(path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await mkdir(path).catch((thrown: unknown) => {
    if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'EEXIST')) throw thrown
  })
}

export class WorkFolder {
  readonly path: string
  readonly #key: string
  /** Of the plan's chunks, what each is known by. */
  #chunks: readonly string[] = []

  /** The film that errors name. */
  readonly #target: string
  readonly #release: () => Promise<void>

  private constructor(path: string, target: string, key: string, release: () => Promise<void>) {
    this.path = path
    this.#target = target
    this.#key = key
    this.#release = release
  }

  /**
   * Opens or makes the folder.
   * @param path the folder; `workFolderOf` a target, or one of the caller's own
   * @param options.shared other processes work in it too: what it holds is never cleared
   * @param options.make false: a folder that is not there is not made
   * @param options.keep chunks of other plans stay: those that are the same in this one are taken over
   * @throws HourglassError `not-writable`; `bad-input` where shared chunks are of other settings; `locked` where another process makes this film
   */
  static async open(path: string, target: string, key: string, options: { resume: boolean; shared: boolean; keep: boolean; make: boolean }): Promise<WorkFolder> {
    try {
      const there = await read(join(path, 'manifest.json'), manifest)
      if (there && there.key !== key && options.shared) throw fault('bad-input', 'fault.clipOtherChunks', 'remedy.clipSameSettings', { file: named(target), folder: path })
      if (options.make) await makeFolder(path)
      if (options.shared) return new WorkFolder(path, target, key, () => Promise.resolve())
      const folder = new WorkFolder(path, target, key, await takeWork(path, target))
      if (!options.resume || (!options.keep && there?.key !== key)) await folder.#clear()
      return folder
    } catch (thrown) {
      throw writeFailure(target, thrown)
    }
  }

  async #clear(): Promise<void> {
    try {
      for (const name of await readdir(this.path)) if (name !== ownerFile) await rm(join(this.path, name), { recursive: true, force: true })
    } catch (thrown) {
      await this.close()
      throw thrown
    }
  }

  /** Lets others work in it; to be called when the work is over, however it ended. */
  async close(): Promise<void> {
    await this.#release()
  }

  /** The plan that stands, or null. */
  async plan(): Promise<Manifest | null> {
    const found = await this.read('manifest.json', manifest)
    return found?.key === this.#key ? found : null
  }

  async keepPlan(plan: Omit<Manifest, 'key' | 'version'>): Promise<Manifest> {
    const whole: Manifest = { version: 1, key: this.#key, ...plan }
    await this.write('manifest.json', whole)
    return whole
  }

  /** What a file of the folder says; null where there is none, or it says nothing of the kind. */
  read<Schema extends z.ZodType>(name: string, schema: Schema): Promise<z.output<Schema> | null> {
    return read(join(this.path, name), schema)
  }

  async write(name: string, data: unknown): Promise<void> {
    await writeAtomically(join(this.path, name), { overwrite: true, original: null, shown: this.#target }, (temporary) => writeFile(temporary, JSON.stringify(data)))
  }

  /** Says what the chunks of the plan are known by; their files are named by it. */
  nameChunks(keys: readonly string[]): void {
    this.#chunks = keys
  }

  #keyOf(chunk: number): string {
    return this.#chunks[chunk] ?? this.#key
  }

  #name(chunk: number): string {
    return `chunk-${this.#keyOf(chunk).slice(0, 24)}`
  }

  film(chunk: number): string {
    return join(this.path, `${this.#name(chunk)}.mov`)
  }

  #record(chunk: number): string {
    return `${this.#name(chunk)}.json`
  }

  /** What is known of a chunk that is whole; null: it has still to be made. */
  async finished(chunk: number): Promise<ChunkRecord | null> {
    const record = await this.read(this.#record(chunk), chunkRecord)
    if (record?.key !== this.#keyOf(chunk)) return null
    const film = await stat(this.film(chunk)).catch(() => null)
    return film?.size === record.bytes && record.luma.length === record.to - record.from ? record : null
  }

  /** Makes a chunk: the film is written beside its place and renamed, then told of. */
  async make(chunk: number, write: (temporary: string) => Promise<Omit<ChunkRecord, 'key' | 'bytes'>>, signal?: AbortSignal): Promise<ChunkRecord> {
    const film = this.film(chunk)
    const told = await writeAtomically(film, { overwrite: true, original: null, shown: this.#target, ...(signal && { signal }) }, write)
    const record = { key: this.#keyOf(chunk), bytes: (await stat(film)).size, ...told }
    await this.write(this.#record(chunk), record)
    return record
  }

  /** Folder in which the pictures of this very work wait until all are there. */
  get pictures(): string {
    return join(this.path, `pictures-${this.#key.slice(0, 24)}`)
  }

  /** Where luma of the film waits until its colours are made. @param key of what it is luma */
  luma(key: string): string {
    return join(this.path, `luma-${key.slice(0, 24)}.raw`)
  }

  /** Removes chunks that are none of the plan, pictures of other work, and luma. @param kept files of chunks that stay */
  async forgetOthers(kept: readonly string[]): Promise<void> {
    const own = new Set([basename(this.pictures), ...this.#chunks.map((_, chunk) => this.#name(chunk)), ...kept.map(stem)])
    for (const name of await readdir(this.path).catch(() => [])) {
      if (/^(chunk|pictures|luma)-/.test(name) && !own.has(stem(name))) await rm(join(this.path, name), { recursive: true, force: true })
    }
  }

  /** Removes the folder where no chunk of it is whole. */
  async removeUnused(): Promise<void> {
    const names = await readdir(this.path).catch((): string[] => [])
    if (!names.some((name) => /^chunk-\w+\.json$/.test(name))) await this.remove()
  }

  async remove(): Promise<void> {
    await rm(this.path, { recursive: true, force: true }).catch(() => undefined)
  }
}
