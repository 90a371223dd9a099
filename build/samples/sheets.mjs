// `node build/samples/sheets.mjs`: contact sheets of what the models in the box make of drawings, for docs/models.md. Each row: the drawing,
// its grey copy, then every model with its card's defaults. A drawing is a good case where the default model is nearer to
// its colours (CIEDE2000) than the grey copy, else a bad one: nobody chooses.
import { spawnSync } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { landscape } from './landscape.mjs'
import { bust, family } from './scenes.mjs'

const root = join(import.meta.dirname, '../..')
const side = 512
const tile = { width: 200, height: 160 }
const gap = 4

const light = '#e8bc9c'
const drawings = {
  'a family before a brick house': family,
  'lake and hills by day': () => landscape(3, 640, 430, { boat: 1, pine: 1 }),
  'hills without a lake': () => landscape(8, 640, 430, { lake: false, pine: 1 }),
  'evening sky over a lake': () => landscape(5, 640, 430, { skyT: [88, 84, 140], skyB: [244, 160, 96] }),
  'girl in a cream coat': () => bust(4, { coat: '#d9cdb0', f: 1, child: 1, hair: '#7a4d26', braids: 1, bow: '#b8474a', smile: 1, skin: light }, '#8b9386'),
  'woman in a red dress': () => bust(9, { coat: '#b02a2e', f: 1, hair: '#3a2418', pearls: 1, smile: 1, skin: light }, '#a99f8c'),
  'woman in a blue dress': () => bust(11, { coat: '#2f55a4', f: 1, hair: '#8a5a2c', pearls: 1, skin: light }, '#8f8b84'),
  'man in a green coat': () => bust(13, { coat: '#3f6b45', tie: '#7a2f2f', hair: '#2a2018', skin: light }, '#b4a98f'),
  'man with brown skin': () => bust(15, { coat: '#3d4658', tie: '#8a3b2c', hair: '#1d1612', smile: 1, skin: '#a9714b' }, '#9c9484'),
  'woman with dark skin': () => bust(17, { coat: '#d8b24a', f: 1, hair: '#14100e', pearls: 1, smile: 1, skin: '#6b4430' }, '#8d978f'),
}

const hourglass = (...args) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'bin/hourglass'), ...args], { encoding: 'utf8', maxBuffer: 1 << 28 })
  if (status !== 0) throw new Error(`hourglass ${args.join(' ')}: ${stderr}`)
  return stdout.split('\n').filter(Boolean).flatMap((line) => (line.startsWith('{') ? [JSON.parse(line)] : []))
}

const names = Object.keys(drawings)
const place = (index) => `${String(index).padStart(2, '0')}.png`
const folder = await mkdtemp(join(tmpdir(), 'hourglass-sheets-'))
// The box as it is shipped, whatever this machine's studio was told.
process.env.HOURGLASS_DATA = join(folder, 'data')
delete process.env.HOURGLASS_MODELS
for (const sub of ['truth', 'grey']) await mkdir(join(folder, sub))
for (const [index, draw] of Object.values(drawings).entries()) {
  const [, , drawing] = await draw()
  const truth = join(folder, 'truth', place(index))
  await sharp(Buffer.from(drawing)).resize(side, side, { fit: 'inside' }).removeAlpha().png().toFile(truth)
  await sharp(truth).grayscale().png().toFile(join(folder, 'grey', place(index)))
}

const cards = await Promise.all(
  readdirSync(join(root, 'models'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(async ({ name }) => JSON.parse(await readFile(join(root, 'models', name, 'card.json'), 'utf8'))),
)
// A page colorizer is not for photographs.
const models = cards.filter(({ task, id }) => task === 'colorize' && id.includes('photo')).sort((one, other) => one.bytes - other.bytes)
const measured = models.map(({ id }) => {
  hourglass('colorize', join(folder, 'grey'), '--out-dir', join(folder, id), '--model', id, '--format', 'png')
  return hourglass('evaluate', '--real', join(folder, 'truth'), '--output', join(folder, id), '--strength', '1', '--json').filter(({ event }) => event === 'result')
})
const { model } = hourglass('colorize', join(folder, 'grey', place(0)), '-o', join(folder, 'usual.png'), '--json').find(({ event }) => event === 'result')
const usual = models.findIndex(({ id }) => id === model.id)

const rows = names.map((name, index) => {
  const of = measured.map((results) => results.find((result) => result.name === place(index)).figures)
  const grey = of[0].grey.deltaE
  const deltaE = of.map(({ output }) => output.deltaE)
  return { name, index, sheet: deltaE[usual] < grey ? 'good' : 'bad', grey, deltaE }
})
rows.sort((one, other) => one.deltaE[usual] / one.grey - other.deltaE[usual] / other.grey)

const images = join(root, 'docs/images')
for (const sheet of ['good', 'bad']) {
  const shown = rows.filter((row) => row.sheet === sheet)
  const columns = ['truth', 'grey', ...models.map(({ id }) => id)]
  const placed = await Promise.all(
    shown.flatMap(({ index }, line) =>
      columns.map(async (column, at) => ({
        input: await sharp(join(folder, column, place(index))).resize(tile.width, tile.height, { fit: 'contain', background: '#fff' }).toColourspace('srgb').removeAlpha().png().toBuffer(),
        left: at * (tile.width + gap),
        top: line * (tile.height + gap),
      })),
    ),
  )
  const size = { width: columns.length * (tile.width + gap) - gap, height: Math.max(1, shown.length) * (tile.height + gap) - gap }
  await sharp({ create: { ...size, channels: 3, background: '#fff' } }).composite(placed).webp({ quality: 84 }).toFile(join(images, `models-${sheet}.webp`))
}
const short = (value) => Math.round(value * 100) / 100
await writeFile(
  join(images, 'models-sheets.json'),
  `${JSON.stringify({ models: models.map(({ id }) => id), drawings: rows.map(({ name, sheet, grey, deltaE }) => ({ name, sheet, grey: short(grey), deltaE: deltaE.map(short) })) }, null, 1)}\n`,
)
await rm(folder, { recursive: true })
