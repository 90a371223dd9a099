import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import type { Hint } from '../../../src/contract/hints.ts'
import { writeHintsJson, writeStyle2PaintsJson } from '../../../src/core/pages/files/hintFiles.ts'
import { hintPictureSize, readHints, writeHintPng } from '../../../src/engine/pages/hintPng.ts'
import { scratchFolder } from '../pictures/drawing.ts'

const folder = await scratchFolder()
const at = (name: string): string => join(folder, name)
const page = { width: 1200, height: 1700 }
const dot = (x: number, y: number, color: string, more: Partial<Hint> = {}): Hint => ({ kind: 'dot', x, y, color, radius: 0.006, ...more }) as Hint
const read = async (name: string, content: string | Uint8Array) => {
  await writeFile(at(name), content)
  return readHints(at(name), page, name)
}

describe('hints of Style2Paints', () => {
  it('of V4.5 count y from the bottom and come with their colours; light marks are left out and told', async () => {
    const { hints, notes } = await read('points.json', '[[0.25,0.9,255,0,16],[0.5,0.5,0,233,1],[0.5,0.4,1,233,0]]')
    expect(hints).toEqual([expect.objectContaining({ kind: 'dot', x: 0.25, color: '#ff0010' })])
    expect((hints[0] as { y: number }).y).toBeCloseTo(0.1)
    expect(notes.map(({ message }) => message).join()).toMatch(/Light and shadow marks.*2/)
  })

  it('of V3 tell anchors from exact points, bare or inside its options, and go back as they were', async () => {
    const points = [[0.25, 0.75, 10, 20, 30, 0], [0.5, 0.125, 200, 100, 0, 2]]
    for (const text of [JSON.stringify(points), JSON.stringify({ alpha: 0, method: 'colorization', points })]) {
      const { hints } = await read('v3.json', text)
      expect(hints.map(({ name }) => name)).toEqual(['anchor', undefined])
      expect(JSON.parse(Buffer.from(writeStyle2PaintsJson(hints, page, '3').bytes).toString())).toEqual(points)
    }
  })

  it('go out without those that keep the paper, and never as one of its marks', () => {
    const hints = [dot(0.5, 0.25, '#00e901'), dot(0.1, 0.1, '#ffffff', { empty: true }), dot(0.2, 0.2, '#123456', { hidden: true })]
    const { bytes, notes } = writeStyle2PaintsJson(hints, page, '4.5')
    expect(JSON.parse(Buffer.from(bytes).toString())).toEqual([[0.5, 0.75, 0, 232, 1]])
    expect(notes.map(({ message }) => message).join()).toMatch(/keep the paper.*1/)
  })

  it('stand along a stroke at even steps', () => {
    const stroke: Hint = { kind: 'stroke', points: [[0.1, 0.5, 1], [0.9, 0.5, 1]], color: '#ff0000', radius: 0.004 }
    const points = JSON.parse(Buffer.from(writeStyle2PaintsJson([stroke], page, '4.5').bytes).toString()) as number[][]
    // 0.8 of the width, in steps of 2 % of the height.
    expect(points).toHaveLength(1 + Math.floor((0.8 * 1200) / (0.02 * 1700)))
    const steps = points.slice(1).map(([x = 0], n) => x - (points[n]?.[0] ?? 0))
    expect(Math.max(...steps) - Math.min(...steps)).toBeLessThan(1e-5)
  })

  it('with numbers missing, off the page or beyond 255 are refused by their place', async () => {
    for (const [text, message] of [['[[0.1,0.2,1,2,3],[0.1,0.2,3]]', /point 2 is not five/], ['[[1.5,0.2,1,2,3]]', /point 1 lies outside/], ['[[0.5,0.2,1,2,300]]', /point 1 has a colour/], ['{"a":', /not JSON/], ['{"version":1}', /size/]] as const) {
      await expect(read('bad.json', text)).rejects.toMatchObject({ code: 'bad-input', message: expect.stringMatching(message) })
    }
  })
})

