import type { ClipResult, ShotReport } from '../../contract/clips.ts'
import { CancelledError } from '../../contract/errors.ts'
import type { ClipIndex } from '../../contract/film.ts'
import { fieldsOf } from '../../core/film/indexing.ts'
import { plus } from '../../core/film/rational.ts'
import type { Span } from '../../core/film/chunks.ts'
import { pictureNames, placeOf, type PictureNames } from '../../core/film/pictureNames.ts'
import { looksOf, shotsWithin, type Look, type LookOf } from '../../core/film/looks.ts'
import { pixelKind } from '../../core/film/pixels.ts'
import { squareSize } from '../../core/film/shape.ts'
import { fault, noted, onceEach } from '../../core/texts/wording.ts'
import { checkWeights, loadModel, type Model } from '../models/cards.ts'
import { temporaryBeside, writeAtomically } from '../pictures/atomic.ts'
import { named } from '../pictures/failures.ts'
import type { TaskInput } from '../tasks/task.ts'
import { referenceMark } from '../steps/reference.ts'
import type { TaskContext } from '../workers/context.ts'
import { chunkKeys } from './chunkKeys.ts'
import { colorTags, writeChunk, type Writing } from './chunkWriter.ts'
import { Colorist } from './colorist.ts'
import { filmTools } from './ffmpeg.ts'
import { FilmColors, type ColorsOfChunk } from './filmColors.ts'
import { identify, identifySequence, sameIdentity } from './identity.ts'
import { clockRuns, joinChunks, leadOf, startOf } from './joining.ts'
import { besides, describe, firstFields, firstFrames, keptTable, lumaOf, withFields, type Side } from './kept.ts'
import type { Footage } from './luma.ts'
import { openClip } from './openClip.ts'
import { lookOnce, planOf, withFactors } from './planning.ts'
import { checkListed } from './ranges.ts'
import { pictureOf, sequenceOf, type SequenceSource } from './sequence.ts'
import { checkSpace, checkTarget, settle, taggedRange, type Settled } from './settling.ts'
import { checkPictures, writePictures } from './writePictures.ts'
import { lumaStore, type LumaStore } from './storedLuma.ts'
import { settleChunks } from './takes.ts'
import { keyOf, WorkFolder, workFolderOf, type ChunkRecord, type Manifest } from './workFolder.ts'

type Job = TaskInput<'colorClip'>

/** Chunks made by another version of this number are other work. */
const method = 4

/** What parts of the work count of its progress. */
const shares = { plan: 0.06, chunks: 0.88 } as const

interface Work {
  readonly job: Job
  readonly task: TaskContext
  readonly signal: AbortSignal
  readonly footage: Footage
  /** Numbered pictures; null: one file. */
  readonly source: SequenceSource | null
  readonly before: Side
  readonly settled: Settled
  readonly colorist: (plan: Pick<Manifest, 'range'>) => Colorist
  readonly writing: (plan: Pick<Manifest, 'range'>) => Writing
  readonly folder: WorkFolder
  /** Of what and by what all chunks are made. */
  readonly made: unknown
  readonly model: Model
  readonly key: string
  /** Where numbered pictures go; null: one file is written. */
  readonly names: PictureNames | null
  readonly lookOf: LookOf
  /** Shots that were settled by hand; null: they have to be found. */
  readonly shots: readonly Span[] | null
}

/** Refuses hints that name no frame, and frames that the film does not have. */
function checkFrames({ path, references }: Job, looks: readonly Look[], index: ClipIndex): void {
  const hints = looks.flatMap(({ params }) => params.hints)
  const [file, last] = [named(path), index.pts.length - 1]
  if (hints.some(({ frame }) => frame === undefined)) throw fault('bad-input', 'fault.clipHintFrame', 'remedy.clipHintFrame', { file })
  const beyond = [...hints, ...references].find(({ frame }) => (frame ?? 0) > last)
  if (beyond) throw fault('bad-input', 'fault.noSuchFrame', 'remedy.frameFromTo', { file, frame: beyond.frame ?? 0, last })
}

