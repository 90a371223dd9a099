import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import sharp from 'sharp'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { writeArchive } from '../../../src/engine/pages/archive.ts'
import { drawPage } from '../../unit/core/pages/drawnPage.ts'
import { zipBytes } from '../pages/zipFixture.ts'
import { hourglass } from './run.ts'

let cwd: string
const at = (...parts: string[]): string => join(cwd, ...parts)
const run = (...args: string[]) => hourglass(args, { cwd })
const names = ['p1.png', 'p2.png', 'p3.png', 'p4.png']

beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'hourglass-resume-'))
  for (const [n, name] of names.entries()) {
    const { grey, width, height } = drawPage({ side: 200 + 10 * n })
    await sharp(grey, { raw: { width, height, channels: 1 } }).png().toFile(at(name))
  }
  await writeArchive(names.map((name) => ({ name, path: at(name) })), at('in.cbz'), { overwrite: false, original: null })
})
afterEach(() => rm(cwd, { recursive: true, force: true }))

const staged = async (): Promise<string[]> => (await readdir(at('.out.cbz.part', 'pages')).catch((): string[] => [])).filter((name) => names.includes(name))

describe('a chapter whose colouring was stopped', () => {
  it('goes on from the pages that are whole, equals an uninterrupted run byte for byte, and leaves nothing beside it', async () => {
    expect((await run('page', 'in.cbz', '-o', 'whole.cbz', '--layers', 'psd')).status).toBe(0)
    await hourglass(['page', 'in.cbz', '-o', 'out.cbz', '--layers', 'psd'], {
      cwd,
      during: (child) => {
        void (async () => {
          while (child.exitCode === null && (await staged()).length === 0) await sleep(5)
          child.kill('SIGKILL')
        })()
      },
    })
    expect(await stat(at('out.cbz')).catch(() => null)).toBeNull()
    const before = await staged()
    expect(before.length).toBeGreaterThan(0)
    const journal = await readFile(at('.out.cbz.part', 'journal'), 'utf8').catch(() => '')
    const again = await run('page', 'in.cbz', '-o', 'out.cbz', '--layers', 'psd', '--json')
    expect(again.status, again.out).toBe(0)
    expect(again.lines.filter(({ skipped }) => skipped === true)).toHaveLength(journal.split('\n').length - 1)
    expect(Buffer.compare(await readFile(at('out.cbz')), await readFile(at('whole.cbz')))).toBe(0)
    for (const name of names) expect(Buffer.compare(await readFile(at('out', name.replace('png', 'psd'))), await readFile(at('whole', name.replace('png', 'psd'))))).toBe(0)
    expect((await readdir(cwd)).filter((name) => name.startsWith('.'))).toEqual([])
    // Three whole runs of a chapter, beside whatever else the machine does.
  }, 240_000)

  it('teaches a chapter from one page in colour, each hint with how sure it is, and says what belongs to --teach', async () => {
    const { grey, width, height, pieces, colors } = drawPage({ side: 200 })
    const rgb = Buffer.alloc(3 * grey.length)
    grey.forEach((level, i) => [16, 8, 0].forEach((shift, channel) => (rgb[3 * i + channel] = ((((pieces[i] === 0 ? 0xffffff : (colors[pieces[i] as number] as number)) >> shift) & 255) * level) / 255)))
    await sharp(rgb, { raw: { width, height, channels: 3 } }).png().toFile(at('taught.png'))
    const { status, lines, out } = await run('page', 'p2.png', '-o', 'out.png', '--teach', 'taught.png', '--json')
    expect(status, out).toBe(0)
    const hints = lines.find(({ event }) => event === 'result')?.['autoHints'] as { confidence: number; auto: boolean }[]
    expect(hints.length).toBeGreaterThanOrEqual(18)
    expect(hints.every(({ auto, confidence }) => auto && confidence > 0 && confidence <= 1)).toBe(true)
    expect((await run('page', 'p2.png', '-o', 'x.png', '--sure', '0.5')).status).toBe(2)
  })

  it('leaves nothing of an archive that is cut short or leads outside', async () => {
    const whole = await readFile(at('in.cbz'))
    await writeFile(at('cut.cbz'), whole.subarray(0, whole.length / 2))
    await writeFile(at('outside.cbz'), zipBytes([{ name: '../../evil.png', data: Buffer.from('x') }]))
    for (const [name, code] of [['cut.cbz', 'bad-input'], ['outside.cbz', 'bad-input']] as const) {
      const { status, lines } = await run('page', name, '-o', 'out.cbz', '--json')
      expect(status).toBe(3)
      expect(lines.find(({ event }) => event === 'error')).toMatchObject({ code, message: expect.stringContaining(name) as string })
    }
    expect((await readdir(cwd)).filter((name) => name.startsWith('.') || name === 'out.cbz')).toEqual([])
  })

  it('knows an archive that is done already, and refuses one that is other work', async () => {
    expect((await run('page', 'in.cbz', '-o', 'out.cbz')).status).toBe(0)
    const again = await run('page', 'in.cbz', '-o', 'out.cbz', '--json')
    expect(again.status).toBe(0)
    expect(again.lines).toMatchObject([{ event: 'result', output: at('out.cbz'), pages: 4, skipped: true }])
    const other = await run('page', 'in.cbz', '-o', 'out.cbz', '--saturation', '0.5')
    expect(other.status).toBe(5)
    expect(other.err).toContain('not the same work')
  })

  it('passes over pages of a folder that are done, makes layers that are gone, and takes the same label map again', async () => {
    const call = ['page', 'p1.png', '--out-dir', 'colour', '--layers', 'ora,png', '--regions', 'regions.png', '--json'] as const
    for (const expected of [undefined, true]) {
      const { status, lines, out } = await run(...call)
      expect(status, out).toBe(0)
      expect(lines.find(({ event }) => event === 'result')?.['skipped']).toBe(expected)
    }
    await rm(at('colour', 'p1.ora'))
    expect((await run(...call)).status).toBe(0)
    expect((await stat(at('colour', 'p1.ora'))).size).toBeGreaterThan(0)
    await writeFile(at('regions.png'), 'mine')
    expect((await run(...call)).status).toBe(5)
    expect(await readFile(at('regions.png'), 'utf8')).toBe('mine')
  })
})
