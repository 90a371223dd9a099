import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { flatten, rgbaOf, type LayeredPage } from '../../../src/engine/pages/layers.ts'
import { readOra } from '../../../src/engine/pages/ora.ts'
import { readPsd } from '../../../src/engine/pages/psd.ts'
import { drawPage } from '../../unit/core/pages/drawnPage.ts'
import { makeStudio, run, temporaryFolder } from '../studio.ts'

const folder = temporaryFolder()
const studio = makeStudio()
const page = drawPage({ gap: 4, rows: 2, side: 90 })
const { width, height } = page
const path = join(folder.path, 'page.png')
const rough = join(folder.path, 'rough.png')
beforeAll(async () => {
  await sharp(page.grey, { raw: { width, height, channels: 1 } }).png().toFile(path)
  await sharp({ create: { width: 60, height: 90, channels: 3, background: '#c08040' } }).png().toFile(rough)
})
afterAll(async () => {
  await studio.sessions.releaseAll()
  folder.remove()
})

const recipeOf = (params: Record<string, unknown>) => ({ version: 1 as const, steps: [{ step: 'page', enabled: true, params }] })

async function layersOf(stem: string, params: Record<string, unknown>): Promise<{ psd: LayeredPage; ora: LayeredPage; folder: string }> {
  const { files } = await run(studio, 'writePageLayers', { source: { path }, recipe: recipeOf(params), formats: ['psd', 'ora', 'png'], stem: join(folder.path, stem), swatches: [], overwrite: false, original: null })
  const at = (format: string): string => files.find((file) => file.format === format)?.path ?? ''
  return { psd: await readPsd(at('psd')), ora: await readOra(at('ora')), folder: at('png') }
}

/** What each pixel holds in the shown layers, from the top: name, colour, and how opaque. Groups of locked areas count as none. */
function seenAt({ layers }: LayeredPage, inside: (x: number, y: number) => boolean): string[] {
  const seen = Array.from({ length: width * height }, (): string[] => [])
  for (const layer of layers.filter(({ hidden }) => !hidden)) {
    const rgba = rgbaOf(layer)
    const name = [...layer.group.filter((group) => !group.startsWith('Locked')), layer.name].join('/')
    for (let i = 0; i < layer.width * layer.height; i++) {
      const [x, y] = [layer.left + (i % layer.width), layer.top + Math.floor(i / layer.width)]
      if (rgba[4 * i + 3] === 0 || !inside(x, y)) continue
      seen[y * width + x]?.push(`${name} ${layer.blend} ${Math.round(255 * layer.opacity)} ${rgba.subarray(4 * i, 4 * i + 4).join(',')}`)
    }
  }
  return seen.map((each) => each.sort().join(' | '))
}

const box = { x: 0.1, y: 0.1, width: 0.5, height: 0.4 }
const isLocked = (x: number, y: number): boolean => x >= Math.round(box.x * width) && x < Math.round((box.x + box.width) * width) && y >= Math.round(box.y * height) && y < Math.round((box.y + box.height) * height)
const recoloured = page.hints.map((hint) => ({ ...hint, color: '#102030' }))

const changes = {
  'other colours, gaps and lines': { hints: recoloured, saturation: 0.5, gap: 9, grow: 1, closings: [[[0, 0.3], [1, 0.3]]] },
  'layers less opaque': { hints: recoloured, lineOpacity: 0.4, fillOpacity: 0.7 },
  'a rough picture': { hints: page.hints, mode: 'both', rough },
} as const

it.each(Object.entries(changes))('a locked area keeps every level in every layer of every format, whatever comes: %s', async (name, changed) => {
  const before = await layersOf(`${name} before`, { hints: page.hints })
  const loose = await layersOf(`${name} loose`, changed)
  const after = await layersOf(`${name} after`, { ...changed, locks: [{ box, params: { hints: page.hints } }] })
  for (const format of ['psd', 'ora'] as const) {
    expect(seenAt(loose[format], isLocked)).not.toEqual(seenAt(before[format], isLocked))
    expect(seenAt(after[format], isLocked)).toEqual(seenAt(before[format], isLocked))
    const isFree = (x: number, y: number): boolean => !isLocked(x, y)
    expect(seenAt(after[format], isFree)).toEqual(seenAt(loose[format], isFree))
  }
  // The folder holds the same layers, a file each.
  expect((await readdir(after.folder)).filter((file) => file.endsWith('.png')).length).toBeGreaterThanOrEqual(after.psd.layers.length)
})

it('the layers together are the page as it is exported, locked area and all', async () => {
  const params = { hints: recoloured, fillOpacity: 0.7, locks: [{ box, params: { hints: page.hints } }] }
  const { psd } = await layersOf('together', params)
  const target = join(folder.path, 'together.png')
  await run(studio, 'export', { source: { path }, recipe: recipeOf(params), model: '', target, format: 'png', quality: null, depth: 'same', label: false, compare: null, overwrite: false })
  const [shown, picture] = [flatten(psd, [255, 255, 255]), await sharp(target).ensureAlpha().raw().toBuffer()]
  let most = 0
  for (let i = 0; i < width * height; i++) if (isLocked(i % width, Math.floor(i / width))) for (let n = 0; n < 3; n++) most = Math.max(most, Math.abs((shown[4 * i + n] as number) - (picture[4 * i + n] as number)))
  expect(most).toBeLessThanOrEqual(1)
})

it('a bubble that is kept as paper by hand stays paper in every layer', async () => {
  const [first] = page.hints
  if (first?.kind !== 'dot') throw new Error('the drawn page begins with a dot')
  const hints = page.hints.slice(1)
  const { psd } = await layersOf('kept', { hints, unhinted: 'fill', protect: [{ x: first.x, y: first.y, keep: true }] })
  const isThere = (x: number, y: number): boolean => x === Math.floor(first.x * width) && y === Math.floor(first.y * height)
  expect(seenAt(psd, isThere).filter((each) => each !== '')).toEqual(['Paper normal 255 255,255,255,255'])
})
