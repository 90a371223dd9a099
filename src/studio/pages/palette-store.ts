import { emptyPalette, palette as paletteSchema, type Palette, type Swatch } from '../../contract/pages.ts'
import type { RecipePatch } from '../../contract/recipe.ts'
import { fault } from '../../core/texts/wording.ts'
import { readColumn } from '../assets/rows.ts'
import type { Log } from '../log.ts'
import type { Database } from '../storage/database.ts'
import { applyChecked } from '../versions/checked.ts'

/** What hints see of a swatch: its colours. */
const look = ({ color, scenes }: Swatch): string => JSON.stringify([color, Object.entries(scenes).sort()])

/** Ids of swatches whose colours differ between two palettes, those of one alone among them. */
function changedSwatches(before: Palette, after: Palette): Set<string> {
  const old = new Map(before.swatches.map((swatch) => [swatch.id, look(swatch)]))
  const changed = new Set(after.swatches.filter((swatch) => old.get(swatch.id) !== look(swatch)).map((swatch) => swatch.id))
  const left = new Set(after.swatches.map((swatch) => swatch.id))
  for (const id of old.keys()) if (!left.has(id)) changed.add(id)
  return changed
}

/** The palette of one project. */
export class PaletteStore {
  #database: Database
  #log: Log

  constructor(database: Database, log: Log) {
    this.#database = database
    this.#log = log
  }

  get(): Palette {
    const row = this.#database.get('SELECT document FROM palette WHERE id = 1')
    return readColumn(paletteSchema, row?.['document'], 'The palette', this.#log) ?? emptyPalette
  }

  /**
   * Applies patches; call inside a transaction.
   * @returns how to take them back, and the swatches whose colours changed
   * @throws HourglassError `bad-input` where they do not make a palette
   */
  change(patches: readonly RecipePatch[]): { inverse: RecipePatch[]; swatches: Set<string> } {
    const before = this.get()
    const { document, inverse } = applyChecked(paletteSchema, before, patches, (problem) => fault('bad-input', 'fault.noPalette', 'remedy.reloadAndTry', { problem }))
    const ids = document.swatches.map((swatch) => swatch.id)
    if (new Set(ids).size < ids.length) throw fault('bad-input', 'fault.swatchTwice', 'remedy.reloadAndTry')
    this.#database.run('INSERT INTO palette (id, document) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET document = excluded.document', JSON.stringify(document))
    return { inverse, swatches: changedSwatches(before, document) }
  }
}
