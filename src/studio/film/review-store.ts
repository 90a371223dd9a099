import type { AssetId } from '../../contract/ids.ts'
import type { RecipePatch } from '../../contract/recipe.ts'
import { clipReview, emptyReview, type ClipReview } from '../../contract/review.ts'
import { fault } from '../../core/texts/wording.ts'
import { readColumn } from '../assets/rows.ts'
import type { Log } from '../log.ts'
import type { Database } from '../storage/database.ts'
import { applyChecked } from '../versions/checked.ts'

/** Notes, and what is compared with, of the clips of one project. */
export class ReviewStore {
  #database: Database
  #log: Log

  constructor(database: Database, log: Log) {
    this.#database = database
    this.#log = log
  }

  get(asset: AssetId): ClipReview {
    const row = this.#database.get('SELECT document FROM reviews WHERE asset = ?', asset)
    return (row && readColumn(clipReview, row['document'], `The notes of clip ${asset}`, this.#log)) ?? emptyReview
  }

  /**
   * Applies patches; call inside a transaction.
   * @returns how to take them back
   * @throws HourglassError `bad-input` where they do not make a review
   */
  change(asset: AssetId, patches: readonly RecipePatch[]): RecipePatch[] {
    const { document, inverse } = applyChecked(clipReview, this.get(asset), patches, (problem) => fault('bad-input', 'fault.noReview', 'remedy.reloadAndTry', { problem }))
    const isDoubled = new Set(document.notes.map(({ id }) => id)).size < document.notes.length
    const isBackwards = document.notes.some(({ from, to }) => to <= from)
    if (isDoubled || isBackwards) throw fault('bad-input', 'fault.noReview', 'remedy.reloadAndTry', { problem: isDoubled ? 'id' : 'to' })
    this.#database.run('INSERT INTO reviews (asset, document) VALUES (?, ?) ON CONFLICT (asset) DO UPDATE SET document = excluded.document', asset, JSON.stringify(document))
    return inverse
  }
}