async function prepared(job: Job, task: TaskContext, signal: AbortSignal): Promise<Work> {
  const lookOf = looksOf(job.recipe, job.steady, job.shots ?? [])
  if (!lookOf) throw fault('bad-input', 'fault.clipNoColor', 'remedy.clipRecipe')
  const { config } = task.studio
  const tools = await filmTools(config)
  // Of numbered pictures only a decode tells which are damaged, or of another size.
  const source = await sequenceOf(job.path)
  const thoroughness = source ? 'verify' : 'when-doubtful'
  const index = await openClip(job.path, { tools, cache: job.cache, thoroughness, threads: config.threads, signal, rate: job.rate, onProgress: () => undefined })
  const names = job.preset === 'sequence' ? pictureNames(job.target) : null
  if (names) checkPictures(names, job.overwrite, index.sequence)
  else if (job.preset === 'sequence') throw fault('bad-input', 'fault.clipPictureName', 'remedy.clipPictureName', { file: named(job.target) })
  else checkTarget(job.target, job.path, job.overwrite)
  const target = placeOf(job.target, job.preset)
  for (const path of [job.work ?? target, ...(index.sequence ? [job.path] : [])]) checkListed(path)
  const known = await withFields(tools, job.path, index, signal)
  const settled = settle(job.path, job.target, known, job.preset, job)
  if (!job.join) await checkSpace(target, job.preset, known, settled.span)
  const model = await loadModel(job.model)
  await checkWeights(model)
  const { encoding, passage, matrix, span } = settled
  const shots = job.shots && shotsWithin(job.shots, span)
  if (typeof shots === 'number') throw fault('bad-input', 'fault.clipShots', 'remedy.clipShots', { file: named(job.path), frame: shots })
  const looks = (shots ?? [span]).map((shot) => ({ ...(shots && shot), ...lookOf(shot.from) }))
  checkFrames(job, looks, index)
  const pictures = [...job.references.map(({ frame, path }) => [frame, referenceMark(path)]), ...looks.map(({ params }) => referenceMark(params.reference))]
  const memory = looks.some(({ params }) => params.renderFactor === 'auto') ? config.memoryMb : null
  const made = { method, identity: index.identity, ffmpeg: tools.version, encoding, format: passage.format, model: model.card.sha256, ...(index.sequence && { rate: index.info.rate }) }
  const key = keyOf({ made, span, looks, pictures, memory })
  const footage: Footage = { tools, path: job.path, index: known, threads: config.threads, toPlanar: passage.toPlanar }
  const colorist = (plan: Pick<Manifest, 'range'>): Colorist => new Colorist({ task, model, kind: { matrix, range: taggedRange(known, plan) ?? 'tv' }, shown: squareSize(known.info), stored: known.info, rotation: known.info.rotation })
  for (const { path } of job.references) await colorist({ range: 'tv' }).referenceOf(path)
  return {
    job,
    task,
    signal,
    footage,
    source,
    before: { path: job.path, index: known, described: await describe(tools, index.sequence ? pictureOf(index.sequence, index.sequence.first) : job.path, signal), fields: known.info.fieldOrder },
    settled,
    colorist,
    writing: (plan) => ({ encoding, passage, range: taggedRange(known, plan), threads: config.threads }),
    folder: await WorkFolder.open(job.work ?? workFolderOf(target), target, key, { resume: job.resume, shared: job.chunk !== null || job.join, keep: job.keep, make: !job.join }),
    made,
    model,
    key,
    names,
    lookOf,
    shots,
  }
}

/** Where small luma waits between looking through a film and colouring it. */
function storeOf({ folder, settled, made, colorist }: Work): LumaStore {
  const { size } = colorist({ range: 'tv' })
  return lumaStore(folder.luma(keyOf({ made, span: settled.span })), size, settled.span)
}

