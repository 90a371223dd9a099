import { statSync } from 'node:fs'
import { join } from 'node:path'
import { asHourglassError } from '../../contract/errors.ts'
import type { AssetId } from '../../contract/ids.ts'
import type { NotReopened, Project } from '../../contract/projects.ts'
import { fault } from '../../core/texts/wording.ts'
import { safeName } from '../../core/photos/naming.ts'
import type { EventBus } from '../events.ts'
import type { Log } from '../log.ts'
import { createProject, openProject, projectSuffix, type OpenProject } from './open-project.ts'
import { RecentProjects } from './recent.ts'
import { Session } from './session.ts'

/** Told around every change of the open project, so that rooms take up and let go of it. */
export interface ProjectWatcher {
  opened(session: Session): void
  /** Before the database is closed; may wait for work to let go. */
  closing(): Promise<void>
}

/** The one open project of this studio; all windows and tabs share it. */
export class Projects {
  readonly recent: RecentProjects
  #home: string
  #bus: EventBus
  #log: Log
  #open: Session | null = null
  #notReopened: NotReopened | null = null
  #isDoing: (asset: AssetId) => boolean
  #watchers: ProjectWatcher[] = []
  /** Opening and closing happen one after another. */
  #turn: Promise<unknown> = Promise.resolve()

  /** @param isDoing whether a job works on an asset right now */
  constructor(data: string, bus: EventBus, log: Log, isDoing: (asset: AssetId) => boolean) {
    this.#isDoing = isDoing
    this.#home = join(data, 'projects')
    this.recent = new RecentProjects(join(data, 'recent.json'), log)
    this.#bus = bus
    this.#log = log
  }

  watch(watcher: ProjectWatcher): void {
    this.#watchers.push(watcher)
  }

  get current(): Session | null {
    return this.#open
  }

  /** Why what was open when the studio was last left is not; null once any project is open. */
  get notReopened(): NotReopened | null {
    return this.#notReopened
  }

  /** @throws HourglassError `bad-input` where none is open. */
  require(): Session {
    if (!this.#open) throw fault('bad-input', 'fault.noProjectOpen', 'remedy.openOrMakeProject')
    return this.#open
  }

  /** The open project; makes a first one where there is none, so that pictures can be dropped at once. */
  async requireOrCreate(): Promise<Session> {
    if (!this.#open) await this.create(`Photos ${new Date().toISOString().slice(0, 10)}`)
    return this.require()
  }

  /** @param parent folder the project's own folder is made in; by default the studio's. */
  create(name: string, parent: string = this.#home): Promise<Project> {
    return this.#inTurn(async () => {
      const base = safeName(name.endsWith(projectSuffix) ? name.slice(0, -projectSuffix.length) : name)
      let folder = join(parent, base + projectSuffix)
      // In the studio's own folder nobody chose the place, so a second of the same name is numbered.
      for (let n = 2; parent === this.#home && statSync(folder, { throwIfNoEntry: false }); n++) folder = join(parent, `${base} ${n}${projectSuffix}`)
      const project = createProject(folder, name)
      await this.#closeOpen()
      return this.#take(project)
    })
  }

  open(folder: string): Promise<Project> {
    return this.#inTurn(async () => {
      if (this.#open?.project.folder === folder) return this.#open.project.describe()
      const project = openProject(folder)
      await this.#closeOpen()
      return this.#take(project)
    })
  }

  /** Opens what was open when the studio was last left; where that fails, keeps why, and opens nothing. */
  async reopenLast(): Promise<void> {
    const folder = this.recent.lastOpen
    if (!folder) return
    try {
      await this.open(folder)
    } catch (error) {
      const why = asHourglassError(error)
      this.#log('projects', `${folder} was not opened again: ${why.message}`)
      const known = this.recent.list().find((project) => project.folder === folder)
      if (known) this.#notReopened = { id: known.id, name: known.name, why: why.toData() }
    }
  }

  rename(name: string): Project {
    const { project } = this.require()
    project.rename(name)
    const described = project.describe()
    this.recent.opened(described)
    this.#bus.emit({ type: 'project.changed', project: described })
    return described
  }

  /** @param remember whether the next start opens it again (leaving the studio, not closing the project). */
  close(remember = false): Promise<void> {
    return this.#inTurn(async () => {
      if (!this.#open) return
      await this.#closeOpen()
      if (!remember) this.recent.closed()
      this.#bus.emit({ type: 'project.changed', project: null })
    })
  }

  #take(project: OpenProject): Project {
    const session = new Session(project, { bus: this.#bus, log: this.#log, isDoing: this.#isDoing })
    this.#open = session
    this.#notReopened = null
    const described = project.describe()
    this.recent.opened(described)
    for (const watcher of this.#watchers) watcher.opened(session)
    this.#bus.emit({ type: 'project.changed', project: described })
    return described
  }

  async #closeOpen(): Promise<void> {
    if (!this.#open) return
    for (const watcher of this.#watchers) await watcher.closing()
    this.#open.project.close()
    this.#open = null
  }

  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const turn = this.#turn.then(work, work)
    this.#turn = turn.catch(() => undefined)
    return turn
  }
}
