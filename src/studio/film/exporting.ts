import { existsSync, readdirSync, rmSync } from 'node:fs'
import { basename, dirname, extname, join } from 'node:path'
import { z } from 'zod'
import { clipPreset, filePreset, clipShot, type ClipPreset, type ClipReference, type ClipResult } from '../../contract/clips.ts'
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

/** How a range of a clip is coloured, written down whole: so that it goes on after any end as it began. */
export const clipWork = z.object({
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
export type ClipWork = z.infer<typeof clipWork>

/** Where a job writes a film, and how. */
export const filmPlace = z.object({ target: z.string(), overwrite: z.boolean(), downloadable: z.boolean(), preset: filePreset })

/** What a job that colours a film keeps. */
const filmInput = filmPlace.extend({
  ...clipWork.shape,
  preset: clipPreset,
  /** Ending of numbered pictures, whose folder, or ZIP for a download, the target is; null: it is a film. */
  pictures: z.string().nullable().default(null),
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

/** The folder of the chunks of a clip, or of a part of the edit, in one encoding: those that did not change are used again for the next film of it. */
export const chunksPlace = (session: Session, id: string, preset: ClipPreset, ending: string): string => join(chunksFolder(session), `${id}-${preset}${ending}`)

/** Chunks are kept in the encoding that was written last. */
export function forgetOtherChunks(session: Session, id: string, ...kept: readonly string[]): void {
  const folder = chunksFolder(session)
  for (const name of existsSync(folder) ? readdirSync(folder) : []) if (name.startsWith(id) && !kept.includes(join(folder, name))) rmSync(join(folder, name), { recursive: true, force: true })
}

/** Chunks of clips and parts that are not in the project any more are of no use. */
export function sweepChunks(session: Session): void {
  const folder = chunksFolder(session)
  const kept = new Set<string>([...session.assets.list(), ...session.editing.get().parts].map(({ id }) => id))
  for (const name of existsSync(folder) ? readdirSync(folder) : []) if (!kept.has(name.slice(0, 36))) rmSync(join(folder, name), { recursive: true, force: true })
}

/** Packs the pictures of a folder, which then goes: a browser takes one file. */
async function pack(engine: EngineClient, folder: string, target: string, signal: AbortSignal): Promise<void> {
  const pages = readdirSync(folder).sort().map((name) => ({ name: `${basename(folder)}/${name}`, path: join(folder, name) }))
  await engine.run('writeArchive', { pages, target, overwrite: true, original: null, comicInfo: null }, { signal, priority: 'job', waitForEnd: true })
  rmSync(folder, { recursive: true, force: true })
}

/** Of a shot of a film of a clip; a part of the edit keeps what it has now alone. */
const earlierTakes = 3

/** Where one file, or a sequence of pictures, is written. */
interface Place {
  readonly target: string
  readonly preset: ClipPreset
  readonly overwrite: boolean
  /** Folder of the chunks. */
  readonly work: string
  /** Pictures alone, the first at 0. */
  readonly bare: boolean
  /** Range of luma where the clip does not say it; null: what the values in the range are. */
  readonly range: 'tv' | 'pc' | null
}

/** Colours a range of a clip into a file. What an earlier run finished is taken over. */
export async function colorRange(session: Session, id: AssetId, { from, to, rate, recipe: whole, shots, right }: ClipWork, place: Place, context: WorkContext, { engine, models, previews, indexes, stillFile }: FilmParts): Promise<ClipResult> {
  const asset = session.assets.require(id)
  const { path } = previews.sourceOf(session, asset)
  const model = modelForFilm(whole, (each) => models.forRecipe(each))
  const stillOf = async (frame: number): Promise<ClipReference[]> => {
    const shot = shots.find((each) => each.from <= frame && frame < each.to)
    return shot ? [{ frame, path: await stillFile(asset.id, frame, recipeAt(shot, frame), context.signal) }] : []
  }
  const references = (await Promise.all(right.map(stillOf))).flat()
  return engine.run('colorClip', { ...place, path, from, to, rate, recipe: whole, model: model?.folder ?? '', shots, references, keep: true, takes: place.bare ? 0 : earlierTakes, cache: indexes }, { ...context, priority: 'job', waitForEnd: true })
}

/** Colours a range of a clip into a file, or numbered pictures, and writes down what it kept. */
export async function colorFilm(session: Session, { asset, input }: JobRecord, context: WorkContext, parts: FilmParts): Promise<JobOutput> {
  const { target, overwrite, downloadable, preset, pictures, ...work } = filmInput.parse(input)
  if (!asset) throw fault('internal', 'fault.exportWithoutVersion', 'remedy.exportAgain')
  makeFolder(dirname(target))
  const chunks = chunksPlace(session, asset, preset, pictures === null ? extname(target) : '')
  const folder = downloadable ? target.replace(/\.zip$/, '') : target
  const place = pictures === null ? { target, overwrite } : { target: join(folder, `${usualPictureName}.${pictures}`), overwrite: overwrite || downloadable }
  try {
    const result = await colorRange(session, asset, work, { ...place, preset, work: chunks, bare: false, range: null }, context, parts)
    if (pictures !== null && downloadable) await pack(parts.engine, folder, target, context.signal)
    forgetOtherChunks(session, asset, chunks)
    session.films.insert({ asset, path: target, name: basename(target), preset, pictures, from: work.from, to: work.to, shots: work.versions, parts: [], result, downloadable })
    seenAnew(session, asset, work.versions)
    return { name: basename(target), path: target, downloadable }
  } catch (error) {
    sweepLeftovers(dirname(target))
    throw error
  }
}

/** Shots that were to be redone, and now are, have to be seen. */
export function seenAnew(session: Session, asset: AssetId, versions: FilmInput['versions']): void {
  const shots = session.shots.find(asset)
  const redone = shots?.shots.flatMap(({ id, version, verdict }, at) => (verdict === 'redo' && versions.some((each) => each.id === id && each.version === version) ? [at] : [])) ?? []
  if (!shots || redone.length === 0) return
  session.edit((touched) => {
    session.shots.put(asset, judge(shots, redone, 'unseen').shots)
    touched.clips.add(asset)
  })
}
