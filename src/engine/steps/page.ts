import type { ColorKind, LumaDrift, Size } from '../../contract/pictures.ts'
import { colorfulnessOf, colorMoments } from '../../core/color/colorfulness.ts'
import { blendColors } from '../../core/pages/blending.ts'
import { placesOf } from '../../core/pages/composing.ts'
import { lockedParams, needsModel, showsNetworkHints, type PageParams } from '../../core/steps/page.ts'
import { noted } from '../../core/texts/wording.ts'
import { analysePage, flattened } from '../pages/analysis.ts'
import { colorKindOfPage, onColor } from '../pages/coloring.ts'
import { otherColoring } from '../pages/draft.ts'
import { pageInMemory, type FullPage } from '../pages/fullPage.ts'
import type { Pixels } from '../pictures/index.ts'
import { roomLike, type Samples } from '../pictures/samples.ts'
import type { LowCopy } from './lowCopy.ts'
import { PagePainter, type PlacesOf } from './pagePainter.ts'
import type { StepContext, StepFigures, StepPlan, StepResult } from './step.ts'
import { colorKindOfCopy } from './tones.ts'
import { cutOut } from './window.ts'

/** Pixels whose colours tell how colourful a picture is, about. */
const judged = 200_000

/** Colours of pixels evenly spread over a picture that comes in rows. */
class Colorfulness {
  readonly #step: number
  readonly #some: Uint8Array
  #at = 0
  #next = 0

  constructor(pixels: number) {
    this.#step = Math.max(1, Math.floor(pixels / judged))
    this.#some = new Uint8Array(3 * Math.ceil(pixels / this.#step))
  }

  /** Takes the next pixels, interleaved RGB. */
  add(rgb: Samples): void {
    const scale = rgb instanceof Uint8Array ? 1 : 1 / 257
    for (; this.#next < rgb.length; this.#next += 3 * this.#step) {
      for (let channel = 0; channel < 3; channel++) this.#some[this.#at++] = (rgb[this.#next + channel] as number) * scale
    }
    this.#next -= rgb.length
  }

