import { edit, emptyEdit, type Edit } from '../../contract/edit.ts'
import type { RecipePatch } from '../../contract/recipe.ts'
import { fault } from '../../core/texts/wording.ts'
import { readColumn } from '../assets/rows.ts'
import type { Log } from '../log.ts'
import type { Database } from '../storage/database.ts'
import { applyChecked } from '../versions/checked.ts'

/** The edit of one project. */
export class EditStore {
  #database: Database
  #log: Log

  constructor(database: Database, log: Log) {
    this.#database = database
    this.#log = log
  }

  get(): Edit {
    const row = this.#database.get('SELECT document FROM edit WHERE id = 1')
    return readColumn(edit, row?.['document'], 'The edit', this.#log) ?? emptyEdit
  }

  /**
   * Applies patches; call inside a transaction.
   * @returns how to take them back
   * @throws HourglassError `bad-input` where they do not make an edit
   */
  change(patches: readonly RecipePatch[]): RecipePatch[] {
    const refuse = (problem: string) => fault('bad-input', 'fault.noEdit', 'remedy.reloadAndTry', { problem })
    const { document, inverse } = applyChecked(edit, this.get(), patches, refuse)
    if (new Set(document.parts.map(({ id }) => id)).size < document.parts.length) throw refuse('id')
    if (document.parts.some(({ from, to }) => to <= from)) throw refuse('to')
    this.#database.run('INSERT INTO edit (id, document) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET document = excluded.document', JSON.stringify(document))
    return inverse
  }
}
