import { rmSync } from 'node:fs'
import { basename, dirname, extname, join } from 'node:path'
import { z } from 'zod'
import type { ClipResult } from '../../contract/clips.ts'
import { editPart } from '../../contract/edit.ts'
import { framesOf, lengthOf } from '../../core/film/edit.ts'
import { editResult } from '../../core/film/editResult.ts'
import { sweepLeftovers } from '../engine-client/leftovers.ts'
import { makeFolder } from '../jobs/exporting.ts'
import type { JobOutput, JobRecord } from '../jobs/store.ts'
import type { WorkContext } from '../jobs/work.ts'
import type { Session } from '../projects/session.ts'
import { chunksPlace, clipWork, colorRange, filmPlace, forgetOtherChunks, seenAnew, type FilmParts } from './exporting.ts'

/** What a job that writes a film of the edit keeps. */
export const editInput = filmPlace.extend({ parts: z.array(editPart.extend(clipWork.shape)).min(1) })
export type EditInput = z.infer<typeof editInput>

/** Share of the work that is done once all parts are coloured. */
const coloured = 0.95

/** Colours the parts of the edit one after another and joins them. What an earlier run finished is taken over. */
export async function writeEdit(session: Session, { input }: JobRecord, context: WorkContext, tools: FilmParts): Promise<JobOutput> {
  const { target, overwrite, downloadable, preset, parts } = editInput.parse(input)
  const { engine, previews, indexes } = tools
  makeFolder(dirname(target))
  const paths = parts.map(({ asset }) => previews.sourceOf(session, session.assets.require(asset)).path)
  const task = { ...context, priority: 'job', waitForEnd: true } as const
  // Films of parts, in their order, and everything that is to go when they are joined.
  const films: string[] = []
  const passing: string[] = []
  try {
    const ranges = parts.map(({ from, to, rate }, i) => ({ path: paths[i] as string, from, to, rate }))
    const { conforming, ranges: untold } = await engine.run('editPreflight', { parts: ranges, cache: indexes, target, preset }, { ...task, onProgress: () => undefined })
    const all = framesOf(parts)
    const done: ClipResult[] = []
    let before = 0
    for (const [i, part] of parts.entries()) {
      const share = (coloured * lengthOf(part)) / all
      const onProgress = (of: number): void => context.onProgress(before + share * of)
      const isOther = conforming.includes(i)
      // What is brought to another size is made without loss first.
      const wanted = isOther ? ({ preset: 'exact', ending: '.mkv' } as const) : { preset, ending: extname(target) }
      const chunks = chunksPlace(session, part.id, wanted.preset, wanted.ending)
      const film = join(dirname(chunks), `${part.id}-part${wanted.ending}`)
      makeFolder(dirname(film))
      passing.push(film)
      done.push(await colorRange(session, part.asset, part, { target: film, preset: wanted.preset, overwrite: true, work: chunks, bare: true, range: untold[i] ?? null }, { ...context, onProgress }, tools))
      forgetOtherChunks(session, part.id, chunks, film)
      if (isOther) {
        const conformed = join(dirname(chunks), `${part.id}-conformed${extname(target)}`)
        passing.push(conformed)
        films.push(conformed)
        await engine.run('conformFilm', { path: film, like: paths[0] as string, range: untold[0] ?? null, rate: parts[0]?.rate ?? null, target: conformed, preset, cache: indexes }, { ...task, onProgress: () => undefined })
        rmSync(film, { force: true })
      } else films.push(film)
      before += share
    }
    const joining = parts.map(({ asset, from, to, rate }, i) => ({ film: films[i] as string, source: paths[i] as string, from, to, rate, title: session.assets.require(asset).name }))
    const joined = await engine.run('joinFilms', { parts: joining, target, preset, overwrite, cache: indexes }, { ...task, onProgress: (of) => context.onProgress(coloured + (1 - coloured) * of) })
    const versions = parts.flatMap((part) => part.versions)
    session.films.insert({ asset: null, path: target, name: basename(target), preset, pictures: null, from: 0, to: joined.frames, shots: versions, parts: parts.map(({ asset, from, to }) => ({ asset, from, to })), result: editResult(parts, done, joined, conforming.length), downloadable })
    for (const part of parts) seenAnew(session, part.asset, part.versions)
    return { name: basename(target), path: target, downloadable }
  } catch (error) {
    sweepLeftovers(dirname(target))
    throw error
  } finally {
    for (const film of passing) rmSync(film, { force: true })
  }
}
