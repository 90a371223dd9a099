import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, expect, it } from 'vitest'
import { rgbaOf, type LayeredPage } from '../../../src/engine/pages/layers.ts'
import { readPsd } from '../../../src/engine/pages/psd.ts'
import { drawPage } from '../../unit/core/pages/drawnPage.ts'
import { makeStudio, run, temporaryFolder } from '../studio.ts'
import { layerNamed } from './drawing.ts'

const folder = temporaryFolder()
const studio = makeStudio()
afterAll(async () => {
  await studio.sessions.releaseAll()
  folder.remove()
})

/** How opaque a layer is at a pixel of the page. */
function opacityAt(page: LayeredPage, name: string, x: number, y: number): number {
  const layer = layerNamed(page, name)
  const [u, v] = [x - layer.left, y - layer.top]
  return u < 0 || v < 0 || u >= layer.width || v >= layer.height ? 0 : (rgbaOf(layer)[4 * (v * layer.width + u) + 3] as number)
}

it('a page that is looked at through its tones leaves in layers with its lines in one and its dots in another', async () => {
  const page = drawPage({ columns: 1, rows: 1, side: 240 })
  const { width, height, grey } = page
  const dots: [number, number][] = []
  for (let y = 30; y < 100; y += 8) {
    for (let x = 30; x < 240; x += 8) {
      if (page.pieces[y * width + x] !== 1 || grey.subarray(y * width + x - 8, y * width + x + 9).some((level) => level < 255)) continue
      dots.push([x, y])
      for (let v = -1; v <= 1; v++) for (let u = -1; u <= 1; u++) grey[(y + v) * width + x + u] = 0
    }
  }
  const path = join(folder.path, 'toned.png')
  await sharp(grey, { raw: { width, height, channels: 1 } }).png().toFile(path)
  const recipe = { version: 1 as const, steps: [{ step: 'page', enabled: true, params: { hints: page.hints, toneSize: 8 } }] }
  const { files } = await run(studio, 'writePageLayers', { source: { path }, recipe, formats: ['psd'], stem: join(folder.path, 'toned'), swatches: [], overwrite: false, original: null })
  const layered = await readPsd(files[0]?.path ?? '')
  expect(dots.length).toBeGreaterThan(50)
  for (const [x, y] of dots) expect([opacityAt(layered, 'Tone', x, y), opacityAt(layered, 'Line', x, y)]).toEqual([255, 0])
  // The frame, and the outline of the head on its left.
  for (const [x, y] of [[16, 120], [136, 16], [Math.round(16 + 240 * 0.42 - 240 * 0.22), Math.round(16 + 240 * 0.52)]] as const) expect([opacityAt(layered, 'Tone', x, y), opacityAt(layered, 'Line', x, y)]).toEqual([0, 255])
})
