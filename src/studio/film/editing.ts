import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { z } from 'zod'
import type { Preflight } from '../../contract/coloring.ts'
import type { editOptions, EditPart, EditState } from '../../contract/edit.ts'
import type { JobId } from '../../contract/ids.ts'
import type { RecipePatch } from '../../contract/recipe.ts'
import type { Wording } from '../../contract/texts.ts'
import { framesOf, partsWithin } from '../../core/film/edit.ts'
import { endingFor } from '../../core/film/presets.ts'
import { noted } from '../../core/texts/wording.ts'
import type { EngineClient } from '../engine-client/client.ts'
import type { Grant } from '../grants/grants.ts'
import type { Queueing } from '../jobs/queueing.ts'
import type { Projects } from '../projects/projects.ts'
import { editDocument } from '../versions/documents.ts'
import type { Coloring } from './coloring.ts'
import type { Film } from './film.ts'
import { chooseTarget, diskOf, filmName } from './targets.ts'

interface EditingOptions {
  readonly projects: Projects
  readonly engine: EngineClient
  readonly film: Pick<Film, 'clip' | 'pathOf'>
  readonly coloring: Pick<Coloring, 'checkModel' | 'findShots' | 'workOfParts'>
  readonly queueing: Pick<Queueing, 'edit' | 'filmTargets'>
  /** Where indexes of clips are kept. */
  readonly indexes: string
  /** Where films that are to be downloaded are written. */
  readonly exportsFolder: string
}

/** Which frames of the edit are written, and how. */
interface Wanted {
  readonly from: number
  readonly to: number | null
  readonly options: z.output<typeof editOptions>
}

/** The edit of the open project: changed, and written as one film. */
export class Editing {
  readonly #options: EditingOptions

  constructor(options: EditingOptions) {
    this.#options = options
  }

  get(): EditState {
    return this.#options.projects.require().describeEdit()
  }

  /** One gesture over the edit. @throws HourglassError `bad-input` */
  change(patches: readonly RecipePatch[], label: Wording): EditState {
    this.#options.projects.require().gesture(null, label, [{ document: editDocument, patches }])
    return this.get()
  }

  #parts({ from, to }: Wanted): EditPart[] {
    const { parts } = this.get()
    return partsWithin(parts, { from, to: to ?? framesOf(parts) })
  }

  /** The name of the film: the project's where the user gives none. */
  #nameOf({ options }: Wanted, first: string): string {
    const ending = options.ending ?? endingFor(options.preset, first, [])
    const { name } = this.#options.projects.require().project.describe()
    return `${filmName(options.naming, name)}.${ending}`
  }

  /** What a film of the edit will need and keep. @throws HourglassError as the work would */
  async preflight(wanted: Wanted, folder: Grant | null, signal?: AbortSignal): Promise<Preflight> {
    const { coloring, engine, film, indexes, exportsFolder, projects } = this.#options
    const parts = this.#parts(wanted)
    const ranges = coloring.workOfParts(parts).map(({ asset, from, to, rate }) => ({ path: film.pathOf(film.clip(asset)), from, to, rate }))
    for (const part of parts) coloring.checkModel(part.asset, part)
    const name = this.#nameOf(wanted, ranges[0]?.path ?? '')
    const target = join(diskOf(folder, exportsFolder, projects.require().project.folder), name)
    const { conforming, notes, ...told } = await engine.run('editPreflight', { parts: ranges, cache: indexes, target, preset: wanted.options.preset }, { priority: 'visible', signal, resend: true })
    return { name, ...told, notes: conforming.length > 0 ? [noted('conformed', 'note.edit.conforming', { list: conforming.map((at) => at + 1).join(', ') }), ...notes] : notes }
  }

  /** Puts the work of writing the edit into the queue, by its parts and their shots as they are now. */
  async start(wanted: Wanted, folder: Grant | null, signal?: AbortSignal): Promise<JobId[]> {
    const { coloring, exportsFolder, film, queueing } = this.#options
    const { options } = wanted
    const wantedParts = this.#parts(wanted)
    await coloring.findShots(
      wantedParts.map(({ asset }) => asset),
      signal,
    )
    const parts = coloring.workOfParts(wantedParts)
    const originals = parts.map(({ asset }) => film.pathOf(film.clip(asset)))
    const place = chooseTarget(folder?.path ?? join(exportsFolder, randomUUID()), this.#nameOf(wanted, originals[0] ?? ''), { overwrite: options.onConflict === 'overwrite', originals, taken: queueing.filmTargets() })
    return queueing.edit({ ...place, downloadable: folder === null, preset: options.preset, parts })
  }
}
