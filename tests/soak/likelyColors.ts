import { readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import sharp from 'sharp'
import type { Hint } from '../../src/contract/hints.ts'
import type { EngineInput } from '../../src/contract/engine.ts'
import { ciede2000 } from '../../src/core/color/deltaE.ts'
import { kMeans, nearestCentre } from '../../src/core/color/kMeans.ts'
import type { Triple } from '../../src/core/color/lab.ts'
import { formatHex, hexToLab, labToSrgb, srgbToLab } from '../../src/core/color/srgb.ts'
import { makeStudio, run } from '../engine/studio.ts'
import { drawPage } from '../unit/core/pages/drawnPage.ts'
import { randomFrom } from '../random.ts'
import type { Soak } from './support/soak.ts'

/** A colour counts as the right one up to this difference. */
const alike = 10
/** How many colours are offered, as in the window; how many swatches the people who coloured a chapter have; pages that teach. */
const [offered, swatches, teachers] = [9, 24, 4]
/** The pages are looked at at this height at least: pictures of the web are small. */
const leastHeight = 1536
/** Lines are what is darker than the first level in every channel; from the second on it is paper. */
const [black, paper] = [40, 100]
/** Half the side of the square whose colour is the place's, and how much it may vary: a place on an edge has no colour of its own. */
const [reach, mostSpread] = [4, 8]
const pictures = /\.(?:png|jpe?g|webp)$/i

interface Place {
  readonly x: number
  readonly y: number
  readonly lab: Triple
}

interface ChapterPage {
  readonly lines: string
  readonly places: readonly Place[]
}

const studio = makeStudio()
const recipeOf = (hints: readonly Hint[]): EngineInput<'suggestColors'>['recipe'] => ({ version: 1, steps: [{ step: 'page', enabled: true, params: { hints } }] })

/** The chapter that is drawn where no folder is named: people and places keep their colours. */
async function drawChapter(scratch: string): Promise<string[]> {
  const colors = [0x9fc4e8, 0x7fae5a, 0xf0c8a0]
  return Promise.all([180, 200, 220].map(async (side, n) => {
    const page = drawPage({ columns: 2, rows: 3, side })
    const rgb = Buffer.alloc(3 * page.grey.length)
    page.grey.forEach((level, i) => {
      const piece = page.pieces[i] as number
      const color = piece > 0 ? (colors[(piece - 1) % 3] as number) : 0xffffff
      for (let channel = 0; channel < 3; channel++) rgb[3 * i + channel] = (((color >> (16 - 8 * channel)) & 255) * level) / 255
    })
    const file = join(scratch, `drawn-${n}.png`)
    await sharp(rgb, { raw: { width: page.width, height: page.height, channels: 3 } }).png().toFile(file)
    return file
  }))
}

/** A page in colour as lines, and the colours of the places that the studio asks for one by one. */
async function taken(file: string, scratch: string): Promise<ChapterPage> {
  const height = Math.max(leastHeight, (await sharp(file).metadata()).height ?? 0)
  const { data, info } = await sharp(file).removeAlpha().toColourspace('srgb').resize({ height }).raw().toBuffer({ resolveWithObject: true })
  const grey = Buffer.alloc(info.width * info.height)
  for (let i = 0; i < grey.length; i++) grey[i] = Math.max(0, Math.min(255, (255 * (Math.max(...data.subarray(3 * i, 3 * i + 3)) - black)) / (paper - black)))
  const lines = join(scratch, `${basename(file)}.lines.png`)
  await sharp(grey, { raw: { width: info.width, height: info.height, channels: 1 } }).png().toFile(lines)
  const { unhinted } = await run(studio, 'examinePage', { source: { path: lines }, recipe: recipeOf([]), model: '', autoHints: false, regions: null })
  const places = unhinted.flatMap(({ x, y }): Place[] => {
    const [left, top] = [Math.floor(x * info.width) - reach, Math.floor(y * info.height) - reach]
    const found: Triple[] = []
    for (let v = Math.max(0, top); v <= Math.min(info.height - 1, top + 2 * reach); v++) {
      for (let u = Math.max(0, left); u <= Math.min(info.width - 1, left + 2 * reach); u++) {
        const i = 3 * (v * info.width + u)
        found.push(srgbToLab((data[i] as number) / 255, (data[i + 1] as number) / 255, (data[i + 2] as number) / 255))
      }
    }
    const middle = (n: 0 | 1 | 2): number => found.map((lab) => lab[n]).sort((a, b) => a - b)[found.length >> 1] as number
    const lab: Triple = [middle(0), middle(1), middle(2)]
    const spread = found.reduce((sum, each) => sum + ciede2000(each, lab), 0) / found.length
    return spread <= mostSpread ? [{ x, y, lab }] : []
  })
  return { lines, places }
}

/** Counts of a way to offer colours: how often one of them was right, and how often the first. */
class Score {
  any = 0
  first = 0
  add(colors: readonly string[], truth: Triple): void {
    const right = colors.map((color) => ciede2000(hexToLab(color), truth) <= alike)
    if (right.includes(true)) this.any++
    if (right[0] === true) this.first++
  }
}

export const soak: Soak = {
  name: 'likely-colors',
  about: `of a chapter in colour (--folder, its pages in the order of their names, with black lines), how often one of the colours offered for a place comes near to its own (ΔE00 ${alike}), against the commonest colours of the same pages`,
  async run({ seed, scratch, folder, say }) {
    const random = randomFrom(seed)
    const files = folder ? readdirSync(folder).filter((name) => pictures.test(name)).sort().map((name) => join(folder, name)) : await drawChapter(scratch)
    const pages: ChapterPage[] = []
    for (const file of files) pages.push(await taken(file, scratch))
    // Those who colour a chapter have swatches; a place has the nearest of them, and its own colour is what is asked for.
    const centres = kMeans(pages.flatMap(({ places }) => places.map(({ lab }) => ({ lab, weight: 1 }))), swatches)
    const swatchOf = (lab: Triple): string => formatHex(labToSrgb(...(centres[nearestCentre(centres, lab)] as Triple)))
    const hintOf = ({ x, y, lab }: Place): Hint => ({ kind: 'dot', x, y, radius: 0.002, color: swatchOf(lab) })
    const [ours, common, best] = [new Score(), new Score(), new Score()]
    let [places, given] = [0, 0]
    for (const [n, page] of pages.entries()) {
      const exemplars = pages.slice(Math.max(0, n - teachers), n).map(({ lines, places: all }) => ({ lines, colors: null, hints: all.map(hintOf) }))
      // Every other place has its hint already.
      const order = page.places.map((place) => ({ place, at: random() })).sort((one, other) => one.at - other.at).map(({ place }) => place)
      const known = order.slice(0, order.length >> 1).map(hintOf)
      const counts = new Map<string, number>()
      for (const { color } of [...known, ...exemplars.flatMap(({ hints }) => hints)]) counts.set(color, (counts.get(color) ?? 0) + 1)
      const commonest = [...counts].sort((one, other) => other[1] - one[1]).map(([color]) => color)
      for (const { x, y, lab } of order.slice(known.length)) {
        const { colors } = await run(studio, 'suggestColors', { source: { path: page.lines }, recipe: recipeOf(known), x, y, exemplars, most: offered })
        places++
        given += colors.length
        ours.add(colors.map(({ color }) => color), lab)
        common.add(commonest.slice(0, offered), lab)
        best.add([swatchOf(lab)], lab)
      }
      say(`page ${n + 1} of ${pages.length}: ${places} places, ${ours.any} with a right colour among those offered (${ours.first} the first), the commonest ${common.any} (${common.first})`)
    }
    await studio.sessions.releaseAll()
    const share = (count: number): number => Number((count / Math.max(1, places)).toFixed(3))
    const report = { places, offered: Number((given / Math.max(1, places)).toFixed(1)), right: share(ours.any), firstRight: share(ours.first), commonestRight: share(common.any), commonestFirst: share(common.first), inPalette: share(best.any) }
    if (ours.any < common.any || ours.first < common.first) throw new Error(`the commonest colours are offered as well: ${JSON.stringify(report)}`)
    return report
  },
}
