import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import type { Hint } from '../../src/contract/hints.ts'
import { drawPage } from '../unit/core/pages/drawnPage.ts'
import { type Bench, figure } from './support/bench.ts'
import { launcher, runWell } from './support/processes.ts'

/** The memory setting under which they are coloured, MB: all processes together stay below it. */
const setting = 1024

const colors = ['#f0c8a0', '#9fc4e8', '#7fae5a', '#e07a5f', '#3d405b']

interface Large {
  readonly name: string
  readonly file: string
  readonly width: number
  readonly height: number
  readonly hints: readonly Hint[]
}

/** A strip of 1596 × 100,260: one drawn sheet below the other. */
async function drawStrip(scratch: string): Promise<Large> {
  const sheet = drawPage({ columns: 5, rows: 7, side: 300, gap: 4 })
  const sheets = 45
  const { width } = sheet
  const height = sheet.height * sheets
  const data = new Uint8Array(width * height)
  for (let n = 0; n < sheets; n++) data.set(sheet.grey, n * sheet.grey.length)
  const file = join(scratch, 'strip.png')
  await sharp(data, { raw: { width, height, channels: 1 }, limitInputPixels: false }).png({ compressionLevel: 2 }).toFile(file)
  const hints = Array.from({ length: sheets }, (_, n) => sheet.hints.flatMap((hint, k): Hint[] => (hint.kind === 'dot' ? [{ ...hint, y: (n + hint.y) / sheets, color: colors[k % colors.length] as string, radius: 0.0001 }] : []))).flat()
  return { name: 'strip', file, width, height, hints }
}

/** A page of 9960 × 13,200 as printers scan it: black and white, 1200 dots an inch. */
async function drawScan(scratch: string): Promise<Large> {
  const page = drawPage({ columns: 3, rows: 4, side: 300, gutter: 24 })
  const [width, height] = [10 * page.width, 10 * page.height]
  const file = join(scratch, 'scan.tif')
  const large = await sharp(page.grey, { raw: { width: page.width, height: page.height, channels: 1 } }).resize(width, height, { kernel: 'cubic' }).toColourspace('b-w').raw().toBuffer()
  await sharp(large, { raw: { width, height, channels: 1 }, limitInputPixels: false }).threshold(128).toColourspace('b-w').tiff({ bitdepth: 1, compression: 'ccittfax4', xres: 47.24, yres: 47.24 }).toFile(file)
  return { name: 'scan', file, width, height, hints: page.hints }
}

export const bench: Bench = {
  name: 'pages-large',
  about: `time and highest memory of all processes while a strip 100,000 pixels tall and a 1200-dpi page of 1 bit are coloured under a memory setting of ${setting} MB`,
  async run({ scratch, say }) {
    const figures = []
    for (const draw of [drawStrip, drawScan]) {
      const { name, file, width, height, hints } = await draw(scratch)
      const placed = join(scratch, `${name}.hints.json`)
      writeFileSync(placed, JSON.stringify({ version: 1, size: [width, height], hints }))
      say(`colouring ${width} × ${height} …`)
      const out = join(scratch, `${name}-colour.png`)
      const { peakMb, ms, stdout } = await runWell(process.execPath, [launcher, 'page', file, '-o', out, '--hints', placed, '--json'], { watchMemory: true, env: { HOURGLASS_MEMORY_MB: String(setting) } })
      const result = stdout.split('\n').find((line) => line.includes('"event":"result"'))
      const { regions = 0, panels = 0 } = result ? (JSON.parse(result) as { regions?: number; panels?: number }) : {}
      figures.push({ ...figure(`pages-large.${name}`, 'MB', [peakMb], [setting], { must: 1, ms: Math.round(ms) }), width, height, hints: hints.length, regions, panels, fileBytes: readFileSync(out).length })
    }
    return figures
  },
}