async function planned(work: Work): Promise<Manifest> {
  const { folder, footage, settled, task, signal, lookOf } = work
  const there = await folder.plan()
  if (there) return there
  if (work.job.join) throw fault('bad-input', 'fault.clipChunksMissing', 'remedy.clipMakeChunks', { count: 1, list: 0 })
  const { span } = settled
  const found = await lookOnce(folder, work.made, storeOf(work), footage, settled.matrix, span, (done) => task.progress((shares.plan * done) / (span.to - span.from)), signal)
  const range = work.job.range ?? found.range
  if (found.inColor && !lookOf(span.from).params.forceColor) throw fault('bad-input', 'fault.clipInColor', 'remedy.clipForceColor', { file: named(footage.path) })
  return folder.keepPlan(planOf(await withFactors(work.shots ?? found.shots, lookOf, work.colorist({ range }), footage, signal), range, work.job.keep))
}

/** Those of some chunks that are whole. */
async function finishedChunks({ folder }: Work, numbers: readonly number[]): Promise<Map<number, ChunkRecord>> {
  const found = await Promise.all(numbers.map(async (number) => [number, await folder.finished(number)] as const))
  return new Map(found.flatMap(([number, record]) => (record ? [[number, record]] : [])))
}

/** Makes the chunks that are not among the finished ones, the colours of the next one while one is encoded. */
async function makeChunks(work: Work, plan: Manifest, numbers: readonly number[], finished: ReadonlyMap<number, ChunkRecord>): Promise<Map<number, ChunkRecord>> {
  const { footage, task, signal } = work
  const records = new Map(finished)
  const open = numbers.filter((number) => !records.has(number))
  const framesOf = (list: readonly number[]): number => list.reduce((sum, number) => sum + (plan.chunks[number] as Span).to - (plan.chunks[number] as Span).from, 0)
  const all = Math.max(1, framesOf(numbers))
  let done = framesOf(numbers) - framesOf(open)
  const tell = (frames: number): void => task.progress(shares.plan + (shares.chunks * frames) / all)
  tell(done)
  const colorist = work.colorist(plan)
  const filmColors = new FilmColors({ task, footage, store: storeOf(work), colorist, plan, lookOf: work.lookOf, references: work.job.references }, signal)
  let writing: Promise<unknown> = Promise.resolve()
  let failed: { error: unknown } | null = null
  try {
    for (const number of open) {
      const span = plan.chunks[number] as Span
      const colors = await filmColors.of(span)
      await writing
      if (failed) break
      writing = encode(work, plan, number, span, colors, colorist.notes, (frames) => tell(done + frames)).then(
        (record) => {
          records.set(number, record)
          done += span.to - span.from
        },
        (error: unknown) => (failed = { error }),
      )
    }
  } finally {
    await filmColors.close()
    await writing
  }
  if (failed) throw (failed as { error: unknown }).error
  return records
}

/** @throws HourglassError `bad-input` where the source is another file than the one that was indexed, or gone */
async function checkSource({ footage, source }: Work): Promise<void> {
  const identity = source ? await identifySequence(source) : await identify(footage.path)
  if (!sameIdentity(identity, footage.index.identity)) throw fault('bad-input', 'fault.clipSourceChanged', 'remedy.clipSourceChanged', { file: named(footage.path) })
}

function encode(work: Work, plan: Manifest, number: number, span: Span, colors: ColorsOfChunk, notes: readonly { code: string; message: string }[], onFrame: (frames: number) => void): Promise<ChunkRecord> {
  const { job, folder, footage, signal, writing } = work
  return folder.make(number, async (temporary) => {
    const { luma, complaint } = await writeChunk(footage, span, colors, writing(plan), temporary, { shown: placeOf(job.target, job.preset), signal, onFrame })
    await checkSource(work)
    return { ...span, luma: [...luma], shots: [...colors.shots], repeated: colors.repeated, notes: [...notes, ...(complaint === null ? [] : [noted('read-errors', 'note.clip.damaged', { first: complaint })])] }
  }, signal)
}

