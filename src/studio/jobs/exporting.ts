import { mkdirSync, rmSync, statSync } from 'node:fs'
import { rm, rmdir } from 'node:fs/promises'
import { basename, dirname, extname, join } from 'node:path'
import { z } from 'zod'
import { exportOptions } from '../../contract/photos.ts'
import { fault } from '../../core/texts/wording.ts'
import { exportName, formatLike, numbered } from '../../core/photos/naming.ts'
import type { EngineClient } from '../engine-client/client.ts'
import { sweepLeftovers } from '../engine-client/leftovers.ts'
import { comparePath } from '../files.ts'
import type { Previews } from '../previews/previews.ts'
import { workKey } from '../previews/keys.ts'
import type { Session } from '../projects/session.ts'
import { requireFiles } from '../references/paths.ts'
import { writeFailure } from '../storage/failures.ts'
import type { JobOutput, JobRecord } from './store.ts'
import type { WorkContext } from './work.ts'

/** What an export job keeps: the folder, and whether it is one of the studio's own, for downloads. */
export const exportInput = z.object({ folder: z.string(), downloadable: z.boolean(), options: exportOptions })

/** Names that running exports are about to use: two jobs never choose the same. */
export class TargetNames {
  #taken = new Set<string>()

  /** The first free name of the row `a.jpg`, `a-2.jpg`, …; with its companion's name free too. */
  reserve(folder: string, name: string, compare: boolean): string {
    for (let n = 1; ; n++) {
      const path = join(folder, numbered(name, n))
      const paths = compare ? [path, comparePath(path)] : [path]
      if (paths.some((one) => this.#taken.has(one) || statSync(one, { throwIfNoEntry: false }))) continue
      for (const one of paths) this.#taken.add(one)
      return path
    }
  }

  take(path: string): boolean {
    if (this.#taken.has(path)) return false
    this.#taken.add(path)
    return true
  }

  free(path: string): void {
    this.#taken.delete(path)
    this.#taken.delete(comparePath(path))
  }
}

export interface ExportParts {
  readonly engine: EngineClient
  readonly previews: Previews
  readonly names: TargetNames
}

/** One version as a file. A target that stands already is numbered, passed over or replaced, as asked. */
export async function exportVersion(session: Session, job: JobRecord, context: WorkContext, parts: ExportParts): Promise<JobOutput | null> {
  const { folder, downloadable, options } = exportInput.parse(job.input)
  if (!job.version) throw fault('internal', 'fault.exportWithoutVersion', 'remedy.exportAgain')
  const version = session.versions.require(job.version)
  const asset = session.assets.require(version.asset)
  const format = options.format === 'same' ? formatLike(asset.info) : options.format
  const name = exportName(options.naming, asset.name, format)
  try {
    mkdirSync(folder, { recursive: true })
  } catch (error) {
    throw writeFailure(error, folder)
  }

  const wanted = join(folder, name)
  const stands = statSync(wanted, { throwIfNoEntry: false }) !== undefined
  if (stands && options.onConflict === 'skip') return { name, path: wanted, downloadable }
  const replaces = options.onConflict === 'overwrite' && wanted !== asset.path && parts.names.take(wanted)
  const target = replaces ? wanted : parts.names.reserve(folder, name, options.compare)
  try {
    const { folder: model, look, recipe } = parts.previews.look(session, asset, version.recipe)
    requireFiles(recipe)
    const made = await parts.engine.run(
      'export',
      {
        source: parts.previews.sourceOf(session, asset),
        recipe,
        model,
        target,
        format,
        quality: options.quality,
        depth: options.depth,
        label: options.label,
        compare: options.compare ? comparePath(target) : null,
        overwrite: replaces,
        stamp: workKey(look, { format, quality: options.quality, depth: options.depth }),
      },
      { ...context, priority: 'job', waitForEnd: true },
    )
    return { name: basename(made.output), path: made.output, downloadable }
  } catch (error) {
    sweepLeftovers(folder)
    throw error
  } finally {
    parts.names.free(target)
  }
}

/** Removes a file that was made for download, what was made beside it, and the folder once it is empty. */
export async function forgetDownload(path: string): Promise<void> {
  await rm(path, { force: true })
  await rm(comparePath(path), { force: true })
  await rmdir(dirname(path)).catch(() => undefined)
}

/** Removes what was made for download and never fetched; older than a week, at the studio's start. */
export function forgetOldDownloads(folder: string, names: readonly string[], now = Date.now()): void {
  for (const name of names) {
    const facts = statSync(join(folder, name), { throwIfNoEntry: false })
    if (facts && extname(name) === '' && now - facts.mtimeMs > 7 * 86_400_000) rmSync(join(folder, name), { recursive: true, force: true })
  }
}
