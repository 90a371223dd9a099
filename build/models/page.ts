// What docs/models.md says of the models in the box, drawn from their cards and from the figures beside the contact sheets.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { modelCard, type ModelCard } from '../../src/contract/models.ts'
import { repositoryRoot } from '../run.ts'

/** Figures of build/samples/sheets.mjs: CIEDE2000 of the grey copy and of each model, a drawing. */
export interface SheetFigures {
  readonly models: readonly string[]
  readonly drawings: readonly { readonly name: string; readonly sheet: 'good' | 'bad'; readonly grey: number; readonly deltaE: readonly number[] }[]
}

const sheetFile = join(repositoryRoot, 'docs/images/models-sheets.json')

/** The cards of a folder of models, those of fewer bytes first. */
export function readCards(folder: string): ModelCard[] {
  const ids = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name)
  return ids.map((id) => modelCard.parse(JSON.parse(readFileSync(join(folder, id, 'card.json'), 'utf8')))).sort((one, other) => one.bytes - other.bytes)
}

const numberOf = (card: ModelCard, name: string): number | null => {
  const value = (card.figures as Record<string, unknown>)[name]
  return typeof value === 'number' ? value : null
}

function row(card: ModelCard): string {
  const [psnr, grey, deltaE, greyDeltaE, colorful, hinted] = ['psnr', 'psnrGrey', 'ciede2000', 'ciede2000Grey', 'colorfulnessRatio', 'abErrorTenHints'].map((name) => numberOf(card, name))
  const difference = psnr == null || grey == null ? '–' : `${psnr < grey ? '−' : '+'}${Math.abs(psnr - grey).toFixed(2)} dB`
  const ratio = deltaE == null || greyDeltaE == null ? '–' : (deltaE / greyDeltaE).toFixed(3)
  const { defaults, renderFactor } = card
  const factor = renderFactor ? `${renderFactor.default} (${renderFactor.min}–${renderFactor.max})` : 'fixed'
  return `| \`${card.id}\` | ${card.task} | ${(card.bytes / 1e6).toFixed(1)} MB | ${card.licence.spdx} | ${card.inputs.some(({ role }) => role === 'hint') ? 'yes' : 'no'} | ${factor} | ${defaults.chromaScale}, ${defaults.temperature} | ${difference} | ${ratio} | ${colorful?.toFixed(2) ?? '–'} | ${hinted?.toFixed(2) ?? '–'} |`
}

/** The table of the models in the box: everything in it is from their cards. */
export function modelsTable(cards: readonly ModelCard[]): string {
  const commands = cards.flatMap(({ id, figures }) => (typeof figures?.['command'] === 'string' ? [`- \`${id}\`: \`${figures['command']}\``] : []))
  return [
    '| model | task | file | licence | hints | render factor | chroma, temperature | PSNR over grey | CIEDE2000 ÷ grey | colourfulness ÷ true | ab error ÷ grey, ten hints |',
    '|---|---|---|---|---|---|---|---|---|---|---|',
    ...cards.map(row),
    '',
    'Measured by:',
    '',
    ...commands,
  ].join('\n')
}

/** How long a run takes and how much memory, as `build/speed.ts` wrote it into the cards. */
export function speedTable(cards: readonly ModelCard[]): string {
  const measured = cards.flatMap(({ id, figures }) => {
    const speed = (figures as { speed?: { milliseconds: Record<string, number>; memoryMb: number; what: string } }).speed
    return speed ? [{ id, ...speed }] : []
  })
  const threads = Object.keys(measured[0]?.milliseconds ?? {})
  return [
    `| model | ${threads.map((count) => `${count} ${count === '1' ? 'thread' : 'threads'}, ms`).join(' | ')} | memory |`,
    `|---|${threads.map(() => '---|').join('')}---|`,
    ...measured.map(({ id, milliseconds, memoryMb }) => `| \`${id}\` | ${threads.map((count) => milliseconds[count]).join(' | ')} | ${memoryMb} MB |`),
    '',
    `${measured[0]?.what ?? 'Not measured'}; \`node build/speed.ts models/* --write\`.`,
  ].join('\n')
}

/** What the models make of each drawing, best first. */
export function sheetTable({ models, drawings }: SheetFigures, sheet: 'good' | 'bad'): string {
  const rows = drawings.filter((drawing) => drawing.sheet === sheet)
  return [`| drawing | grey copy | ${models.map((id) => `\`${id}\``).join(' | ')} |`, `|---|---|${models.map(() => '---|').join('')}`, ...rows.map(({ name, grey, deltaE }) => `| ${name} | ${grey.toFixed(1)} | ${deltaE.map((value) => value.toFixed(1)).join(' | ')} |`)].join('\n')
}

/** `text` with what stands between the marks of `part` replaced. */
function filled(text: string, part: string, content: string): string {
  const [start, end] = [`<!-- ${part}: written by build/models.ts -->`, `<!-- end of ${part} -->`]
  const [from, to] = [text.indexOf(start), text.indexOf(end)]
  if (from < 0 || to < from) throw new Error(`docs/models.md has no place for ${part}`)
  return `${text.slice(0, from)}${start}\n\n${content}\n\n${text.slice(to)}`
}

/** docs/models.md as it must read with these cards and the figures of the sheets. */
export function modelsPage(text: string, cards: readonly ModelCard[]): string {
  const figures = JSON.parse(readFileSync(sheetFile, 'utf8')) as SheetFigures
  const parts = { models: modelsTable(cards), speed: speedTable(cards), good: sheetTable(figures, 'good'), bad: sheetTable(figures, 'bad') }
  return Object.entries(parts).reduce((page, [part, content]) => filled(page, part, content), text)
}