/** Shots of all chunks, parts of one shot put together: the flicker of the worst part. */
function shotsOf(plan: Manifest, records: readonly ChunkRecord[]): ShotReport[] {
  const parts = records.flatMap(({ shots }) => shots)
  return plan.shots.map(({ from, to }) => {
    const found = parts.filter((part) => part.from >= from && part.to <= to).flatMap(({ flicker }) => flicker ?? [])
    return { from, to, flicker: found.length > 0 ? Math.max(...found) : null }
  })
}

type Joined = Pick<ClipResult, 'kept' | 'lumaIdentical' | 'lumaOff' | 'bytes'>

async function pictured(work: Work, names: PictureNames, plan: Manifest): Promise<Joined> {
  const { job, footage, folder, settled, before, signal, task, model, key } = work
  const { tools, index } = footage
  const { config } = task.studio
  const { span, passage, matrix } = settled
  let done = 0
  const { rows, lumaOff, bytes } = await writePictures({
    tools,
    index,
    names,
    chunks: plan.chunks,
    film: (chunk) => folder.film(chunk),
    workplace: folder.pictures,
    kind: { matrix, range: taggedRange(before.index, plan) ?? 'tv' },
    format: passage.format,
    label: (frame) => ({ creatorTool: `Hourglass Studio ${config.version}`, trained: true, recipe: job.recipe, models: [{ id: model.card.id, sha256: model.card.sha256 }], source: null, work: `${key} ${frame}` }),
    onFrame: () => task.progress(shares.plan + shares.chunks + ((1 - shares.plan - shares.chunks) * ++done) / (span.to - span.from)),
    signal,
  })
  const off = lumaOff.toFixed(4)
  return { kept: rows, lumaIdentical: noted('pictures', 'note.clip.pictures', { matrix, off }).message, lumaOff, bytes }
}

async function joined(work: Work, plan: Manifest, records: readonly ChunkRecord[]): Promise<Joined> {
  const { job, footage, folder, settled, before, signal, task } = work
  const { span, encoding } = settled
  const { tools } = footage
  return writeAtomically(job.target, { overwrite: job.overwrite, original: job.path, signal }, async (temporary) => {
    const format = before.described.format.format_name
    await joinChunks({ footage, span, chunks: plan.chunks, film: (chunk) => folder.film(chunk), target: job.target, format, bare: job.bare, tags: colorTags(footage, taggedRange(before.index, plan)), covers: besides(before.described).covers, track: before.described.streams.find(({ index }) => index === before.index.stream)?.tags ?? {} }, temporary, temporaryBeside(job.target), signal)
    await checkSource(work)
    const index = await openClip(temporary, { tools, cache: null, thoroughness: 'packets', threads: footage.threads, signal })
    const first = await firstFields(tools, temporary, index.stream, signal)
    if (first.length < Math.min(firstFrames, span.to - span.from)) throw fault('internal', 'fault.clipWrong', 'remedy.tryThenReport', { what: `${index.info.codec} ${index.info.pixelFormat}` })
    const after: Side = { path: temporary, index, described: await describe(tools, temporary, signal), fields: fieldsOf(first) }
    const lead = await leadOf(footage, span, { target: job.target, format, bare: job.bare }, signal)
    const start = plus(startOf(before.index, span, clockRuns(format), job.bare).video, lead)
    const { rows, framesSame, timesSame } = await keptTable(tools, before, after, span, { start, bare: job.bare }, signal)
    if (!framesSame) throw fault('internal', 'fault.clipWrong', 'remedy.tryThenReport', { what: `${index.pts.length} ≠ ${span.to - span.from}` })
    if (!timesSame) throw fault('internal', 'fault.clipWrong', 'remedy.tryThenReport', { what: rows.find(({ name }) => name === 'timestamps')?.after ?? '' })
    let lumaIdentical: Joined['lumaIdentical'] = noted('lossy', 'note.clip.lossy', { encoding: encoding.title }).message
    if (encoding.lossless) {
      const luma = records.flatMap((record) => record.luma)
      const written = await lumaOf(tools, temporary, index.stream, '', { signal, threads: footage.threads, onFrame: (done) => task.progress(shares.plan + shares.chunks + ((1 - shares.plan - shares.chunks) * done) / luma.length) })
      lumaIdentical = written.length === luma.length && written.every((sum, n) => sum === luma[n])
      if (!lumaIdentical) throw fault('internal', 'fault.clipLumaChanged', 'remedy.tryThenReport', { frame: span.from + Math.max(0, written.findIndex((sum, n) => sum !== luma[n])) })
      if (pixelKind(before.index.info.pixelFormat).luma === 'rgb') lumaIdentical = noted('rgb-source', 'note.clip.rgb').message
    }
    return { kept: rows, lumaIdentical, bytes: index.identity.bytes }
  })
}

