import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openArchive, writeArchive } from '../../../src/engine/pages/archive.ts'
import { readDocument } from '../../../src/engine/pages/documents.ts'
import { hourglass } from './run.ts'

let cwd: string
beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'hourglass-cli-'))
})
afterEach(() => rm(cwd, { recursive: true, force: true }))

const at = (...parts: string[]): string => join(cwd, ...parts)
const run = (...args: string[]) => hourglass(args, { cwd })
const fresh = { overwrite: false, original: null }

/** A white page with a black box in its middle, 120 × 160. */
async function drawPage(file: string): Promise<void> {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="120" height="160"><rect width="120" height="160" fill="#fff"/><rect x="30" y="40" width="60" height="80" fill="none" stroke="#000" stroke-width="4"/></svg>'
  await sharp(Buffer.from(svg)).flatten().png().withMetadata({ density: 600 }).toFile(file)
}
const middle = async (file: string): Promise<number[]> => {
  const { data, info } = await sharp(file).toColourspace('srgb').removeAlpha().raw().toBuffer({ resolveWithObject: true })
  return [...data.subarray(3 * (80 * info.width + 60), 3 * (80 * info.width + 60) + 3)]
}
const orange = [[0.5, 0.5, 224, 122, 95]]

describe('hourglass page with files of pages', () => {
  it('colours a CBZ into a CBZ, its pages in their order and with their names, the same bytes each time', async () => {
    await drawPage(at('p.png'))
    await writeArchive([{ name: 'ch/page2.png', path: at('p.png') }, { name: 'ch/page10.png', path: at('p.png') }], at('in.cbz'), fresh)
    await writeFile(at('points.json'), JSON.stringify(orange))
    for (const name of ['out.cbz', 'again.cbz']) expect((await run('page', 'in.cbz', '-o', name, '--no-label')).status).toBe(0)
    const { pages } = await openArchive(at('out.cbz'), at('out'))
    expect(pages.map(({ name }) => name)).toEqual(['ch/page2.png', 'ch/page10.png'])
    expect(Buffer.compare(await readFile(at('out.cbz')), await readFile(at('again.cbz')))).toBe(0)
    expect((await readdir(cwd)).filter((name) => name.endsWith('.tmp'))).toEqual([])
    const told = await run('page', 'in.cbz', '-o', 'out.cbz', '--overwrite', '--json')
    expect(told.lines.filter(({ event }) => event === 'result').map(({ output }) => output)).toContain(at('out.cbz/ch/page2.png'))
    expect((await run('page', 'in.cbz', '-o', 'in.cbz', '--overwrite')).status).not.toBe(0)
  })

  it('takes hints from Style2Paints and from a hint picture, and writes the layers that are asked for', async () => {
    await drawPage(at('p.png'))
    await writeFile(at('points.json'), JSON.stringify(orange))
    await sharp({ create: { width: 120, height: 160, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } })
      .composite([{ input: { create: { width: 5, height: 5, channels: 4, background: '#e07a5f' } }, left: 58, top: 78 }])
      .png()
      .toFile(at('hints.png'))
    for (const hints of ['points.json', 'hints.png']) {
      const { status, lines } = await run('page', 'p.png', '-o', `${hints}.out.png`, '--hints', hints, '--layers', 'psd,ora', '--json')
      expect(status).toBe(0)
      expect(lines.find(({ event }) => event === 'result')).toMatchObject({ hints: 1, layers: [at(`${hints}.out.psd`), at(`${hints}.out.ora`)] })
      expect(await middle(at(`${hints}.out.png`))).toEqual([224, 122, 95])
      const document = await readDocument(at(`${hints}.out.psd`))
      expect(document.dpi).toBe(600)
      expect(document.layers.filter(({ kind }) => kind === 'flat')).toMatchObject([{ name: '#e07a5f' }])
    }
    await sharp({ create: { width: 120, height: 160, channels: 3, background: '#888888' } }).png().toFile(at('photo.png'))
    const refused = await run('page', 'p.png', '-o', 'x.png', '--hints', 'photo.png')
    expect(refused.status).not.toBe(0)
    expect(refused.err).toContain('not a hint picture')
  })

  it('colours a PSD into a PSD, its flats named and grouped by the palette, whose colours named hints take', async () => {
    await drawPage(at('p.png'))
    expect((await run('page', 'p.png', '-o', 'first.psd')).status).toBe(0)
    await writeFile(at('c.json'), JSON.stringify({ swatches: [{ name: '髪', color: '#336699', group: 'アキラ' }] }))
    await writeFile(at('h.hints.json'), JSON.stringify({ version: 1, size: [120, 160], hints: [{ kind: 'dot', x: 0.5, y: 0.5, color: '#ffffff', name: '髪' }] }))
    const { status, err } = await run('page', 'first.psd', '-o', 'second.psd', '--hints', 'h.hints.json', '--palette', 'c.json')
    expect(err).not.toContain('→ ')
    expect(status).toBe(0)
    const { layers } = await readDocument(at('second.psd'))
    expect(layers.filter(({ kind }) => kind === 'flat')).toMatchObject([{ name: '髪', group: ['Flats', 'アキラ'] }])
  })

  it('tells a damaged archive and an unknown format of layers for what they are', async () => {
    await writeFile(at('bad.cbz'), 'PK\u0003\u0004 cut')
    const bad = await run('page', 'bad.cbz', '--out-dir', 'out')
    expect(bad.status).toBe(3)
    expect(bad.err).toContain('damaged')
    await drawPage(at('p.png'))
    const wrong = await run('page', 'p.png', '-o', 'x.png', '--layers', 'kra')
    expect(wrong.status).toBe(2)
    expect(wrong.err).toContain('kra')
  })
})
