import { mkdir, readdir, readFile, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openArchive, writeArchive } from '../../../src/engine/pages/archive.ts'
import { scratchFolder } from '../pictures/drawing.ts'
import { zipBytes, type FixtureEntry } from './zipFixture.ts'

const folder = await scratchFolder()
const at = (...parts: string[]): string => join(folder, ...parts)
const page = (name: string | Buffer, text = 'x'): FixtureEntry => ({ name, data: Buffer.from(text) })
let counter = 0
/** Opens an archive of these entries in a folder of its own, beside which nothing may appear. */
async function opened(bytes: Buffer, name = 'chapter.cbz') {
  const own = `case${counter++}`
  await mkdir(at(own))
  await writeFile(at(own, name), bytes)
  const target = at(own, 'pages')
  const result = openArchive(at(own, name), target)
  await result.catch(() => undefined)
  return { result, inside: await readdir(at(own), { recursive: true }) }
}

describe('a CBZ that is opened', () => {
  it('gives its pages in natural order, from folders inside folders, and passes over what is none', async () => {
    const entries = [page('ch/page10.png', 'ten'), page('ch/page2.PNG', 'two'), page('ch/extra/01.jpg'), page('__MACOSX/ch/._page2.png'), page('ch/Thumbs.db'), page('ch/.DS_Store'), page('ch/.hidden.png'), page('ch/'), page('ComicInfo.xml', '<ComicInfo/>'), page('inner.zip')]
    const { result, inside } = await opened(zipBytes(entries))
    const { pages, comicInfo, skipped } = await result
    expect(pages.map(({ name }) => name)).toEqual(['ch/extra/01.jpg', 'ch/page2.PNG', 'ch/page10.png'])
    expect(await Promise.all(pages.map(({ path }) => readFile(path, 'utf8')))).toEqual(['x', 'two', 'ten'])
    expect(comicInfo).toBe('<ComicInfo/>')
    expect(skipped).toContain('inner.zip')
    expect(inside.sort()).toEqual(['chapter.cbz', 'pages', join('pages', '0001.jpg'), join('pages', '0002.png'), join('pages', '0003.png')])
  })

  it('has names readable that an old program wrote in Shift-JIS', async () => {
    // 第1話.png
    const raw = Buffer.from([0x91, 0xe6, 0x31, 0x98, 0x62, 0x2e, 0x70, 0x6e, 0x67])
    const { result } = await opened(zipBytes([{ ...page(raw), flags: 0 }]))
    expect((await result).pages[0]?.name).toBe('第1話.png')
  })

  it('is refused with the reason, and leaves nothing behind, whatever is wrong with it', async () => {
    const good = zipBytes([{ ...page('1.png', 'pixels '.repeat(500)), deflate: true }, page('2.png', 'more pixels')])
    const big = Buffer.alloc(300 << 20)
    const cases: [string, Buffer, string, RegExp][] = [
      ['a path upwards', zipBytes([page('1.png'), page('../../evil.png')]), 'bad-input', /leads out of the archive/],
      ['a path upwards, Windows', zipBytes([page('1.png'), page('a\\..\\..\\evil.png')]), 'bad-input', /leads out of the archive/],
      ['an absolute path', zipBytes([page('/etc/evil.png')]), 'bad-input', /leads out of the archive/],
      ['a drive', zipBytes([page('C:\\evil.png')]), 'bad-input', /leads out of the archive/],
      ['cut off', good.subarray(0, good.length - 30), 'bad-input', /damaged/],
      ['cut in the middle', good.subarray(0, 50), 'bad-input', /damaged/],
      ['a bomb', zipBytes([{ name: '1.png', data: big, deflate: true }]), 'bad-input', /zip bomb/],
      ['more inside than it says', zipBytes([page('0.png'), { ...page('1.png', 'pixels '.repeat(500)), deflate: true, claimed: 10 }]), 'bad-input', /damaged/],
      ['a wrong checksum', zipBytes([page('0.png'), { ...page('1.png'), badSum: true }]), 'bad-input', /“1\.png”.*checksum/],
      ['a password', zipBytes([{ ...page('1.png', 'x'.repeat(20)), flags: 1, claimed: 8 }]), 'unsupported', /password/],
      ['another method', zipBytes([{ ...page('1.png'), method: 14 }]), 'unsupported', /method 14/],
      ['no pages', zipBytes([page('readme.txt')]), 'bad-input', /no page/],
      ['a RAR', Buffer.from('Rar!\x1a\x07\x01\x00 and so on'), 'unsupported', /RAR archive/],
      ['no archive', Buffer.from('\x89PNG\r\n\x1a\n and so on', 'latin1'), 'bad-input', /not a ZIP/],
      ['empty', Buffer.alloc(0), 'bad-input', /empty/],
    ]
    for (const [what, bytes, code, message] of cases) {
      const { result, inside } = await opened(bytes)
      await expect(result, what).rejects.toMatchObject({ name: 'HourglassError', code, message: expect.stringMatching(message), remedy: expect.stringMatching(/\w/) })
      expect(inside, what).toEqual(['chapter.cbz'])
    }
    expect(await readdir(folder)).not.toContain('evil.png')
  })

  it('stops when cancelled, and takes back what it had unpacked', async () => {
    await writeFile(at('many.cbz'), zipBytes(Array.from({ length: 50 }, (_, n) => page(`${n}.png`))))
    const stop = new AbortController()
    const work = openArchive(at('many.cbz'), at('many'), { signal: stop.signal, onProgress: (done) => done > 0.3 && stop.abort() })
    await expect(work).rejects.toMatchObject({ code: 'cancelled' })
    expect(await readdir(folder)).not.toContain('many')
  })

  it('is not unpacked over files that are there', async () => {
    await mkdir(at('full'))
    await writeFile(at('full', 'mine.txt'), 'mine')
    await writeFile(at('one.cbz'), zipBytes([page('1.png')]))
    await expect(openArchive(at('one.cbz'), at('full'))).rejects.toMatchObject({ code: 'not-writable' })
    expect(await readdir(at('full'))).toEqual(['mine.txt'])
  })
})

