import { join } from 'node:path'
import { modelCatalogue, type ModelCatalogue } from '../../contract/models.ts'
import type { Log } from '../log.ts'
import { readJson } from '../storage/json-file.ts'

export type CatalogueEntry = ModelCatalogue['models'][number]

/** What can be fetched: `catalogue.json` of every folder given; of two with one id the later wins. */
export function readCatalogue(folders: readonly string[], log: Log): Map<string, CatalogueEntry> {
  const found = new Map<string, CatalogueEntry>()
  for (const folder of folders) {
    const path = join(folder, 'catalogue.json')
    const stored = readJson(path, (why) => log('models', why))
    if (stored === undefined) continue
    const parsed = modelCatalogue.safeParse(stored)
    if (!parsed.success) {
      const issue = parsed.error.issues[0]
      log('models', `${path} was passed over (${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'unknown'})`)
      continue
    }
    for (const entry of parsed.data.models) found.set(entry.id, entry)
  }
  return found
}
