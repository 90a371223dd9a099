import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, expect, it } from 'vitest'
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
