// `node build/models.ts [--golden | --page | --sheets]`: after weights in models/ were replaced or added, writes anew what the
// repository says of them: golden answers (tests/fixtures/golden), the tables of docs/models.md, its contact sheets.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { goldenFolder, goldenOf } from '../tests/engine/models/golden.ts'
import { modelsPage, readCards } from './models/page.ts'
import { repositoryRoot, runNode, say } from './run.ts'

const { values: only } = parseArgs({ options: { golden: { type: 'boolean' }, page: { type: 'boolean' }, sheets: { type: 'boolean' } } })
const all = Object.keys(only).length === 0
const models = join(repositoryRoot, 'models')
const cards = readCards(models)

if (all || only.golden) {
  mkdirSync(goldenFolder, { recursive: true })
  for (const name of readdirSync(goldenFolder)) rmSync(join(goldenFolder, name))
  for (const { id } of cards) {
    writeFileSync(join(goldenFolder, `${id}.json`), `${JSON.stringify(await goldenOf(join(models, id)))}\n`)
    say(`golden answers of ${id}`)
  }
}
// The sheets come first: the page tells what was measured on them.
if (all || only.sheets) process.exitCode = await runNode('build/samples/sheets.mjs')
if (all || only.page || only.sheets) {
  const path = join(repositoryRoot, 'docs/models.md')
  writeFileSync(path, modelsPage(readFileSync(path, 'utf8'), cards))
  say('docs/models.md')
}
