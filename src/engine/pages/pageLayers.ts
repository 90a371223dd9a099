import type { Hint } from '../../contract/hints.ts'
import { composePage, placesOf } from '../../core/pages/composing.ts'
import type { KnownMixtures } from '../../core/pages/drafting.ts'
import { isInk, levelled, type PageLevels, type PagePixels } from '../../core/pages/ink.ts'
import { inkWithoutDots } from '../../core/pages/inkParts.ts'
import { regionRow } from '../../core/pages/regions.ts'
import type { Fills } from '../../core/pages/solve.ts'
import type { PageParams } from '../../core/steps/page.ts'
import type { Pixels } from '../pictures/index.ts'
import { pagePixels, type PageAnalysis, type PageLayout } from './analysis.ts'
import { colorsOfPage } from './coloring.ts'
import type { PageDraft } from './draft.ts'
import type { PagePlanes, RegionFill } from './settling.ts'

/** A swatch that names flats and puts them into groups. */
export interface NamedColor {
  readonly name: string
  /** `#rrggbb` */
  readonly color: string
  /** Character; '' stands for none. */
  readonly group: string
}

/** Label of what has no fill; every other label is a colour, 0xrrggbb. */
export const noFill = 0xffffffff

/** Pixels that are worked on at a time. */
const bandPixels = 1 << 20

/** On a toned page, what is larger than this share of the tone's pitch is no dot of it. */
const largerThanDots = 1.5

/** The lines of a page that is looked at through its tones, which does not know them: a padded plane, 1 on them. */
function linesAmongTones(page: PagePixels, levels: PageLevels, toneSize: number): Uint8Array {
  const { width, height } = page
  const stride = width + 2
  const heights = new Uint8Array(stride * (height + 2)).fill(1)
  levelled(page, levels).forEach((level, i) => {
    if (isInk(level)) heights[(Math.floor(i / width) + 1) * stride + (i % width) + 1] = 0
  })
  return inkWithoutDots({ width, height, stride, heights }, largerThanDots * toneSize)
}

/** Names by colour: those of swatches, else those of hints. */
function namesOf(hints: readonly Hint[], swatches: readonly NamedColor[]): Map<string, Omit<RegionFill, 'color'>> {
  const names = new Map<string, Omit<RegionFill, 'color'>>()
  for (const { color, name } of hints) if (name) names.set(color.toLowerCase(), { name })
  for (const { color, name, group } of swatches) names.set(color.toLowerCase(), { name, group })
  return names
}

/**
 * What a page's layers are made of, from its analysis and its hints: fills, ink, its own tones, bubbles; what a network or a
 * rough picture gave; and what the page looks like under its recipe.
 * @param basinFills what its hints fill
 * @param draft of a network or a rough picture, null where hints alone count
 * @param dpi of the file, null where it says none
 * @param pause lets other work run, called between bands of rows; may throw to give up
 */
export async function planesOf(pixels: Pixels, analysis: PageAnalysis, layout: PageLayout, basinFills: Fills, params: PageParams, draft: PageDraft | null, dpi: number | null, swatches: readonly NamedColor[], pause: () => Promise<void>): Promise<PagePlanes> {
  const { map, levels } = analysis
  const { width, height } = pixels
  const count = width * height
  const labels = new Uint32Array(count)
  const [luminance, ink, bubbles, lettering] = [new Uint8Array(count), new Uint8Array(count), new Uint8Array(count), new Uint8Array(count)]
  const look = new Uint8Array(3 * count)
  const drafted = draft && new Int32Array(count)
  const inBubbles = new Set(layout.protection.bubbles.flatMap((bubble) => bubble.regions))
  const page = pagePixels(pixels)
  const lines = map.relief.kind === 'tones' ? linesAmongTones(page, levels, params.toneSize) : null
  const regionsOfRow = new Int32Array(width)
  const mixtures: KnownMixtures = new Map()
  const rows = Math.max(1, Math.floor(bandPixels / width))
  for (let top = 0; top < height; top += rows) {
    const band = { left: 0, top, width, height: Math.min(rows, height - top) }
    const [from, to] = [top * width, (top + band.height) * width]
    const part = { ...page, height: band.height, data: page.data.subarray(from * page.channels, to * page.channels) }
    const places = placesOf(map, { width, height, part: band })
    const { flats, colors } = colorsOfPage(analysis, basinFills, params, places, draft, mixtures)
    composePage({ ...part, fills: colors }, levels, params.neutralPaper, look.subarray(3 * from, 3 * to))
    // White laid over the page shows its own tones, as the colours will have them.
    const white = new Uint8Array(3 * (to - from))
    composePage({ ...part, fills: new Int32Array(to - from).fill(0xffffff) }, levels, true, white)
    for (let i = from, n = 0; i < to; i++, n++) {
      if (n % width === 0) regionRow(map, layout.regions, top + n / width, regionsOfRow)
      const [flat, color] = [flats[n] as number, colors[n] as number]
      labels[i] = flat < 0 ? noFill : flat
      luminance[i] = white[3 * n] as number
      const place = places[n] as number
      if (lines ? lines[place] === 1 : map.relief.heights[place] === 0) ink[i] = 1
      if (inBubbles.has(regionsOfRow[n % width] as number)) bubbles[i] = 1
      // What is dark inside a bubble is its lettering.
      if (bubbles[i] === 1 && (luminance[i] as number) < 255) lettering[i] = 1
      if (drafted) drafted[i] = color >= 0 && color !== flat ? color : -1
    }
    await pause()
  }
  const names = namesOf(params.hints, swatches)
  const fills = (label: number): RegionFill | null => {
    if (label === noFill) return null
    const color = `#${label.toString(16).padStart(6, '0')}`
    return { color, ...names.get(color) }
  }
  const title = draft && (draft.network ? `Network (${draft.network.model.card.title})` : 'Rough')
  return { width, height, dpi, labels, fills, ink, luminance, bubbles, lettering, drafted: title === null || !drafted ? [] : [{ name: title, colors: drafted }], look, hints: params.hints }
}
