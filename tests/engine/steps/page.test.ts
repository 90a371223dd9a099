import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, expect, it } from 'vitest'
import { readPsd } from '../../../src/engine/pages/psd.ts'
import { drawPage } from '../../unit/core/pages/drawnPage.ts'
import { makeStudio, run, temporaryFolder } from '../studio.ts'

const folder = temporaryFolder()
const studio = makeStudio()
afterAll(async () => {
  await studio.sessions.releaseAll()
  folder.remove()
})

const page = drawPage({ gap: 4 })
const path = join(folder.path, 'page.png')
const recipe = { version: 1 as const, steps: [{ step: 'page', enabled: true, params: { hints: page.hints } }] }

async function shown(name: string, crop?: { x: number; y: number; width: number; height: number }): Promise<{ data: Buffer; width: number; height: number }> {
  await sharp(page.grey, { raw: { width: page.width, height: page.height, channels: 1 } }).png().toFile(path)
  const out = join(folder.path, name)
  await run(studio, 'render', { source: { path }, recipe, model: '', box: { width: Math.round(page.width / 2), height: Math.round(page.height / 2) }, ...(crop ? { crop } : {}), out })
  const { data, info } = await sharp(out).removeAlpha().raw().toBuffer({ resolveWithObject: true })
  return { data, width: info.width, height: info.height }
}

const near = (data: Buffer, at: number, color: number): void => {
  ;[color >> 16, (color >> 8) & 255, color & 255].forEach((value, channel) => expect(Math.abs((data[3 * at + channel] as number) - value)).toBeLessThanOrEqual(6))
}

it('a view of half the size, and a crop at full size, show the colours of the whole page', async () => {
  const view = await shown('view')
  for (const [n, hint] of page.hints.entries()) {
    if (hint.kind === 'dot') near(view.data, Math.floor(hint.y * view.height) * view.width + Math.floor(hint.x * view.width), page.colors[n + 1] as number)
  }
  const crop = { x: 0, y: 0, width: 0.5, height: 0.33 }
  const part = await shown('part', crop)
  const [sky] = page.hints
  if (sky?.kind === 'dot') near(part.data, Math.floor((sky.y / crop.height) * part.height) * part.width + Math.floor((sky.x / crop.width) * part.width), page.colors[1] as number)
})

async function exported(name: string, params: Record<string, unknown>): Promise<Buffer> {
  await sharp(page.grey, { raw: { width: page.width, height: page.height, channels: 1 } }).png().toFile(path)
  const target = join(folder.path, name)
  const exporting = { version: 1 as const, steps: [{ step: 'page', enabled: true, params }] }
  await run(studio, 'export', { source: { path }, recipe: exporting, model: '', target, format: 'png', quality: null, depth: 'same', label: false, compare: null, overwrite: false, stamp: 'test' })
  return sharp(target).removeAlpha().raw().toBuffer()
}

it('a locked panel keeps every level, whatever becomes of hints, lines and settings around it', async () => {
  const box = { x: 0.1, y: 0.1, width: 0.5, height: 0.4 }
  const before = await exported('before.png', { hints: page.hints })
  const changed = { hints: page.hints.map((hint) => ({ ...hint, color: '#102030' })), saturation: 0.5, lineOpacity: 0.4, gap: 9, closings: [[[0, 0.3], [1, 0.3]]] }
  const loose = await exported('loose.png', changed)
  const locked = await exported('locked.png', { ...changed, locks: [{ box, params: { hints: page.hints } }] })
  let moved = 0
  for (let y = 0; y < page.height; y++) {
    for (let x = 0; x < page.width; x++) {
      const isInside = x >= Math.round(box.x * page.width) && x < Math.round((box.x + box.width) * page.width) && y >= Math.round(box.y * page.height) && y < Math.round((box.y + box.height) * page.height)
      for (let at = 3 * (y * page.width + x), end = at + 3; at < end; at++) if (locked[at] !== (isInside ? before[at] : loose[at])) moved += 1
    }
  }
  expect(moved).toBe(0)
  expect(locked.equals(before)).toBe(false)
})

it('a region that is kept as paper by hand takes no colour and is not counted as open', async () => {
  const [first] = page.hints
  if (first?.kind !== 'dot') throw new Error('the drawn page begins with a dot')
  const hints = page.hints.slice(1)
  const asked = (params: Record<string, unknown>) => run(studio, 'examinePage', { source: { path }, recipe: { version: 1 as const, steps: [{ step: 'page', enabled: true, params }] }, model: '', autoHints: false, regions: null })
  const open = await asked({ hints })
  const kept = await asked({ hints, protect: [{ x: first.x, y: first.y, keep: true }] })
  expect(kept.unhinted.length).toBe(open.unhinted.length - 1)
})

it('the map of regions names them as the report does', async () => {
  const recipeOf = { version: 1 as const, steps: [{ step: 'page', enabled: true, params: {} }] }
  const out = join(folder.path, 'regions.png')
  const size = await run(studio, 'regionMap', { source: { path }, recipe: recipeOf, side: 300, out })
  expect(Math.max(size.width, size.height)).toBe(300)
  const { data } = await sharp(out).raw().toBuffer({ resolveWithObject: true })
  const report = await run(studio, 'examinePage', { source: { path }, recipe: recipeOf, model: '', autoHints: false, regions: null })
  const numbers = report.unhinted.map(({ x, y }) => {
    const at = 3 * (Math.floor(y * size.height) * size.width + Math.floor(x * size.width))
    return ((data[at] as number) << 16) | ((data[at + 1] as number) << 8) | (data[at + 2] as number)
  })
  expect(numbers).toEqual(report.unhinted.map(({ region }) => region))
})

it('layers leave as opaque as the page shows them', async () => {
  const layered = { version: 1 as const, steps: [{ step: 'page', enabled: true, params: { hints: page.hints, lineOpacity: 0.4, fillOpacity: 0.8 } }] }
  const { files } = await run(studio, 'writePageLayers', { source: { path }, recipe: layered, formats: ['psd'], stem: join(folder.path, 'faded'), swatches: [], overwrite: false, original: null })
  const { layers } = await readPsd(files[0]?.path ?? '')
  const opacities = (kind: string) => new Set(layers.filter((layer) => layer.kind === kind).map(({ opacity }) => Math.round(100 * opacity)))
  expect(opacities('line')).toEqual(new Set([40]))
  expect(opacities('flat')).toEqual(new Set([80]))
})
