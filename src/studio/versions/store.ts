import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { assetKind, type Asset } from '../../contract/assets.ts'
import { assetId, versionId, type AssetId, type VersionId } from '../../contract/ids.ts'
import { recipe as recipeSchema, type Recipe } from '../../contract/recipe.ts'
import { fault } from '../../core/texts/wording.ts'
import { defaultRecipe } from '../../core/steps/index.ts'
import { readColumn, versionResult, type VersionResult } from '../assets/rows.ts'
import type { Log } from '../log.ts'
import type { Database, Row } from '../storage/database.ts'

const columns = z.object({
  id: versionId,
  asset: assetId,
  name: z.string(),
  revision: z.number().int(),
  removed: z.number(),
  created_at: z.string(),
})

/** A version as stored, with its last result. */
export interface VersionRecord {
  readonly id: VersionId
  readonly asset: AssetId
  readonly name: string
  readonly recipe: Recipe
  readonly revision: number
  readonly removed: boolean
  readonly createdAt: string
  readonly result: VersionResult | null
}

/** The versions table of one project. */
export class VersionStore {
  #database: Database
  #log: Log

  constructor(database: Database, log: Log) {
    this.#database = database
    this.#log = log
  }

  #read(row: Row): VersionRecord {
    const { created_at, removed, ...plain } = columns.parse(row)
    const stored = readColumn(recipeSchema, row['recipe'], `The recipe of version ${plain.id}`, this.#log)
    return {
      ...plain,
      recipe: stored ?? defaultRecipe(this.#kindOf(plain.asset)),
      removed: removed !== 0,
      createdAt: created_at,
      result: readColumn(versionResult, row['result'], `The result of version ${plain.id}`, this.#log),
    }
  }

  #kindOf(asset: AssetId): Asset['kind'] {
    return assetKind.catch('photo').parse(this.#database.get('SELECT kind FROM assets WHERE id = ?', asset)?.['kind'])
  }

  find(id: VersionId): VersionRecord | null {
    const row = this.#database.get('SELECT * FROM versions WHERE id = ?', id)
    return row ? this.#read(row) : null
  }

  /** @throws HourglassError `bad-input` where there is none. */
  require(id: VersionId): VersionRecord {
    const found = this.find(id)
    if (!found) throw fault('bad-input', 'fault.versionNotInProject', 'remedy.reload')
    return found
  }

  /** The chosen version of every page that is in the project. */
  ofPages(): VersionRecord[] {
    return this.#database
      .all("SELECT v.* FROM versions v JOIN assets a ON a.current_version = v.id WHERE a.kind = 'page' AND a.removed = 0 ORDER BY a.position")
      .map((row) => this.#read(row))
  }

  listOf(asset: AssetId): VersionRecord[] {
    return this.#database.all('SELECT * FROM versions WHERE asset = ? AND removed = 0 ORDER BY position', asset).map((row) => this.#read(row))
  }

  /** Every version, removed ones too: history may bring them back. */
  all(): VersionRecord[] {
    return this.#database.all('SELECT * FROM versions').map((row) => this.#read(row))
  }

  /** A new version at the end of its asset's list; without a name it is called by its number. */
  insert(asset: AssetId, recipe: Recipe, name?: string, id: VersionId = versionId.parse(randomUUID())): VersionRecord {
    const { next } = this.#database.get('SELECT coalesce(max(position), 0) + 1 AS next FROM versions WHERE asset = ?', asset) as { next: number }
    this.#database.run(
      'INSERT INTO versions (id, asset, position, name, recipe, created_at) VALUES (?, ?, ?, ?, ?, ?)',
      id,
      asset,
      next,
      name ?? String(next),
      JSON.stringify(recipe),
      new Date().toISOString(),
    )
    return this.require(id)
  }

  setRecipe(id: VersionId, recipe: Recipe): void {
    this.#database.run('UPDATE versions SET recipe = ?, revision = revision + 1 WHERE id = ?', JSON.stringify(recipe), id)
  }

  setResult(id: VersionId, result: VersionResult): void {
    this.#database.run('UPDATE versions SET result = ? WHERE id = ?', JSON.stringify(result), id)
  }
}
