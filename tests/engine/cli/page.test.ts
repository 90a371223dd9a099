import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { drawBubble, drawPage, type DrawnPage } from '../../unit/core/pages/drawnPage.ts'
import { hourglass } from './run.ts'

let cwd: string
let page: DrawnPage
const at = (name: string): string => join(cwd, name)

beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'hourglass-page-'))
  page = drawPage({ gap: 4, side: 260 })
  drawBubble(page, 16 + 205, 16 + 45, 46, 34)
  await write('page.png', page.grey, page.width, page.height)
  await writeFile(at('page.hints.json'), JSON.stringify({ version: 1, size: [page.width, page.height], hints: page.hints }))
})
afterEach(() => rm(cwd, { recursive: true, force: true }))

async function write(name: string, grey: Uint8Array, width: number, height: number): Promise<void> {
  await sharp(grey, { raw: { width, height, channels: 1 } }).png().toFile(at(name))
}
async function rgbOf(name: string): Promise<Uint8Array> {
  return new Uint8Array(await sharp(at(name)).toColourspace('srgb').removeAlpha().raw().toBuffer())
}
const result = (lines: readonly Record<string, unknown>[]): Record<string, unknown> => lines.find(({ event }) => event === 'result') ?? {}

describe('hourglass page', () => {
  it('colours a page from hints without a network, keeps bubbles, tells what it found, and gives the same bytes again', async () => {
    const args = ['page', at('page.png'), '--hints', at('page.hints.json'), '--json']
    const first = await hourglass([...args, '-o', at('a.png'), '--regions', at('regions.png')], { cwd })
    expect(first.status, first.err).toBe(0)
    expect(result(first.lines)).toMatchObject({ width: page.width, height: page.height, model: null, panels: 6, bubbles: 1, hints: 18, leaks: 0 })
    expect((await hourglass([...args, '-o', at('b.png')], { cwd })).status).toBe(0)
    expect(await readFile(at('b.png'))).toEqual(await readFile(at('a.png')))
    expect((await readFile(at('a.png'))).includes('compositeWithTrainedAlgorithmicMedia')).toBe(false)

    const rgb = await rgbOf('a.png')
    const [sky] = page.hints
    const place = sky?.kind === 'dot' ? Math.floor(sky.y * page.height) * page.width + Math.floor(sky.x * page.width) : 0
    expect(`#${Buffer.from(rgb.subarray(3 * place, 3 * place + 3)).toString('hex')}`).toBe(sky?.color)
    for (let y = 16 + 45 - 28; y < 16 + 45 + 28; y++) {
      const i = y * page.width + 16 + 205
      expect(Math.abs((rgb[3 * i] as number) - (page.grey[i] as number))).toBeLessThanOrEqual(1)
    }

    const labels = await sharp(at('regions.png')).metadata()
    expect(labels).toMatchObject({ width: page.width, height: page.height, depth: 'ushort', channels: 1 })
  })

  it('places hints of its own from a rough picture of another size', async () => {
    const rough = new Uint8Array(3 * page.pieces.length)
    page.pieces.forEach((piece, i) => {
      const color = piece === 0 ? 0xffffff : (page.colors[piece] as number)
      rough.set([color >> 16, (color >> 8) & 255, color & 255], 3 * i)
    })
    await sharp(rough, { raw: { width: page.width, height: page.height, channels: 3 } }).resize({ width: Math.round(page.width / 2) }).jpeg({ quality: 90 }).toFile(at('rough.jpg'))
    const ran = await hourglass(['page', at('page.png'), '-o', at('auto.png'), '--auto-hints', '--rough', at('rough.jpg'), '--json'], { cwd })
    expect(ran.status, ran.err).toBe(0)
    const hints = result(ran.lines)['autoHints'] as { auto?: boolean; color: string }[]
    expect(hints.length).toBeGreaterThanOrEqual(18)
    expect(hints.every(({ auto }) => auto === true)).toBe(true)
    expect(new Set(hints.map(({ color }) => color)).size).toBeLessThanOrEqual(13)
    const rgb = await rgbOf('auto.png')
    const white = [...page.pieces.keys()].filter((i) => page.pieces[i] !== 0 && (page.grey[i] as number) > 250 && rgb[3 * i] === 255 && rgb[3 * i + 1] === 255 && rgb[3 * i + 2] === 255)
    // The bubble alone is left white.
    expect(white.length / page.pieces.length).toBeLessThan(0.03)
  })

  it('says what to do where the page model is missing, and that hints of a page of another shape may sit off', async () => {
    const missing = await hourglass(['page', at('page.png'), '-o', at('m.png'), '--mode', 'model', '--model', 'colorize-page-gone', '--json'], { cwd })
    expect(missing.status).toBe(4)
    expect(missing.lines[0]).toMatchObject({ event: 'error', code: 'missing-model', message: expect.stringContaining('colorize-page-gone') as string })
    await writeFile(at('wide.hints.json'), JSON.stringify({ version: 1, size: [4000, 1000], hints: page.hints }))
    const ran = await hourglass(['page', at('page.png'), '-o', at('w.png'), '--hints', at('wide.hints.json'), '--json'], { cwd })
    expect(ran.status).toBe(0)
    expect(JSON.stringify(result(ran.lines)['notes'])).toContain('hints-shape')
  })

  it('takes a page of one pixel, writes lines alone, and refuses a label map over the page', async () => {
    await write('dot.png', Uint8Array.of(255), 1, 1)
    expect((await hourglass(['page', at('dot.png'), '-o', at('dot-out.png'), '--hints', at('page.hints.json')], { cwd })).status).toBe(0)
    expect((await hourglass(['page', at('page.png'), '-o', at('lines.png'), '--lines-only'], { cwd })).status).toBe(0)
    const lines = await rgbOf('lines.png')
    page.grey.forEach((level, i) => {
      if (level === 0 || level === 255) expect(lines[3 * i]).toBe(level)
    })
    const before = await readFile(at('page.png'))
    const refused = await hourglass(['page', at('page.png'), '-o', at('x.png'), '--regions', at('page.png'), '--overwrite'], { cwd })
    expect(refused.status).toBe(5)
    expect(await readFile(at('page.png'))).toEqual(before)
  })
})
