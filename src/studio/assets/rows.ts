import { isAbsolute, join } from 'node:path'
import { z } from 'zod'
import { asset as assetSchema, pageState, type Asset } from '../../contract/assets.ts'
import { errorData } from '../../contract/errors.ts'
import { pictureKey, type AssetId } from '../../contract/ids.ts'
import { pictureInfo, renderFigures } from '../../contract/pictures.ts'
import { isDoubtful } from '../../core/photos/doubt.ts'
import type { Log } from '../log.ts'
import type { Row } from '../storage/database.ts'

/** The last rendering of a version, as its row keeps it. */
export const versionResult = z.object({
  /** Look of the rendering: source, recipe and model, without size. */
  look: z.string(),
  thumbnail: pictureKey.nullable(),
  figures: renderFigures,
  at: z.string(),
})
export type VersionResult = z.infer<typeof versionResult>

/** An asset as the studio knows it: with the path no page ever sees. */
export interface AssetRecord extends Asset {
  readonly path: string
  readonly removed: boolean
}

/** A JSON column by its schema; what does not fit is logged and counts as not there. */
export function readColumn<Value>(schema: z.ZodType<Value>, text: unknown, what: string, log: Log): Value | null {
  if (typeof text !== 'string') return null
  try {
    return schema.parse(JSON.parse(text))
  } catch {
    log('projects', `${what} could not be read and was set aside`)
    return null
  }
}

const columns = z.object({
  id: assetSchema.shape.id,
  kind: assetSchema.shape.kind,
  name: z.string(),
  folder: z.string(),
  sha256: z.string(),
  path: z.string(),
  storage: assetSchema.shape.storage,
  missing: z.number(),
  stars: z.number().int().min(0).max(5).catch(0),
  flag: assetSchema.shape.flag.catch('none'),
  thumbnail: pictureKey.nullable().catch(null),
  current_version: assetSchema.shape.currentVersion,
  removed: z.number(),
  added_at: z.string(),
  page_state: pageState.catch('todo'),
  note: z.string().catch(''),
})

/** `SELECT` for rows that `readAsset` takes: the asset with the last result of its current version. */
export const selectAssets = 'SELECT a.*, v.result AS result FROM assets a LEFT JOIN versions v ON v.id = a.current_version'

export interface AssetContext {
  readonly projectFolder: string
  readonly isDoing: (id: AssetId) => boolean
  readonly log: Log
}

/** One row as a record; null (and a line in the log) where the row is beyond repair. */
export function readAsset(row: Row, context: AssetContext): AssetRecord | null {
  const parsed = columns.safeParse(row)
  const info = readColumn(pictureInfo, row['info'], `The description of ${String(row['name'])}`, context.log)
  if (!parsed.success || !info) {
    context.log('projects', `The row of asset ${String(row['id'])} is damaged and was passed over`)
    return null
  }
  const { current_version, added_at, path, missing, removed, page_state, note, ...plain } = parsed.data
  const error = readColumn(errorData, row['error'], `The error of ${plain.name}`, context.log)
  const result = readColumn(versionResult, row['result'], `The result of ${plain.name}`, context.log)
  return {
    ...plain,
    info,
    path: isAbsolute(path) ? path : join(context.projectFolder, path),
    missing: missing !== 0,
    removed: removed !== 0,
    error,
    state: stateOf(context.isDoing(plain.id), error !== null, result),
    resultThumbnail: result?.thumbnail ?? null,
    figures: result?.figures ?? null,
    page: plain.kind === 'page' ? { state: page_state, note } : null,
    currentVersion: current_version,
    addedAt: added_at,
  }
}

function stateOf(doing: boolean, failed: boolean, result: VersionResult | null): Asset['state'] {
  if (doing) return 'doing'
  if (failed) return 'failed'
  if (!result) return 'todo'
  return isDoubtful(result.figures) ? 'doubtful' : 'done'
}

/** What a page may know: everything but the path. */
export function toAsset({ path: _path, removed: _removed, ...asset }: AssetRecord): Asset {
  return asset
}
