import { assetId, versionId, type AssetId, type VersionId } from '../../contract/ids.ts'
import { recipe as recipeSchema, type RecipePatch } from '../../contract/recipe.ts'
import { fault } from '../../core/texts/wording.ts'
import { applyPatches } from '../../core/history/patches.ts'
import type { Database } from '../storage/database.ts'
import type { ShotStore } from '../film/shot-store.ts'
import type { PaletteStore } from '../pages/palette-store.ts'
import type { VersionStore } from './store.ts'

/** Name of the document that holds marks, removals, names and choices. Beside it, the palette and shots, every document is a version's recipe. */
export const projectDocument = 'project'
/** Name of the document that holds the project's palette. */
export const paletteDocument = 'palette'
const shotsPrefix = 'shots:'
/** Name of the document that holds the shots of a clip. */
export const shotsDocument = (asset: AssetId): string => shotsPrefix + asset

/** What a change touched, to tell of it afterwards. */
export interface Touched {
  readonly assets: Set<AssetId>
  readonly versions: Set<VersionId>
  /** Clips whose shots changed. */
  readonly clips: Set<AssetId>
  /** Swatches whose colour or place changed; null: the palette was not touched. */
  swatches: Set<string> | null
}
export const nothingTouched = (): Touched => ({ assets: new Set(), versions: new Set(), clips: new Set(), swatches: null })

/** Fields of the project's document: `[table, id, field]`. */
const fields: Readonly<Record<string, readonly string[]>> = {
  assets: ['stars', 'flag', 'removed', 'current_version', 'page_state', 'note'],
  versions: ['name', 'removed'],
}

/** Applies patches to what is stored and answers how to take them back. Call inside a transaction. */
export class Documents {
  #database: Database
  #versions: VersionStore
  #palette: PaletteStore
  #shots: ShotStore

  constructor(database: Database, stores: { readonly versions: VersionStore; readonly palette: PaletteStore; readonly shots: ShotStore }) {
    this.#database = database
    this.#versions = stores.versions
    this.#palette = stores.palette
    this.#shots = stores.shots
  }

  apply(document: string, patches: readonly RecipePatch[], touched: Touched): RecipePatch[] {
    if (document === projectDocument) return patches.map((patch) => this.#setField(patch, touched)).toReversed()
    if (document === paletteDocument) {
      const { inverse, swatches } = this.#palette.change(patches)
      touched.swatches = new Set([...(touched.swatches ?? []), ...swatches])
      return inverse
    }
    if (document.startsWith(shotsPrefix)) {
      const asset = assetId.parse(document.slice(shotsPrefix.length))
      touched.clips.add(asset)
      return this.#shots.change(asset, patches)
    }
    const version = this.#versions.require(versionId.parse(document))
    const applied = applyPatches(version.recipe, patches)
    const checked = recipeSchema.safeParse(applied.document)
    if (!checked.success) {
      const issue = checked.error.issues[0]
      throw fault('bad-input', 'fault.noRecipe', 'remedy.reloadAndTry', { problem: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? '?'}` })
    }
    this.#versions.setRecipe(version.id, checked.data)
    touched.versions.add(version.id)
    touched.assets.add(version.asset)
    return applied.inverse
  }

  #setField(patch: RecipePatch, touched: Touched): RecipePatch {
    const [table, id, field] = patch.path.map(String)
    if (table === undefined || id === undefined || field === undefined || !fields[table]?.includes(field)) {
      throw fault('internal', 'fault.historyPlace', 'remedy.report', { place: patch.path.join('/') })
    }
    const row = this.#database.get(`SELECT ${field} AS value FROM ${table} WHERE id = ?`, id)
    if (!row) throw fault('bad-input', 'fault.notInProject', 'remedy.reload')
    this.#database.run(`UPDATE ${table} SET ${field} = ? WHERE id = ?`, patch.value as string | number, id)
    if (table === 'assets') touched.assets.add(assetId.parse(id))
    else {
      const version = versionId.parse(id)
      touched.versions.add(version)
      touched.assets.add(this.#versions.require(version).asset)
    }
    return { op: 'replace', path: patch.path, value: row['value'] }
  }
}

/** A patch of the project's document. */
export function setField(table: 'assets' | 'versions', id: string, field: string, value: string | number): RecipePatch {
  return { op: 'replace', path: [table, id, field], value }
}
