import { basename, dirname } from 'node:path'
import { z } from 'zod'
import { clipPreset, clipShot } from '../../contract/clips.ts'
import { recipe } from '../../contract/recipe.ts'
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
  from: z.number().int(),
  to: z.number().int(),
  recipe,
  shots: z.array(clipShot),
  /** Of the same shots, what they were known by. */
  versions: z.array(z.object({ id: z.string(), version: z.number().int() })),
})
export type FilmInput = z.infer<typeof filmInput>

export interface FilmParts {
  readonly engine: EngineClient
  readonly models: Pick<Models, 'forRecipe'>
  readonly previews: Pick<Previews, 'sourceOf'>
  /** Where indexes of clips are kept. */
  readonly indexes: string
}

/** Colours a range of a clip into a file, and writes down what it kept. What an earlier run finished is taken over. */
export async function filmWorkDone(session: Session, job: JobRecord, context: WorkContext, { engine, models, previews, indexes }: FilmParts): Promise<JobOutput> {
  const { target, overwrite, downloadable, preset, from, to, recipe: whole, shots, versions } = filmInput.parse(job.input)
  if (!job.asset) throw fault('internal', 'fault.exportWithoutVersion', 'remedy.exportAgain')
  const asset = session.assets.require(job.asset)
  makeFolder(dirname(target))
  const { path } = previews.sourceOf(session, asset)
  const model = modelForFilm(whole, (each) => models.forRecipe(each))
  try {
    const result = await engine.run(
      'colorClip',
      { path, target, preset, from, to, recipe: whole, model: model?.folder ?? '', shots, overwrite, cache: indexes },
      { ...context, priority: 'job', waitForEnd: true },
    )
    session.films.insert({ asset: asset.id, path: target, name: basename(target), preset, from, to, shots: versions, result, downloadable })
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
