import { existsSync, readdirSync, rmSync } from 'node:fs'
import { basename, dirname, extname, join } from 'node:path'
import { z } from 'zod'
import { clipPreset, clipShot, type ClipPreset, type ClipReference } from '../../contract/clips.ts'
import type { AssetId } from '../../contract/ids.ts'
import { givenRate } from '../../contract/rational.ts'
import { recipe, type Recipe } from '../../contract/recipe.ts'
import { recipeAt } from '../../core/film/filmWork.ts'
import { usualPictureName } from '../../core/film/pictureNames.ts'
import { judge } from '../../core/film/shotList.ts'
import { fault } from '../../core/texts/wording.ts'
import type { EngineClient } from '../engine-client/client.ts'
import { sweepLeftovers } from '../engine-client/leftovers.ts'
import { makeFolder } from '../jobs/exporting.ts'
import type { JobOutput, JobRecord } from '../jobs/store.ts'
import type { WorkContext } from '../jobs/work.ts'
import type { Models } from '../models/models.ts'
import { modelForFilm } from '../models/film.ts'
import type { Previews } from '../previews/previews.ts'
import type { Session } from '../projects/session.ts'

/** What a job that colours a film keeps: all of it, so that it goes on after any end as it began. */
export const filmInput = z.object({
  target: z.string(),
  overwrite: z.boolean(),
  downloadable: z.boolean(),
  preset: clipPreset,
  /** Ending of numbered pictures, whose folder, or ZIP for a download, the target is; null: it is a film. */
  pictures: z.string().nullable().default(null),
  from: z.number().int(),
  to: z.number().int(),
  rate: givenRate,
  recipe,
  shots: z.array(clipShot),
  /** Frames whose colours, as a still has them, are carried through their shots. */
  right: z.array(z.number().int()),
  /** Of the same shots, what they were known by. */
  versions: z.array(z.object({ id: z.string(), version: z.number().int() })),
})
export type FilmInput = z.infer<typeof filmInput>

export interface FilmParts {
  readonly engine: EngineClient
  readonly models: Pick<Models, 'forRecipe'>
  /** Where a frame in colour lies as a picture. */
  readonly stillFile: (asset: AssetId, frame: number, recipe: Recipe, signal: AbortSignal) => Promise<string>
  readonly previews: Pick<Previews, 'sourceOf'>
  /** Where indexes of clips are kept. */
  readonly indexes: string
}

/** Where the project keeps the chunks of its films. */
const chunksFolder = (session: Session): string => join(session.project.folder, 'film')

/** The folder of a clip's chunks in one encoding: those that did not change are used again for the next film of it. */
const chunksPlace = (session: Session, asset: AssetId, target: string, preset: ClipPreset): string => join(chunksFolder(session), `${asset}-${preset}${preset === 'sequence' ? '' : extname(target)}`)

/** A clip's chunks are kept in the encoding it was written in last. */
function forgetOtherChunks(session: Session, asset: AssetId, kept: string): void {
  const folder = chunksFolder(session)
  for (const name of existsSync(folder) ? readdirSync(folder) : []) if (name.startsWith(asset) && join(folder, name) !== kept) rmSync(join(folder, name), { recursive: true, force: true })
}

/** Chunks of clips that are not in the project any more are of no use. */
export function sweepChunks(session: Session): void {
  const folder = chunksFolder(session)
  const clips = new Set<string>(session.assets.list().map(({ id }) => id))
  for (const name of existsSync(folder) ? readdirSync(folder) : []) if (!clips.has(name.slice(0, 36))) rmSync(join(folder, name), { recursive: true, force: true })
}

/** Packs the pictures of a folder, which then goes: a browser takes one file. */
async function pack(engine: EngineClient, folder: string, target: string, signal: AbortSignal): Promise<void> {
  const pages = readdirSync(folder).sort().map((name) => ({ name: `${basename(folder)}/${name}`, path: join(folder, name) }))
  await engine.run('writeArchive', { pages, target, overwrite: true, original: null, comicInfo: null }, { signal, priority: 'job', waitForEnd: true })
  rmSync(folder, { recursive: true, force: true })
}

/** Colours a range of a clip into a file, or numbered pictures, and writes down what it kept. What an earlier run finished is taken over. */
export async function colorFilm(session: Session, job: JobRecord, context: WorkContext, { engine, models, previews, indexes, stillFile }: FilmParts): Promise<JobOutput> {
  const { target, overwrite, downloadable, preset, pictures, from, to, rate, recipe: whole, shots, right, versions } = filmInput.parse(job.input)
  if (!job.asset) throw fault('internal', 'fault.exportWithoutVersion', 'remedy.exportAgain')
  const asset = session.assets.require(job.asset)
  makeFolder(dirname(target))
  const { path } = previews.sourceOf(session, asset)
  const model = modelForFilm(whole, (each) => models.forRecipe(each))
  const stillOf = async (frame: number): Promise<ClipReference[]> => {
    const shot = shots.find((each) => each.from <= frame && frame < each.to)
    return shot ? [{ frame, path: await stillFile(asset.id, frame, recipeAt(shot, frame), context.signal) }] : []
  }
  const folder = downloadable ? target.replace(/\.zip$/, '') : target
  const place = pictures === null ? { target, overwrite } : { target: join(folder, `${usualPictureName}.${pictures}`), overwrite: overwrite || downloadable }
  try {
    const references = (await Promise.all(right.map(stillOf))).flat()
    const result = await engine.run(
      'colorClip',
      { path, ...place, preset, from, to, rate, recipe: whole, model: model?.folder ?? '', shots, references, work: chunksPlace(session, asset.id, target, preset), keep: true, cache: indexes },
      { ...context, priority: 'job', waitForEnd: true },
    )
    if (pictures !== null && downloadable) await pack(engine, folder, target, context.signal)
    forgetOtherChunks(session, asset.id, chunksPlace(session, asset.id, target, preset))
    session.films.insert({ asset: asset.id, path: target, name: basename(target), preset, pictures, from, to, shots: versions, result, downloadable })
    seenAnew(session, job.asset, versions)
    return { name: basename(target), path: target, downloadable }
  } catch (error) {
    sweepLeftovers(dirname(target))
    throw error
  }
}

/** Shots that were to be redone, and now are, have to be seen. */
function seenAnew(session: Session, asset: NonNullable<JobRecord['asset']>, versions: FilmInput['versions']): void {
  const shots = session.shots.find(asset)
  const redone = shots?.shots.flatMap(({ id, version, verdict }, at) => (verdict === 'redo' && versions.some((each) => each.id === id && each.version === version) ? [at] : [])) ?? []
  if (!shots || redone.length === 0) return
  session.edit((touched) => {
    session.shots.put(asset, judge(shots, redone, 'unseen').shots)
    touched.clips.add(asset)
  })
}
