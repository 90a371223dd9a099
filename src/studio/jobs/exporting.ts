import { mkdirSync, rmSync, statSync } from 'node:fs'
import { rm, rmdir } from 'node:fs/promises'
import { basename, dirname, extname, join } from 'node:path'
import { z } from 'zod'
import { versionId, type VersionId } from '../../contract/ids.ts'
import { pageExportOptions } from '../../contract/pages.ts'
import { outputFormat, type OutputFormat } from '../../contract/pictures.ts'
import { fault } from '../../core/texts/wording.ts'
import { exportName, formatLike, numbered } from '../../core/photos/naming.ts'
import type { AssetRecord } from '../assets/rows.ts'
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

/** What an export job keeps: the folder, whether it is one of the studio's own, for downloads; and of a chapter its name and pages. */
export const exportInput = z.object({
  folder: z.string(),
  downloadable: z.boolean(),
  options: pageExportOptions,
  chapter: z.object({ name: z.string(), versions: z.array(versionId).min(1) }).optional(),
})
export type ExportInput = z.output<typeof exportInput>

/** Names that running exports are about to use: two jobs never choose the same. */
export class TargetNames {
  #taken = new Set<string>()

  /**
   * The first free name of the row `a.jpg`, `a-2.jpg`, …
   * @param placesOf everything that will stand where a name is chosen: the file itself, what comes beside it
   */
  reserve(folder: string, name: string, placesOf: (path: string) => readonly string[] = (path) => [path]): string {
    for (let n = 1; ; n++) {
      const path = join(folder, numbered(name, n))
      const paths = placesOf(path)
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

  free(...paths: readonly string[]): void {
    for (const path of paths) this.#taken.delete(path)
  }
}

export interface ExportParts {
  readonly engine: EngineClient
  readonly previews: Previews
  readonly names: TargetNames
}

/** Makes the folder of an export where it is not there. @throws HourglassError `not-writable`, `no-space` */
export function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true })
  } catch (error) {
    throw writeFailure(error, folder)
  }
}

/** The format that a version is written in as a picture. */
export const pictureFormat = ({ format }: ExportInput['options'], asset: Pick<AssetRecord, 'info'>): OutputFormat => {
  const chosen = outputFormat.safeParse(format)
  return chosen.success ? chosen.data : formatLike(asset.info)
}

/** Where a file of this name goes, as the options say; null: it stands already and is left alone. */
export function placeFor(name: string, { folder, options }: ExportInput, own: readonly string[], names: TargetNames, placesOf: (path: string) => readonly string[]): { target: string; replaces: boolean } | null {
  const wanted = join(folder, name)
  const [stands = wanted] = placesOf(wanted)
  if (options.onConflict === 'skip' && statSync(stands, { throwIfNoEntry: false }) !== undefined) return null
  const replaces = options.onConflict === 'overwrite' && !own.includes(stands) && names.take(stands)
  return { target: replaces ? wanted : names.reserve(folder, name, placesOf), replaces }
}

/** Writes one version at full size as a picture. */
export async function writePicture(session: Session, id: VersionId, target: { path: string; replaces: boolean; compare: boolean }, options: ExportInput['options'], context: WorkContext, { engine, previews }: ExportParts): Promise<string> {
  const version = session.versions.require(id)
  const asset = session.assets.require(version.asset)
  const format = pictureFormat(options, asset)
  const { folder: model, look, recipe } = previews.look(session, asset, version.recipe)
  requireFiles(recipe)
  const { output } = await engine.run(
    'export',
    {
      source: previews.sourceOf(session, asset),
      recipe,
      model,
      target: target.path,
      format,
      quality: options.quality,
      depth: options.depth,
      label: options.label,
      compare: target.compare ? comparePath(target.path) : null,
      overwrite: target.replaces,
      stamp: workKey(look, { format, quality: options.quality, depth: options.depth }),
    },
    { ...context, priority: 'job', waitForEnd: true },
  )
  return output
}

/** One version as a file. A target that stands already is numbered, passed over or replaced, as asked. */
export async function exportVersion(session: Session, job: JobRecord, context: WorkContext, parts: ExportParts): Promise<JobOutput | null> {
  const input = exportInput.parse(job.input)
  const { folder, downloadable, options } = input
  if (!job.version) throw fault('internal', 'fault.exportWithoutVersion', 'remedy.exportAgain')
  const asset = session.assets.require(session.versions.require(job.version).asset)
  const name = exportName(options.naming, asset.name, pictureFormat(options, asset))
  makeFolder(folder)
  const placesOf = (path: string) => (options.compare ? [path, comparePath(path)] : [path])
  const place = placeFor(name, input, [asset.path], parts.names, placesOf)
  if (!place) return { name, path: join(folder, name), downloadable }
  const { target, replaces } = place
  try {
    const output = await writePicture(session, job.version, { path: target, replaces, compare: options.compare }, options, context, parts)
    return { name: basename(output), path: output, downloadable }
  } catch (error) {
    sweepLeftovers(folder)
    throw error
  } finally {
    parts.names.free(...placesOf(target))
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