/** All that there is to do, or the one chunk that was asked for. */
async function colored(work: Work): Promise<ClipResult> {
  const { job, task } = work
  const plan = await planned(work)
  work.folder.nameChunks(chunkKeys(plan, work.made, work.lookOf, job.references))
  const { encoding, notes, span } = work.settled
  const { card } = work.model
  const numbers = plan.chunks.map((_, number) => number)
  const base = { chunks: plan.chunks.length, model: { id: card.id, sha256: card.sha256 }, encoding: encoding.title }
  if (job.chunk !== null) {
    const chunk = plan.chunks[job.chunk]
    const wanted = chunk ? [job.chunk] : []
    const there = await finishedChunks(work, wanted)
    const record = (await makeChunks(work, plan, wanted, there)).get(job.chunk)
    return { ...base, frames: chunk ? chunk.to - chunk.from : 0, reused: there.size, chunk: job.chunk, shots: record?.shots ?? [], kept: [], lumaIdentical: record !== undefined, notes: [...notes], bytes: record?.bytes ?? 0 }
  }
  const there = await finishedChunks(work, numbers)
  const missing = numbers.filter((number) => !there.has(number))
  if (job.join && missing.length > 0) throw fault('bad-input', 'fault.clipChunksMissing', 'remedy.clipMakeChunks', { count: missing.length, list: missing.slice(0, 20).join(', ') })
  const made = await makeChunks(work, plan, numbers, there)
  const records = numbers.map((number) => made.get(number) as ChunkRecord)
  const repeated = records.reduce((sum, record) => sum + record.repeated, 0)
  const told = [...notes, ...(repeated > 0 ? [noted('repeated-frames', 'note.clip.repeated', { count: repeated, frames: span.to - span.from })] : []), ...onceEach(records.flatMap((record) => record.notes))]
  const written = await (work.names ? pictured(work, work.names, plan) : joined(work, plan, records))
  await (job.keep ? settleChunks(work.folder, plan, records, job, base.model, job.takes) : work.folder.remove())
  task.progress(1)
  return { ...base, frames: span.to - span.from, reused: there.size, chunk: null, shots: shotsOf(plan, records), ...written, notes: told }
}

/**
 * Colours a film from file to file: shots, colours chunk by chunk, encoding with the source's own luma, the join, and
 * the comparison of what was written with its source. What an earlier run finished is taken over.
 * @throws HourglassError
 */
export function colorClip(job: Job, task: TaskContext): Promise<ClipResult> {
  return task.abortable(async (signal) => {
    const work = await prepared(job, task, signal)
    try {
      return await colored(work)
    } catch (thrown) {
      // Where nothing is finished, there is nothing to go on with.
      if (job.chunk === null && !job.join && !job.keep) await work.folder.removeUnused()
      // A source that was changed or moved may fail in any way.
      if (!(thrown instanceof CancelledError)) await checkSource(work)
      throw thrown
    } finally {
      await work.folder.close()
    }
  })
}
