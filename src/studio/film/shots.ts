import { randomUUID } from 'node:crypto'
import type { AssetId } from '../../contract/ids.ts'
import type { RecipePatch } from '../../contract/recipe.ts'
import type { ClipShots } from '../../contract/shots.ts'
import type { Wording } from '../../contract/texts.ts'
import { foundShots, wholeClip } from '../../core/film/shotList.ts'
import type { EngineClient } from '../engine-client/client.ts'
import type { Projects } from '../projects/projects.ts'
import type { Session } from '../projects/session.ts'
import { shotsDocument } from '../versions/documents.ts'
import type { Film } from './film.ts'

interface ShotsOptions {
  readonly projects: Projects
  readonly engine: EngineClient
  /** Knows clips and where they lie. */
  readonly film: Pick<Film, 'clip' | 'pathOf'>
  /** Where indexes of clips are kept. */
  readonly indexes: string
}

/** Shots of the clips of the open project: found, changed, remembered. */
export class Shots {
  readonly #options: ShotsOptions

  constructor(options: ShotsOptions) {
    this.#options = options
  }

  /** What is kept of a clip's shots; one shot for all of it where nothing was looked for yet. */
  get(id: AssetId): ClipShots {
    const clip = this.#options.film.clip(id)
    return this.#options.projects.require().shots.find(id) ?? wholeClip(clip.info.pages)
  }

  /** One gesture over a clip's shots. @throws HourglassError `bad-input` */
  change(id: AssetId, patches: readonly RecipePatch[], label: Wording): ClipShots {
    const session = this.#begun(id)
    session.gesture(null, label, [{ document: shotsDocument(id), patches }])
    return this.get(id)
  }

  /** The session, with the clip's shots in it. */
  #begun(id: AssetId): Session {
    const session = this.#options.projects.require()
    if (session.shots.find(id) === null) session.shots.put(id, this.get(id))
    return session
  }

  /** Looks for cuts. What a person has changed before can be had back by undoing. */
  async find(id: AssetId, signal?: AbortSignal): Promise<ClipShots> {
    const { engine, film, indexes, projects } = this.#options
    const session = projects.require()
    const clip = film.clip(id)
    const path = film.pathOf(clip)
    const told = await engine.run('clipShots', { path, cache: indexes, target: null }, { priority: 'job', signal, resend: true })
    if (projects.current !== session) return wholeClip(clip.info.pages)
    const before = this.get(id)
    const found = foundShots(before, told, randomUUID)
    this.#begun(id)
    const document = shotsDocument(id)
    if (!before.found && !session.history.can([document]).undo) {
      // What the clip begins with is nobody's gesture.
      session.edit((touched) => {
        session.shots.put(id, found)
        touched.clips.add(id)
      })
    } else {
      const patches: RecipePatch[] = [
        { op: 'replace', path: ['frames'], value: found.frames },
        { op: 'replace', path: ['found'], value: true },
        { op: 'replace', path: ['inColor'], value: found.inColor },
        { op: 'replace', path: ['shots'], value: found.shots },
      ]
      session.gesture(null, { key: 'history.shots.found', values: { count: found.shots.length } }, [{ document, patches }])
    }
    return this.get(id)
  }
}