describe('our own hints', () => {
  it('come back as they were written, with a word where they were placed on a page of another shape', async () => {
    const hints = [dot(0.25, 0.5, '#2f6d3a', { name: '外套', swatch: 's1' }), { kind: 'stroke', points: [[0.1, 0.2, 0.5]], color: '#e07a5f', radius: 0.004 } as Hint]
    const same = await read('a.hints.json', writeHintsJson({ version: 1, size: [600, 850], hints }))
    expect(same).toEqual({ hints, notes: [] })
    const other = await read('b.hints.json', writeHintsJson({ version: 1, size: [1700, 1200], hints }))
    expect(other.notes.map(({ message }) => message).join()).toContain('another shape')
  })
})

describe('a hint picture', () => {
  it('gives every hint back at its place, in its colour, at the size of the page or smaller', async () => {
    const hints = [dot(0.25, 0.25, '#ff0010'), dot(0.5, 0.75, '#00a0ff'), dot(0.999, 0.001, '#000000'), dot(0.3, 0.3, '#ffffff', { empty: true })]
    await writeHintPng(hints, { width: 2400, height: 3400 }, at('hints.png'), { overwrite: false, original: null })
    expect(await sharp(at('hints.png')).metadata()).toMatchObject({ ...hintPictureSize({ width: 2400, height: 3400 }), hasAlpha: true })
    const { hints: back, notes } = await readHints(at('hints.png'), page, 'hints.png')
    expect(notes).toEqual([])
    expect(back.map(({ color }) => color).sort()).toEqual(['#000000', '#00a0ff', '#ff0010'])
    for (const hint of back) {
      const from = hints.find(({ color, empty }) => color === hint.color && !empty) as { x: number; y: number }
      expect(Math.hypot((hint as { x: number }).x - from.x, (hint as { y: number }).y - from.y)).toBeLessThan(0.003)
    }
  })

  it('of spots that touch, are bent or have soft edges gives one hint each, inside the spot', async () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100"><path d="M20 80 V20 H60" fill="none" stroke="#c02020" stroke-width="9"/><rect x="100" y="20" width="20" height="20" fill="#2040c0"/><rect x="120" y="20" width="20" height="20" fill="#20c040"/></svg>'
    await sharp(Buffer.from(svg)).png().toFile(at('spots.png'))
    const { hints } = await readHints(at('spots.png'), { width: 200, height: 100 }, 'spots.png')
    const { data } = await sharp(at('spots.png')).raw().toBuffer({ resolveWithObject: true })
    for (const color of ['#c02020', '#2040c0', '#20c040']) {
      const found = hints.filter((hint) => hint.color === color) as { x: number; y: number }[]
      expect(found, color).toHaveLength(1)
      const i = 4 * (Math.floor((found[0]?.y ?? 0) * 100) * 200 + Math.floor((found[0]?.x ?? 0) * 200))
      expect([...data.subarray(i, i + 4)]).toEqual([1, 3, 5].map((n) => Number.parseInt(color.slice(n, n + 2), 16)).concat(255))
    }
  })

  it('that is a photograph, a finished page or empty is refused in clear words', async () => {
    const noise = Buffer.from(Uint8Array.from({ length: 3 * 64 * 64 }, (_, n) => (n * 2654435761) >>> 24))
    await sharp(noise, { raw: { width: 64, height: 64, channels: 3 } }).jpeg().toFile(at('photo.jpg'))
    await sharp(noise, { raw: { width: 64, height: 64, channels: 3 } }).png().toFile(at('photo.png'))
    await sharp({ create: { width: 64, height: 64, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } }).png().toFile(at('empty.png'))
    const half = Buffer.alloc(4 * 64 * 64)
    for (let i = 0; i < 64 * 64; i++) half.set([i & 255, 1, 1, i % 4 === 0 ? 0 : 255], 4 * i)
    await sharp(half, { raw: { width: 64, height: 64, channels: 4 } }).png().toFile(at('half.png'))
    for (const [name, message] of [['photo.jpg', /no transparency, like a photograph/], ['photo.png', /no transparency, like a photograph/], ['empty.png', /it is empty/], ['half.png', /cover 75 %/]] as const) {
      await expect(readHints(at(name), page, name), name).rejects.toMatchObject({ code: 'bad-input', message: expect.stringMatching(message), remedy: expect.stringContaining('transparent PNG') })
    }
  })
})
