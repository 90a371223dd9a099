import { statSync } from 'node:fs'
import { z } from 'zod'
import { projectId } from '../../contract/ids.ts'
import type { Project, recentProject } from '../../contract/projects.ts'
import type { Log } from '../log.ts'
import { readJson, writeJson } from '../storage/json-file.ts'

const entry = z.object({ id: projectId, name: z.string(), folder: z.string(), openedAt: z.string() })
type Entry = z.infer<typeof entry>

const longest = 20

/** Projects opened before, newest first, and the one that was open when the studio was last left. */
export class RecentProjects {
  #path: string
  #log: Log
  #entries: Entry[] = []
  #open: string | null = null

  constructor(path: string, log: Log) {
    this.#path = path
    this.#log = log
    const stored = readJson(path, (why) => log('projects', why)) as { open?: unknown; projects?: unknown } | undefined
    const list: unknown[] = Array.isArray(stored?.projects) ? stored.projects : []
    this.#entries = list.flatMap((item) => entry.safeParse(item).data ?? [])
    this.#open = typeof stored?.open === 'string' ? stored.open : null
  }

  /** Folder of the project that was open last, null where it was closed. */
  get lastOpen(): string | null {
    return this.#open
  }

  list(): z.infer<typeof recentProject>[] {
    return this.#entries.map((item) => ({ ...item, missing: !statSync(item.folder, { throwIfNoEntry: false }) }))
  }

  find(id: string): string | null {
    return this.#entries.find((item) => item.id === id)?.folder ?? null
  }

  opened(project: Project): void {
    const { id, name, folder } = project
    this.#entries = [{ id, name, folder, openedAt: new Date().toISOString() }, ...this.#entries.filter((item) => item.id !== id && item.folder !== folder)].slice(0, longest)
    this.#open = folder
    this.#save()
  }

  closed(): void {
    this.#open = null
    this.#save()
  }

  #save(): void {
    try {
      writeJson(this.#path, { open: this.#open, projects: this.#entries })
    } catch (error) {
      // The list is a convenience: a full disk must not stop a project from opening.
      this.#log('projects', `the list of recent projects was not saved: ${String(error)}`)
    }
  }
}