describe('a CBZ that is written', () => {
  it('holds the pages as they are, and the same pages give the same bytes at any time', async () => {
    await writeFile(at('a.png'), 'first')
    await writeFile(at('b.png'), 'second')
    const pages = [{ name: '第1話/1.png', path: at('a.png') }, { name: '第1話/2.png', path: at('b.png') }]
    const fresh = { overwrite: false, original: null, comicInfo: '<ComicInfo/>' }
    await writeArchive(pages, at('out.cbz'), fresh)
    await utimes(at('a.png'), 1000, 1000)
    await writeArchive(pages, at('again.cbz'), fresh)
    expect(Buffer.compare(await readFile(at('out.cbz')), await readFile(at('again.cbz')))).toBe(0)
    const back = await openArchive(at('out.cbz'), at('back'))
    expect(back.pages.map(({ name }) => name)).toEqual(['第1話/1.png', '第1話/2.png'])
    expect(await Promise.all(back.pages.map(({ path }) => readFile(path, 'utf8')))).toEqual(['first', 'second'])
    expect(back.comicInfo).toBe('<ComicInfo/>')
  })

  it('tells sizes before contents, so that programs which read from the front can read it', async () => {
    await writeFile(at('c.png'), 'third')
    await writeArchive([{ name: 'c.png', path: at('c.png') }], at('front.cbz'), { overwrite: false, original: null })
    const bytes = await readFile(at('front.cbz'))
    expect(bytes.readUInt16LE(6) & 8).toBe(0)
    expect(bytes.readUInt32LE(18)).toBe(5)
  })

  it('is not written at all where a page is missing or two have one name', async () => {
    const fresh = { overwrite: false, original: null }
    await writeFile(at('d.png'), 'x')
    await expect(writeArchive([{ name: '1.png', path: at('d.png') }, { name: '2.png', path: at('gone.png') }], at('no.cbz'), fresh)).rejects.toMatchObject({ name: 'HourglassError' })
    await expect(writeArchive([{ name: 'a.png', path: at('d.png') }, { name: 'A.png', path: at('d.png') }], at('no.cbz'), fresh)).rejects.toMatchObject({ code: 'bad-input' })
    await expect(writeArchive([{ name: '../a.png', path: at('d.png') }], at('no.cbz'), fresh)).rejects.toMatchObject({ code: 'bad-input' })
    expect((await readdir(folder)).filter((name) => name.startsWith('no.cbz') || name.endsWith('.tmp'))).toEqual([])
  })
})
