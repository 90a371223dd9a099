import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Hint } from '../../../src/contract/hints.ts'
import { drawPage, type DrawnPage } from '../../unit/core/pages/drawnPage.ts'
import { makeStudio, run, temporaryFolder } from '../studio.ts'

const folder = temporaryFolder()
const studio = makeStudio()
const at = (name: string): string => join(folder.path, name)
/** The same three things in every panel, so that every page tells the same. */
const palette = ['#9fc4e8', '#7fae5a', '#f0c8a0'] as const
const names = ['sky', 'ground', 'face'] as const
const first = drawPage({ columns: 2, rows: 2, gap: 2 })
const second = drawPage({ columns: 2, rows: 3, side: 260, gap: 3 })
const taught: Hint[] = first.hints.map((hint, n) => ({ ...hint, color: palette[n % 3] as string, name: names[n % 3] as string, swatch: `s${n % 3}` }))

async function write(page: DrawnPage, name: string, colored: boolean): Promise<void> {
  const rgb = Buffer.alloc(3 * page.grey.length)
  page.grey.forEach((level, i) => {
    const piece = page.pieces[i] as number
    const color = colored && piece > 0 ? Number.parseInt((palette[(piece - 1) % 3] as string).slice(1), 16) : 0xffffff
    for (let channel = 0; channel < 3; channel++) rgb[3 * i + channel] = (((color >> (16 - 8 * channel)) & 255) * level) / 255
  })
  await sharp(rgb, { raw: { width: page.width, height: page.height, channels: 3 } }).png().toFile(at(name))
}
beforeAll(async () => {
  await write(first, 'first.png', false)
  await write(first, 'first-colour.png', true)
  await write(second, 'second.png', false)
})
afterAll(async () => {
  await studio.sessions.releaseAll()
  folder.remove()
})

const recipe = (hints: readonly Hint[] = []) => ({ version: 1 as const, steps: [{ step: 'page', enabled: true, params: { hints } }] })
const pieceAt = (page: DrawnPage, { x, y }: { x: number; y: number }): number => page.pieces[Math.floor(y * page.height) * page.width + Math.floor(x * page.width)] as number
const near = (one: string, other: string): boolean => [1, 3, 5].every((at) => Math.abs(Number.parseInt(one.slice(at, at + 2), 16) - Number.parseInt(other.slice(at, at + 2), 16)) <= 3)
const exemplars = { hints: { lines: at('first.png'), colors: null, hints: taught }, picture: { lines: null, colors: at('first-colour.png'), hints: [] }, both: { lines: at('first.png'), colors: at('first-colour.png'), hints: [] } }

describe('a page that another was taught from', () => {
  it.each(Object.entries(exemplars))('gets its colours in the right regions, as hints that can be edited, with how sure each is: by %s', async (_, exemplar) => {
    const { autoHints } = await run(studio, 'examinePage', { source: { path: at('second.png') }, recipe: recipe(), model: '', teach: { exemplars: [exemplar], least: 0 } })
    expect(autoHints.length).toBeGreaterThanOrEqual(18)
    const right = autoHints.filter((hint) => hint.kind === 'dot' && near(hint.color, palette[(pieceAt(second, hint) - 1) % 3] as string))
    expect(right.length / autoHints.length).toBeGreaterThanOrEqual(0.9)
    for (const { confidence, auto } of autoHints) {
      expect(auto).toBe(true)
      expect(confidence).toBeGreaterThan(0)
      expect(confidence).toBeLessThanOrEqual(1)
    }
    if (exemplar.hints.length > 0) expect(right.every(({ name, swatch }) => swatch === `s${names.indexOf(name as 'sky')}`)).toBe(true)
  })

  it('leaves open what is less sure than asked, and what has a hint already', async () => {
    const [own] = second.hints
    const some = await run(studio, 'examinePage', { source: { path: at('second.png') }, recipe: recipe(own ? [own] : []), model: '', teach: { exemplars: [exemplars.hints], least: 0 } })
    expect(some.autoHints.some((hint) => hint.kind === 'dot' && pieceAt(second, hint) === 1)).toBe(false)
    const none = await run(studio, 'examinePage', { source: { path: at('second.png') }, recipe: recipe(), model: '', teach: { exemplars: [exemplars.hints], least: 1 } })
    expect(none.autoHints).toEqual([])
  })
})

describe('colours for a point', () => {
  it('are suggested by coloured pages, the surest first, and by like regions of the page itself', async () => {
    const [sky] = second.hints
    if (sky?.kind !== 'dot') throw new Error('the first hint is a dot')
    const place = { x: sky.x, y: sky.y }
    const { colors } = await run(studio, 'suggestColors', { source: { path: at('second.png') }, recipe: recipe(), ...place, exemplars: [exemplars.hints] })
    expect(colors[0]).toMatchObject({ color: '#9fc4e8', name: 'sky', swatch: 's0' })
    expect(colors.map(({ confidence }) => confidence)).toEqual(colors.map(({ confidence }) => confidence).toSorted((a, b) => b - a))
    const other = second.hints.slice(3).map((hint, n) => ({ ...hint, color: palette[n % 3] as string }))
    expect((await run(studio, 'suggestColors', { source: { path: at('second.png') }, recipe: recipe(other), ...place, exemplars: [] })).colors[0]?.color).toBe('#9fc4e8')
    expect((await run(studio, 'suggestColors', { source: { path: at('second.png') }, recipe: recipe(), ...place, exemplars: [] })).colors).toEqual([])
  })

  it('are as many as there is room for, not those of the likest regions alone', async () => {
    const [here, ...others] = second.hints
    if (here?.kind !== 'dot') throw new Error('the first hint is a dot')
    const hints = others.slice(0, 12).map((hint, n) => ({ ...hint, color: `#${(0x102030 + n * 0x0f0a05).toString(16).padStart(6, '0')}` }))
    const { colors } = await run(studio, 'suggestColors', { source: { path: at('second.png') }, recipe: recipe(hints), x: here.x, y: here.y, exemplars: [], most: 9 })
    expect(new Set(colors.map(({ color }) => color)).size).toBe(9)
  })
})
