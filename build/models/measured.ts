import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Puts what was measured into a part of a model's card; what else the part holds stays. */
export function writeMeasured(folder: string, part: 'defaults' | 'figures', values: object): void {
  const file = join(folder, 'card.json')
  const card = JSON.parse(readFileSync(file, 'utf8')) as Record<string, object>
  writeFileSync(file, `${JSON.stringify({ ...card, [part]: { ...card[part], ...values } }, null, 2)}\n`)
}
