import type { ErrorData } from '../../contract/errors.ts'
import type { AssetId, PictureKey, VersionId } from '../../contract/ids.ts'
import type { PictureInfo } from '../../contract/pictures.ts'
import { fault } from '../../core/texts/wording.ts'
import type { Database, Row } from '../storage/database.ts'
import { readAsset, selectAssets, type AssetContext, type AssetRecord } from './rows.ts'

export interface NewAsset {
  readonly id: AssetId
  readonly kind: AssetRecord['kind']
  readonly name: string
  readonly folder: string
  readonly sha256: string
  /** Absolute for linked, relative to the project for copied. */
  readonly path: string
  readonly storage: AssetRecord['storage']
  readonly info: PictureInfo
  readonly version: VersionId
}

/** The assets table of one project. */
export class AssetStore {
  #database: Database
  #context: AssetContext

  constructor(database: Database, context: AssetContext) {
    this.#database = database
    this.#context = context
  }

  #read(rows: Row[]): AssetRecord[] {
    return rows.flatMap((row) => readAsset(row, this.#context) ?? [])
  }

  list(): AssetRecord[] {
    return this.#read(this.#database.all(`${selectAssets} WHERE a.removed = 0 ORDER BY a.position`))
  }

  find(id: AssetId): AssetRecord | null {
    return this.#read(this.#database.all(`${selectAssets} WHERE a.id = ?`, id))[0] ?? null
  }

  /** @throws HourglassError `bad-input` where it is not in the project, or was taken out. */
  require(id: AssetId): AssetRecord {
    const found = this.find(id)
    if (!found || found.removed) throw fault('bad-input', 'fault.pictureNotInProject', 'remedy.reload')
    return found
  }

  /** Those with these bytes, what was taken out last. */
  findBySha(sha256: string): AssetRecord[] {
    return this.#read(this.#database.all(`${selectAssets} WHERE a.sha256 = ? ORDER BY a.removed, a.position`, sha256))
  }

  insert(asset: NewAsset): void {
    this.#database.run(
      `INSERT INTO assets (id, position, kind, name, folder, sha256, path, storage, info, current_version, added_at)
       VALUES (?, (SELECT coalesce(max(position), 0) + 1 FROM assets), ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      asset.id,
      asset.kind,
      asset.name,
      asset.folder,
      asset.sha256,
      asset.path,
      asset.storage,
      JSON.stringify(asset.info),
      asset.version,
      new Date().toISOString(),
    )
  }

  /** Back into the project, at the end, where it was taken out before. */
  restore(id: AssetId): void {
    this.#database.run('UPDATE assets SET removed = 0, position = (SELECT max(position) + 1 FROM assets) WHERE id = ?', id)
  }

  /** Makes it an asset of another kind, with a version made for that. */
  setKind(id: AssetId, kind: AssetRecord['kind'], version: VersionId): void {
    this.#database.run('UPDATE assets SET kind = ?, current_version = ? WHERE id = ?', kind, version, id)
  }

  setThumbnail(id: AssetId, key: PictureKey): void {
    this.#database.run('UPDATE assets SET thumbnail = ? WHERE id = ?', key, id)
  }

  setMissing(id: AssetId, missing: boolean): void {
    this.#database.run('UPDATE assets SET missing = ? WHERE id = ?', missing ? 1 : 0, id)
  }

  /** @param path absolute for linked, relative to the project for copied */
  setPath(id: AssetId, path: string, storage: AssetRecord['storage']): void {
    this.#database.run('UPDATE assets SET path = ?, storage = ?, missing = 0 WHERE id = ?', path, storage, id)
  }

  setError(id: AssetId, error: ErrorData | null): void {
    this.#database.run('UPDATE assets SET error = ? WHERE id = ?', error ? JSON.stringify(error) : null, id)
  }
}
