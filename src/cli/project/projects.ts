import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { asHourglassError, HourglassError, type ErrorCode } from '../../contract/errors.ts'
import type { GrantId } from '../../contract/ids.ts'
import type { Project } from '../../contract/projects.ts'
import type { Reporter } from '../terminal/reporter.ts'
import { exitStatus, statusOfBatch } from '../terminal/statuses.ts'
import { withStudio, type StudioAtHand } from '../terminal/studio.ts'

/** Opens the project that an argument names. */
export async function openProject(at: StudioAtHand, folder: string): Promise<Project> {
  if (!existsSync(join(folder, 'project.sqlite'))) {
    throw new HourglassError('bad-input', `${folder} is not a project.`, 'Name a folder NAME.hourglass, or make one with: hourglass project new DIR')
  }
  return at.calls.projects.open({ grant: at.grant(folder, { write: true }) })
}

export function newProject(folder: string, reporter: Reporter): Promise<number> {
  return withStudio(reporter.verbose, async (at) => {
    const path = resolve(folder)
    if (existsSync(path) || existsSync(`${path}.hourglass`)) throw new HourglassError('not-writable', `${folder} is there already.`, 'Choose another name.')
    const parent = dirname(path)
    try {
      await mkdir(parent, { recursive: true })
    } catch (cause) {
      throw new HourglassError('not-writable', `The folder ${parent} cannot be made.`, 'Choose a place you may write into.', { cause })
    }
    const project = await at.calls.projects.create({ name: basename(path).replace(/\.hourglass$/, ''), folder: at.grant(parent, { write: true }) })
    reporter.result({ ...project }, project.folder)
    return exitStatus.done
  })
}

export function addToProject(folder: string, inputs: readonly string[], reporter: Reporter): Promise<number> {
  return withStudio(reporter.verbose, async (at) => {
    await openProject(at, folder)
    const failures: ErrorCode[] = []
    const grants: GrantId[] = []
    for (const input of inputs) {
      if (existsSync(input)) {
        grants.push(at.grant(resolve(input)))
        continue
      }
      const error = new HourglassError('bad-input', `${input} is not there.`, 'Check the path; quote names with spaces.')
      failures.push(error.code)
      reporter.error(error, input)
    }
    const { added, rejected } = grants.length > 0 ? await at.calls.assets.add({ grants }) : { added: [], rejected: [] }
    for (const asset of added) reporter.result({ id: asset.id, name: asset.name, width: asset.info.width, height: asset.info.height }, asset.name)
    for (const { name, error, known } of rejected) {
      if (known) {
        reporter.note(error.message)
        continue
      }
      failures.push(error.code)
      reporter.error(asHourglassError(error), name)
    }
    return statusOfBatch(added.length, failures)
  })
}

export function projectInfo(folder: string, reporter: Reporter): Promise<number> {
  return withStudio(reporter.verbose, async (at) => {
    const project = await openProject(at, folder)
    const assets = await at.calls.assets.list()
    const states: Record<string, number> = {}
    for (const { state } of assets) states[state] = (states[state] ?? 0) + 1
    const missing = assets.filter((asset) => asset.missing).length
    const parts = Object.entries(states).map(([state, count]) => `${count} ${state}`)
    reporter.result(
      { ...project, assets: assets.length, states, missing },
      `${project.name}: ${assets.length} photos${parts.length > 0 ? ` (${parts.join(', ')})` : ''}${missing > 0 ? `, ${missing} originals not found` : ''}`,
    )
    return exitStatus.done
  })
}
