// Draws resources/samples: `node build/samples/draw.mjs`. Grey, worn scans, and the cards of the first screen, whose
// colours are what the studio itself makes of those scans: they promise nothing that the first press does not keep.
import { spawnSync } from 'node:child_process'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { rr, rs } from './figures.mjs'
import { landscape } from './landscape.mjs'
import { bust, family } from './scenes.mjs'

const folder = join(import.meta.dirname, '../../resources/samples')

/** Gaussian film grain as a grey picture to be laid over in soft light. */
const grainOf = (width, height) =>
  sharp({ create: { width, height, channels: 3, background: '#808080', noise: { type: 'gaussian', mean: 128, sigma: 9 } } })
    .grayscale()
    .blur(0.6)
    .png()
    .toBuffer()

/** Hairlines and dust of an old print. */
function wear(width, height, scratches) {
  let body = ''
  for (let i = 0; i < scratches; i++) {
    const x = rr(0, width)
    const start = rr(-50, height * 0.5)
    body += `<path d="M${x} ${start} q${rr(-9, 9)} ${height * 0.3} ${rr(-12, 12)} ${height * rr(0.3, 0.8)}" stroke="#fff" stroke-opacity="${rr(0.15, 0.45)}" stroke-width="${rr(0.5, 1.3)}" fill="none"/>`
  }
  for (let i = 0; i < 70; i++) {
    body += `<circle cx="${rr(0, width)}" cy="${rr(0, height)}" r="${rr(0.4, 1.6)}" fill="#fff" opacity="${rr(0.2, 0.6)}"/>`
  }
  return Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${body}</svg>`)
}

/** [width, height, SVG or PNG] → the scene as a worn grey scan. */
async function scanOf([width, , drawing], wanted = width, scratches = 9) {
  const base = await sharp(Buffer.from(drawing)).resize(Math.round(wanted)).removeAlpha().png().toBuffer()
  const { width: w, height: h } = await sharp(base).metadata()
  rs(w + scratches)
  const grain = await grainOf(w, h)
  const worn = await sharp(base).composite([{ input: grain, blend: 'soft-light' }, { input: wear(w, h, scratches) }]).png().toBuffer()
  return sharp(worn).grayscale().linear(0.84, 26).png().toBuffer()
}

/** The studio's own colours of scans, as PNG files in a new folder. */
async function colored(scans) {
  const target = await mkdtemp(join(tmpdir(), 'hourglass-samples-'))
  const launcher = join(import.meta.dirname, '../../bin/hourglass')
  const { status, stderr } = spawnSync(process.execPath, [launcher, 'colorize', ...scans, '--out-dir', target, '--format', 'png'], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`The samples were not coloured: ${stderr}`)
  return target
}

/** Left half grey, right half in colour, a white line between: explains the product without words. */
async function card(grey, color, out, position = 'top') {
  const width = 384
  const height = 220
  const fit = (input) => sharp(input).resize(width, height, { fit: 'cover', position }).toColourspace('srgb').png().toBuffer()
  const right = await sharp(await fit(color)).extract({ left: width / 2, top: 0, width: width / 2, height }).toBuffer()
  const line = Buffer.from(`<svg width="2" height="${height}"><rect width="2" height="${height}" fill="#fff"/></svg>`)
  await sharp(await fit(grey))
    .composite([{ input: right, left: width / 2, top: 0 }, { input: line, left: width / 2 - 1, top: 0 }])
    .webp({ quality: 86 })
    .toFile(out)
}

await mkdir(folder, { recursive: true })
const girlCoat = { coat: '#d9cdb0', f: 1, child: 1, hair: '#7a4d26', braids: 1, bow: '#b8474a', smile: 1, skin: '#e8bc9c' }
const scans = {
  family: await scanOf(family(), 1000),
  girl: await scanOf(bust(4, girlCoat, '#8b9386'), 460),
  lake: await scanOf(await landscape(3, 640, 430, { boat: 1, pine: 1 })),
}
const files = []
for (const [name, scan] of Object.entries(scans)) {
  const file = join(folder, `photo-${name}.jpg`)
  await sharp(scan).jpeg({ quality: 88 }).toFile(file)
  files.push(file)
}
const results = await colored(files)
for (const name of Object.keys(scans)) {
  const position = name === 'girl' ? 'centre' : 'top'
  await card(join(folder, `photo-${name}.jpg`), join(results, `photo-${name}.png`), join(folder, `card-${name}.webp`), position)
}
await rm(results, { recursive: true })
