import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, realpath, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { createRouterClient } from '@orpc/server'
import type { Project } from '../../contract/projects.ts'
import { fault } from '../../core/texts/wording.ts'
import type { Studio } from '../index.ts'
import { directInterceptors } from './calls.ts'

/** A project is a folder with this in it. */
const projectFile = 'project.sqlite'

/**
 * Opens what a person named: a project as it is; any other folder through a project of the studio's own that
 * belongs to it, made the first time, with the folder's pictures linked where they lie.
 */
export async function openFolder(studio: Pick<Studio, 'router' | 'grants'>, data: string, named: string): Promise<Project> {
  const found = await stat(named).catch(() => null)
  if (!found?.isDirectory()) {
    throw fault('bad-input', 'fault.isNoFolder', 'remedy.folderOrProject', { file: named })
  }
  const folder = await realpath(named)
  const client = createRouterClient(studio.router, { context: {}, interceptors: directInterceptors })
  if (existsSync(join(folder, projectFile))) return client.projects.open({ grant: studio.grants.give(folder, { write: true }).grant })
  const name = basename(folder) || 'Pictures'
  const home = join(data, 'folders', createHash('sha256').update(folder).digest('hex').slice(0, 16))
  const existing = join(home, `${name}.hourglass`)
  await mkdir(home, { recursive: true })
  const project = existsSync(join(existing, projectFile))
    ? await client.projects.open({ grant: studio.grants.give(existing, { write: true }).grant })
    : await client.projects.create({ name, folder: studio.grants.give(home, { write: true }).grant })
  await client.assets.add({ grants: [studio.grants.give(folder).grant] })
  return (await client.projects.current()) ?? project
}