  figure(): number {
    return colorfulnessOf(colorMoments(this.#some.subarray(0, this.#at)))
  }
}

function colorfulnessOfPart(data: Samples): number {
  const some = new Colorfulness(data.length / 3)
  some.add(data)
  return some.figure()
}

/** What a page's recipe does to the parts of a picture that shows it. */
interface PageWork {
  /** Null: every pixel stays as it is. @param view pixels of a part, on white paper */
  readonly paint: ((view: Pixels, corner: { readonly left: number; readonly top: number }, out: Samples) => Promise<void>) | null
  readonly figures: StepFigures
  readonly trained: boolean
}

/** Colours mixed this many rows at a time, so that a cancel is heard. */
const blendRows = 128

/** A page in colour already: as it is, or mixed with the rough picture's colours. */
async function workOnColored(picture: Size, params: PageParams, { task }: StepContext): Promise<PageWork> {
  if (params.rough === null || params.mode !== 'both') {
    return { paint: null, figures: { colorKind: 'color', alreadyColor: true, notes: [noted('already-color', 'note.alreadyColor')] }, trained: false }
  }
  const other = await otherColoring(params.rough, picture)
  const paint: PageWork['paint'] = async ({ data, width, height }, { left, top }, out) => {
    for (let y = 0; y < height; y += blendRows) {
      await task.pause()
      const rows = Math.min(blendRows, height - y)
      const [start, end] = [3 * y * width, 3 * (y + rows) * width]
      blendColors(data.subarray(start, end), { left, top: top + y, width, height: rows }, picture, other, params.blend, out.subarray(start, end))
    }
  }
  return { paint, figures: { colorKind: 'color', notes: [] }, trained: false }
}

/**
 * What becomes of a page. It is always told apart at full size; a view takes its colours from there, pixel by pixel, so
 * that nothing leaks that would not leak in the export.
 * @param picture size of the picture that shows the page, at any size
 */
async function workOn(page: FullPage, picture: Size, kind: ColorKind, params: PageParams, context: StepContext, places: PlacesOf | null): Promise<PageWork> {
  if (onColor(kind, params) !== 'page') return workOnColored(picture, params, context)
  const painter = await PagePainter.of(page, picture, params, context, places)
  const network = painter.draft?.network
  return {
    paint: (view, corner, out) => painter.paint(view, corner, out),
    figures: {
      ...(network
        ? { model: { id: network.model.card.id, sha256: network.model.card.sha256 }, provider: network.answer.provider, providerNote: network.answer.providerNote, providerWording: network.answer.providerWording, networkSize: [...network.answer.networkSize] }
        : {}),
      notes: [...(network?.notes ?? [])],
    },
    trained: Boolean(network) || showsNetworkHints(params.hints) || (!params.linesOnly && params.locks.map(lockedParams).some((own) => needsModel(own) || showsNetworkHints(own.hints))),
  }
}

function driftOf(before: Pixels, after: Samples, task: StepContext['task']): Promise<LumaDrift> {
  return task.studio.pool.drift(
    { before: before.data, beforeFormat: { channels: before.channels, depth: before.depth }, after, afterFormat: { channels: 3, depth: before.depth }, pixels: before.width * before.height, cancel: task.cancel },
    { yield: () => task.pause() },
  )
}

/** Views of so many pixels keep their places on the page: they are asked for at every edit. */
const keptPlaces = 8_000_000

/** The places of a whole view, remembered; null where they are not worth it. */
async function placesOfView(view: Size, page: FullPage, params: PageParams, context: StepContext): Promise<PlacesOf | null> {
  if (page.key === null || context.window || context.whole || view.width * view.height > keptPlaces) return null
  const { task } = context
  const all = await task.studio.memo.get(`${page.key}\0places\0${view.width}x${view.height}`, (places) => places.byteLength, async () => {
    const { map } = await analysePage(task, page, params)
    return placesOf(map, { ...view, part: { left: 0, top: 0, width: view.width, height: view.height } })
  })
  return ({ top, width, height }) => all.subarray(top * width, (top + height) * width)
}

/** Colours a page, or the wanted part of it. */
export async function runPage(pixels: Pixels, params: PageParams, context: StepContext): Promise<StepResult> {
  const { task, window } = context
  const picture = context.whole ?? pixels
  const own = pageInMemory(context.key, picture, async () => pixels)
  const page = context.full ?? own
  const kind = await colorKindOfPage(task.studio.memo, context.whole ? page : own)
  const places = onColor(kind, params) === 'page' ? await placesOfView(picture, page, params, context) : null
  const work = await workOn(page, picture, kind, params, context, places)
  const part = window && !context.whole ? cutOut(pixels, window) : pixels
  if (!work.paint) return { pixels: part, figures: { ...work.figures, colorfulness: colorfulnessOfPart(flattened(part).data) }, confidence: null, trained: false }
  const from = performance.now()
  task.progress(0.7)
  const view = flattened(part)
  const out = roomLike(view.data, 3 * view.width * view.height, true)
  await work.paint(view, window ?? { left: 0, top: 0 }, out)
  context.times.compose += performance.now() - from
  const lumaDrift = await driftOf(view, out, task)
  return {
    pixels: { ...view, data: out, channels: 3 },
    figures: { ...work.figures, lumaDrift, colorfulness: colorfulnessOfPart(out) },
    confidence: null,
    trained: work.trained,
  }
}

/** The same for the page at its full size, in rows. */
export async function planPage(copy: LowCopy, params: PageParams, context: StepContext): Promise<StepPlan> {
  const { task, full } = context
  if (!full) throw new Error('A page is told apart at its full size')
  const { width, height } = copy.size
  const work = await workOn(full, copy.size, colorKindOfCopy(copy), params, context, null)
  const colors = new Colorfulness(width * height)
  const drift = { sum: 0, max: 0 }
  const { paint } = work
  return {
    compose: null,
    paint: paint && (async (rows, top) => {
      const view = flattened(rows)
      const out = roomLike(view.data, 3 * view.width * view.height, true)
      await paint(view, { left: 0, top }, out)
      const { mean, max } = await driftOf(view, out, task)
      drift.sum += mean * rows.height
      drift.max = Math.max(drift.max, max)
      colors.add(out)
      return out
    }),
    figures: () => (paint ? { ...work.figures, lumaDrift: { mean: drift.sum / height, max: drift.max }, colorfulness: colors.figure() } : work.figures),
    confidence: null,
    trained: work.trained,
  }
}
