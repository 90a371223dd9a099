import { randomUUID } from 'node:crypto'
import { mkdirSync, rmSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { z } from 'zod'
import { projectId } from '../../contract/ids.ts'
import { projectMigrations } from '../../contract/migrations/project/index.ts'
import type { Project } from '../../contract/projects.ts'
import { fault, worded } from '../../core/texts/wording.ts'
import { openDatabase, type Database } from '../storage/database.ts'
import { writeFailure } from '../storage/failures.ts'
import { takeLock, type Lock } from '../storage/lock.ts'

export const projectSuffix = '.hourglass'
const databaseName = 'project.sqlite'

const projectRow = z.object({ id: projectId, name: z.string(), created_at: z.string(), changed_at: z.string() })

/** One open project: its folder, its database and the lock on it. */
export class OpenProject {
  readonly folder: string
  readonly database: Database
  /** Uploaded pictures, moved in. */
  readonly originals: string
  /** Small pictures of assets and results, kept beside the database so that they survive a cleared cache. */
  readonly pictures: string
  #lock: Lock

  constructor(folder: string, database: Database, lock: Lock) {
    this.folder = folder
    this.database = database
    this.originals = join(folder, 'originals')
    this.pictures = join(folder, 'pictures')
    this.#lock = lock
  }

  get id(): Project['id'] {
    return this.#row().id
  }

  #row(): z.infer<typeof projectRow> {
    return projectRow.parse(this.database.get('SELECT id, name, created_at, changed_at FROM project'))
  }

  describe(): Project {
    const row = this.#row()
    const { count } = this.database.get('SELECT count(*) AS count FROM assets WHERE removed = 0') as { count: number }
    return { id: row.id, name: row.name, folder: this.folder, assets: count, createdAt: row.created_at, changedAt: row.changed_at }
  }

  rename(name: string): void {
    this.database.run('UPDATE project SET name = ?, changed_at = ?', name, new Date().toISOString())
  }

  /** Notes that something in it changed; called inside the transaction of the change. */
  touch(): void {
    this.database.run('UPDATE project SET changed_at = ?', new Date().toISOString())
  }

  close(): void {
    this.database.close()
    this.#lock.release()
  }
}

/** The project folder that a path means: itself, or the folder of the database named. */
export function projectFolderOf(path: string): string {
  if (basename(path) === databaseName) return join(path, '..')
  if (statSync(join(path, databaseName), { throwIfNoEntry: false })) return path
  throw fault('bad-input', 'fault.notAProject', 'remedy.folderEndingIn', { folder: path, ending: projectSuffix })
}

/**
 * Makes a project's folder with an empty database and opens it.
 * @param folder must not exist yet; `NAME.hourglass` by custom.
 */
export function createProject(folder: string, name: string): OpenProject {
  if (statSync(folder, { throwIfNoEntry: false })) {
    throw fault('not-writable', 'fault.exists', 'remedy.otherNameOrOpen', { file: folder })
  }
  try {
    mkdirSync(folder, { recursive: true })
  } catch (error) {
    throw writeFailure(error, folder)
  }
  let project: OpenProject | null = null
  try {
    project = open(folder, name)
    const now = new Date().toISOString()
    project.database.run('INSERT INTO project (id, name, created_at, changed_at) VALUES (?, ?, ?, ?)', randomUUID(), name, now, now)
    mkdirSync(project.pictures, { recursive: true })
    return project
  } catch (error) {
    project?.close()
    rmSync(folder, { recursive: true, force: true })
    throw writeFailure(error, folder)
  }
}

/**
 * Opens a project, lifting an older one to today's format.
 * @throws HourglassError `locked`, `unsupported` (made by a newer version), `bad-input` (missing or damaged).
 */
export function openProject(folder: string): OpenProject {
  if (!statSync(join(folder, databaseName), { throwIfNoEntry: false })) {
    throw fault('bad-input', 'fault.projectGone', 'remedy.openFromNewPlace', { folder })
  }
  const name = basename(folder, projectSuffix)
  const project = open(folder, name)
  try {
    project.describe()
    mkdirSync(project.pictures, { recursive: true })
    return project
  } catch (error) {
    project.close()
    throw fault('bad-input', 'fault.projectDamaged', 'remedy.restoreOrNew', { name }, { cause: error })
  }
}

function open(folder: string, name: string): OpenProject {
  const what = worded('fault.thing.project', { name })
  let lock: Lock
  try {
    lock = takeLock(join(folder, 'lock'), what)
  } catch (error) {
    throw writeFailure(error, folder)
  }
  try {
    return new OpenProject(folder, openDatabase(join(folder, databaseName), projectMigrations, what), lock)
  } catch (error) {
    lock.release()
    throw error
  }
}
