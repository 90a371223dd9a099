import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, describe, expect, it } from 'vitest'
import type { Hint } from '../../../src/contract/hints.ts'
import type { PageParams } from '../../../src/core/steps/page.ts'
import { loadModel } from '../../../src/engine/models/cards.ts'
import { tryOut } from '../../../src/engine/models/tryOut.ts'
import { drawPage } from '../../unit/core/pages/drawnPage.ts'
import { pageCard, pageGraph, writeModel } from '../onnxGraph.ts'
import { makeStudio, run, temporaryFolder } from '../studio.ts'

const folder = temporaryFolder()
const studio = makeStudio()
afterAll(async () => {
  await studio.sessions.releaseAll()
  folder.remove()
})

const blue = [0.25, 0.5, 0.75] as const
const standIn = writeModel(join(folder.path, 'colorize-page-stand-in'), pageGraph(blue), pageCard)
const page = drawPage({ gap: 4 })
const path = join(folder.path, 'page.png')
const orange: Hint = { ...(page.hints[0] as Hint), color: '#f38c28' }

async function colored(params: Partial<PageParams>, model = standIn, grey: Uint8Array = page.grey): Promise<Buffer> {
  await sharp(grey, { raw: { width: page.width, height: page.height, channels: 1 } }).png().toFile(path)
  const out = join(folder.path, 'out.png')
  await run(studio, 'render', { source: { path }, recipe: { version: 1, steps: [{ step: 'page', enabled: true, params: { hints: [orange], ...params } }] }, model, box: { width: page.width, height: page.height }, out })
  return sharp(out).removeAlpha().raw().toBuffer()
}

/** Colour at a hint's place. */
const at = (data: Buffer, hint: Hint | undefined): number[] => {
  if (hint?.kind !== 'dot') throw new Error('a dot was drawn')
  const pixel = Math.floor(hint.y * page.height) * page.width + Math.floor(hint.x * page.width)
  return [0, 1, 2].map((channel) => data[3 * pixel + channel] as number)
}
const asBlue = blue.map((value) => Math.round(255 * value))
const between = (found: readonly number[], wanted: readonly number[], within: number): void => found.forEach((value, i) => expect(Math.abs(value - (wanted[i] as number))).toBeLessThanOrEqual(within))

describe('a page model', () => {
  it('is given the hints with their lightness, and its colours are laid on white paper', async () => {
    const data = await colored({ mode: 'model' })
    between(at(data, orange), [0xf3, 0x8c, 0x28], 2)
    between(at(data, page.hints[1]), asBlue, 2)
  })

  it('colours yellowed paper as it does white paper', async () => {
    const dim = page.grey.map((value) => Math.round(value * 0.85))
    between(at(await colored({ mode: 'model' }, standIn, dim), page.hints[1]), asBlue, 2)
  })

  it('beside flats leaves a hint’s fill its lightness, and colours what has no hint', async () => {
    const data = await colored({ mode: 'both', blend: 0 })
    expect(at(data, orange)).toEqual([0xf3, 0x8c, 0x28])
    between(at(data, page.hints[1]), asBlue, 2)
    const mixed = await colored({ mode: 'both', blend: 1, hints: [{ ...orange, color: '#808080' }] })
    expect(at(mixed, orange)[0]).toBeGreaterThan(100)
  })

  it('can be tried out like any other', async () => {
    const { ms, provider } = await tryOut(studio.sessions, await loadModel(standIn))
    expect(ms).toBeGreaterThan(0)
    expect(provider).toBe('cpu')
  })
})

describe('the bundled page model', () => {
  const bundled = join(import.meta.dirname, '../../../models/colorize-page-fast')

  it('turns white paper to a hint’s orange around it, and keeps lines dark', async () => {
    const data = await colored({ mode: 'model', hints: [orange] }, bundled)
    const [red, , blueShare] = at(data, orange) as [number, number, number]
    expect(red - blueShare).toBeGreaterThan(60)
    const darkest = page.grey.indexOf(0)
    expect(Math.max(...data.subarray(3 * darkest, 3 * darkest + 3))).toBeLessThan(40)
  })
})
