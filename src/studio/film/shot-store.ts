import type { AssetId } from '../../contract/ids.ts'
import type { RecipePatch } from '../../contract/recipe.ts'
import { clipShots, type ClipShots } from '../../contract/shots.ts'
import { isWhole, withVersions } from '../../core/film/shotList.ts'
import { fault } from '../../core/texts/wording.ts'
import { readColumn } from '../assets/rows.ts'
import type { Log } from '../log.ts'
import type { Database } from '../storage/database.ts'
import { applyChecked } from '../versions/checked.ts'

/** The shots of the clips of one project. */
export class ShotStore {
  #database: Database
  #log: Log

  constructor(database: Database, log: Log) {
    this.#database = database
    this.#log = log
  }

  /** null: nothing was kept of this clip's shots yet. */
  find(asset: AssetId): ClipShots | null {
    const row = this.#database.get('SELECT document FROM shots WHERE asset = ?', asset)
    return row ? readColumn(clipShots, row['document'], `The shots of clip ${asset}`, this.#log) : null
  }

  /** Keeps shots as they are, outside of history: what a clip begins with. */
  put(asset: AssetId, shots: ClipShots): void {
    this.#database.run('INSERT INTO shots (asset, document) VALUES (?, ?) ON CONFLICT (asset) DO UPDATE SET document = excluded.document', asset, JSON.stringify(shots))
  }

  /**
   * Applies patches; call inside a transaction. A shot that changed gets a new version.
   * @returns how to take them back
   * @throws HourglassError `bad-input` where they do not make shots that follow each other from start to end
   */
  change(asset: AssetId, patches: readonly RecipePatch[]): RecipePatch[] {
    const before = this.find(asset)
    if (!before) throw fault('bad-input', 'fault.notInProject', 'remedy.reload')
    const refuse = (problem: string) => fault('bad-input', 'fault.noShots', 'remedy.reloadAndTry', { problem })
    const { document, inverse } = applyChecked(clipShots, before, patches, refuse)
    if (!isWhole(document)) throw refuse('?')
    this.put(asset, withVersions(before, document))
    return inverse
  }
}
