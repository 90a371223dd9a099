import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { modelsPage, modelsTable, readCards, sheetTable } from '../../../build/models/page.ts'

const root = join(import.meta.dirname, '../../..')
const page = readFileSync(join(root, 'docs/models.md'), 'utf8')
const cards = readCards(join(root, 'models'))

describe('docs/models.md', () => {
  it('says of the models in the box what their cards say (else: node build/models.ts --page)', () => {
    expect(modelsPage(page, cards)).toBe(page)
    for (const { id } of cards) expect(page).toContain(`| \`${id}\` |`)
  })

  it('shows pictures that are there', () => {
    for (const [, image] of page.matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)) expect(existsSync(join(root, 'docs', image as string))).toBe(true)
  })
})

describe('the tables', () => {
  const [card] = cards
  if (!card) throw new Error('there are models in the box')

  it('give a loss against the grey copy its sign, and a dash for what no card says', () => {
    const worse = { ...card, figures: { psnr: 22, psnrGrey: 22.5 } }
    const row = modelsTable([worse]).split('\n')[2]
    expect(row).toContain('| −0.50 dB | – | – | – |')
  })

  it('hold the drawings of one sheet alone', () => {
    const figures = { models: ['one'], drawings: [{ name: 'a lake', sheet: 'good' as const, grey: 9, deltaE: [7.25] }, { name: 'a coat', sheet: 'bad' as const, grey: 8, deltaE: [9] }] }
    expect(sheetTable(figures, 'bad')).toContain('| a coat | 8.0 | 9.0 |')
    expect(sheetTable(figures, 'bad')).not.toContain('lake')
  })
})
