import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { assetState, type AssetState } from '../../contract/assets.ts'
import { asHourglassError, type ErrorCode } from '../../contract/errors.ts'
import type { GrantId } from '../../contract/ids.ts'
import type { Project } from '../../contract/projects.ts'
import { fault } from '../../core/texts/wording.ts'
import type { Reporter } from '../terminal/reporter.ts'
import { exitStatus, statusOfBatch } from '../terminal/statuses.ts'
import { withStudio, type StudioAtHand } from '../terminal/studio.ts'
import { texts } from '../terminal/texts.ts'

/** Opens the project that an argument names. */
export async function openProject(at: StudioAtHand, folder: string): Promise<Project> {
  if (!existsSync(join(folder, 'project.sqlite'))) {
    throw fault('bad-input', 'fault.notAProject', 'remedy.nameProject', { folder })
  }
  return at.calls.projects.open({ grant: at.grant(folder, { write: true }) })
}

export function newProject(folder: string, reporter: Reporter): Promise<number> {
  return withStudio(reporter.verbose, async (at) => {
    const path = resolve(folder)
    if (existsSync(path) || existsSync(`${path}.hourglass`)) throw fault('not-writable', 'fault.exists', 'remedy.otherName', { file: folder })
    const parent = dirname(path)
    try {
      await mkdir(parent, { recursive: true })
    } catch (cause) {
      throw fault('not-writable', 'fault.folderNotMade', 'remedy.placeMayWrite', { folder: parent }, { cause })
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
      const error = fault('bad-input', 'fault.notThere', 'remedy.checkPathQuoted', { file: input })
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
    await at.studio.originalsChecked()
    const assets = await at.calls.assets.list()
    const states: Partial<Record<AssetState, number>> = {}
    for (const { state } of assets) states[state] = (states[state] ?? 0) + 1
    const missing = assets.filter((asset) => asset.missing).map(({ name, folder: inside }) => join(inside, name))
    reporter.result({ ...project, assets: assets.length, states, missing: missing.length, missingOriginals: missing }, summary(project.name, assets.length, states, missing))
    return exitStatus.done
  })
}

/** How many photos in which state, and which originals were moved or are gone. */
function summary(name: string, assets: number, states: Partial<Record<AssetState, number>>, missing: readonly string[]): string {
  const photos = texts.t('terminal.photoCount', { count: assets })
  const counts = assetState.options.flatMap((state) => (states[state] ? [texts.t(`terminal.stateCount.${state}`, { number: states[state] })] : []))
  const lines = [counts.length > 0 ? texts.t('terminal.photosStates', { name, photos, states: counts.join(', ') }) : texts.t('terminal.photos', { name, photos })]
  if (missing.length > 0) lines.push(`  ${texts.t('terminal.missing', { count: missing.length })}`, ...missing.map((one) => `    ${one}`), `  → ${texts.t('remedy.findOriginal')}`)
  return lines.join('\n')
}
