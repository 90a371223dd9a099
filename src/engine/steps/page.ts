import { createHash } from 'node:crypto'
import { colorfulnessOf, colorMoments } from '../../core/color/colorfulness.ts'
import { composePage, fillsAt, placesOf } from '../../core/pages/composing.ts'
import type { Fills } from '../../core/pages/solve.ts'
import { layDraft } from '../../core/pages/drafting.ts'
import { drawLines, trimUnderLines } from '../../core/pages/lines.ts'
import { keepPaperColor, noColor } from '../../core/pages/marks.ts'
import type { PageParams } from '../../core/steps/page.ts'
import { analysePage, flattened, layoutOf, type PageAnalysis } from '../pages/analysis.ts'
import { draftOf, type PageDraft } from '../pages/draft.ts'
import { solvePage } from '../pages/solving.ts'
import type { Pixels } from '../pictures/index.ts'
import { roomLike } from '../pictures/samples.ts'
import type { StepContext, StepResult } from './step.ts'
import { cutOut } from './window.ts'

/** Pixels whose colours tell how colourful a picture is, about. */
const judged = 200_000

const digest = (value: unknown): string => createHash('sha1').update(JSON.stringify(value)).digest('base64')

/** The page at full size: its name and how to get at it. */
function fullOf(pixels: Pixels, { full, key }: StepContext): { key: string | null; pixels: () => Promise<Pixels> } {
  if (!full) return { key, pixels: async () => pixels }
  return { key: full.key, pixels: full.pixels }
}

/** Where the pixels of the view, or of the wanted part of it, lie on the page; remembered for a view. */
function placesFor(view: Pixels, analysis: PageAnalysis, context: StepContext, fullKey: string | null): Promise<Int32Array> {
  const part = context.window ?? { left: 0, top: 0, width: view.width, height: view.height }
  const make = async (): Promise<Int32Array> => placesOf(analysis.map, { width: view.width, height: view.height, part })
  if (fullKey === null || context.window) return make()
  return context.task.studio.memo.get(`${fullKey}\0places\0${view.width}x${view.height}`, (places) => places.byteLength, make)
}

/** What a draft shows, remembered: a network is asked once for the same hints. */
function draftFor(full: { key: string | null; pixels: () => Promise<Pixels> }, analysis: PageAnalysis, fills: Fills, params: PageParams, context: StepContext): Promise<PageDraft | null> {
  const make = async (): Promise<PageDraft | null> => {
    const from = performance.now()
    const draft = await draftOf(await full.pixels(), analysis, fills, context.model, params, context.task)
    context.times.network += performance.now() - from
    return draft
  }
  if (full.key === null || params.rough !== null) return make()
  const what = digest([context.model, params])
  return context.task.studio.memo.get(`${full.key}\0draft\0${what}`, (draft) => draft?.draft.rgb.byteLength ?? 0, make)
}

function colorfulnessOfPart(data: Pixels['data']): number {
  const step = Math.max(1, Math.floor(data.length / 3 / judged))
  if (step === 1) return colorfulnessOf(colorMoments(data, data instanceof Uint8Array ? 1 : 1 / 257))
  const some = new Uint8Array(3 * Math.ceil(data.length / 3 / step))
  const scale = data instanceof Uint8Array ? 1 : 1 / 257
  for (let from = 0, to = 0; from < data.length; from += 3 * step) for (let channel = 0; channel < 3; channel++) some[to++] = (data[from + channel] as number) * scale
  return colorfulnessOf(colorMoments(some))
}

/** In mode “model” hints only guide the network: their fills are taken off, paper that is kept stays. */
function withoutFlats(fills: Int32Array): void {
  for (let n = 0; n < fills.length; n++) if ((fills[n] as number) !== keepPaperColor) fills[n] = noColor
}

/**
 * Colours a page. It is always told apart at full size; a view takes its colours from there, pixel by pixel, so that
 * nothing leaks that would not leak in the export.
 */
export async function runPage(pixels: Pixels, params: PageParams, context: StepContext): Promise<StepResult> {
  const { task } = context
  const full = fullOf(pixels, context)
  const analysis = await analysePage(task.studio.memo, full.key, full.pixels, params)
  await task.pause()
  task.progress(0.4)
  const { map, levels } = analysis
  const from = performance.now()
  const places = await placesFor(pixels, analysis, context, full.key)
  const view = flattened(context.window ? cutOut(pixels, context.window) : pixels)
  const out = roomLike(view.data, 3 * view.width * view.height, true)
  const done = async (draft: PageDraft | null): Promise<StepResult> => {
    context.times.compose += performance.now() - from
    const lumaDrift = await task.studio.pool.drift(
      { before: view.data, beforeFormat: { channels: view.channels, depth: view.depth }, after: out, afterFormat: { channels: 3, depth: view.depth }, pixels: view.width * view.height, cancel: task.cancel },
      { yield: () => task.pause() },
    )
    const network = draft?.network
    return {
      pixels: { ...view, data: out, channels: 3 },
      figures: {
        ...(network
          ? { model: { id: network.model.card.id, sha256: network.model.card.sha256 }, provider: network.answer.provider, providerNote: network.answer.providerNote, networkSize: [...network.answer.networkSize] }
          : {}),
        lumaDrift,
        colorfulness: colorfulnessOfPart(out),
        notes: [...(network?.notes ?? [])],
      },
      confidence: null,
      trained: Boolean(network),
    }
  }
  if (params.linesOnly) {
    drawLines(map, levels, view.data, view.channels, places, map.relief.width / pixels.width, out)
    return done(null)
  }
  const { fills } = solvePage(analysis, layoutOf(analysis, params), params)
  const draft = await draftFor(full, analysis, fills, params, context)
  task.check()
  const colors = fillsAt(map, fills, places)
  if (params.mode === 'model') withoutFlats(colors)
  if (draft) layDraft(map, colors, places, draft.draft, params.mode === 'both' ? params.blend : 0)
  if (params.grow !== null) trimUnderLines(map, colors, places, params.grow)
  await task.pause()
  task.progress(0.7)
  composePage({ data: view.data, channels: view.channels, width: view.width, height: view.height, fills: colors }, levels, params.neutralPaper, out)
  return done(draft)
}
