import type { Hint } from '../../contract/hints.ts'
import { composePage, fillsAt, placesOf } from '../../core/pages/composing.ts'
import { regionMap } from '../../core/pages/report.ts'
import type { PageParams } from '../../core/steps/page.ts'
import type { Pixels } from '../pictures/index.ts'
import { pagePixels, type PageAnalysis, type PageLayout } from './analysis.ts'
import type { RegionFill, PagePlanes } from './planes.ts'
import { solvePage } from './solving.ts'

/** A swatch that names flats and puts them into groups. */
export interface NamedColor {
  readonly name: string
  /** `#rrggbb` */
  readonly color: string
  /** Character; '' stands for none. */
  readonly group: string
}

/** Label of what has no fill; every other label is a colour, 0xrrggbb. */
const noFill = 0xffffffff

/** Names by colour: those of swatches, else those of hints. */
function namesOf(hints: readonly Hint[], swatches: readonly NamedColor[]): Map<string, Omit<RegionFill, 'color'>> {
  const names = new Map<string, Omit<RegionFill, 'color'>>()
  for (const { color, name } of hints) if (name) names.set(color.toLowerCase(), { name })
  for (const { color, name, group } of swatches) names.set(color.toLowerCase(), { name, group })
  return names
}

/**
 * What a page's layers are made of, from its analysis and its hints: fills, ink, its own tones, bubbles.
 * @param dpi of the file, null where it says none
 */
export function planesOf(pixels: Pixels, analysis: PageAnalysis, layout: PageLayout, params: PageParams, dpi: number | null, swatches: readonly NamedColor[]): PagePlanes {
  const { map, levels } = analysis
  const { width, height, data, channels } = pagePixels(pixels)
  const places = placesOf(map, { width, height, part: { left: 0, top: 0, width, height } })
  const colors = fillsAt(map, solvePage(analysis, layout, params).fills, places)
  const labels = Uint32Array.from(colors, (color) => (color < 0 ? noFill : color))
  // White laid over the page shows its own tones, as the colours will have them.
  const white = new Uint8Array(3 * width * height)
  composePage({ data, channels, width, height, fills: new Int32Array(colors.length).fill(0xffffff) }, levels, true, white)
  const luminance = new Uint8Array(width * height)
  const ink = new Uint8Array(width * height)
  for (let i = 0; i < luminance.length; i++) {
    luminance[i] = white[3 * i] as number
    if (map.relief.heights[places[i] as number] === 0) ink[i] = 1
  }
  const names = namesOf(params.hints, swatches)
  const fills = (label: number): RegionFill | null => {
    if (label === noFill) return null
    const color = `#${label.toString(16).padStart(6, '0')}`
    return { color, ...names.get(color) }
  }
  const inBubbles = new Set(layout.protection.bubbles.map(({ region }) => region))
  const bubbles = Uint8Array.from(regionMap(map, layout.regions), (region) => Number(inBubbles.has(region)))
  // What is dark inside a bubble is its lettering.
  const lettering = Uint8Array.from(bubbles, (inside, i) => (inside === 1 && (luminance[i] as number) < 255 ? 1 : 0))
  return { width, height, dpi, labels, fills, ink, luminance, bubbles, lettering, hints: params.hints }
}
