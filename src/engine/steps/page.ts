import { colorfulnessOf, colorMoments } from '../../core/color/colorfulness.ts'
import { blendColors } from '../../core/pages/blending.ts'
import { composePage, fadeFills, fadeLines, placesOf } from '../../core/pages/composing.ts'
import { drawLines } from '../../core/pages/lines.ts'
import { lockedParams, needsModel, showsNetworkHints, type PageParams } from '../../core/steps/page.ts'
import { noted } from '../../core/texts/wording.ts'
import { analysePage, digest, flattened, layoutOf, type PageAnalysis } from '../pages/analysis.ts'
import { colorKindOfPage, colorsOfPage, onColor } from '../pages/coloring.ts'
import { draftFor, otherColoring, type PageDraft } from '../pages/draft.ts'
import { lockedArea } from '../pages/locks.ts'
import { solvePage } from '../pages/solving.ts'
import type { Pixels } from '../pictures/index.ts'
import { roomLike } from '../pictures/samples.ts'
import type { StepContext, StepResult } from './step.ts'
import { cutOut } from './window.ts'

/** Pixels whose colours tell how colourful a picture is, about. */
const judged = 200_000

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

function colorfulnessOfPart(data: Pixels['data']): number {
  const step = Math.max(1, Math.floor(data.length / 3 / judged))
  if (step === 1) return colorfulnessOf(colorMoments(data, data instanceof Uint8Array ? 1 : 1 / 257))
  const some = new Uint8Array(3 * Math.ceil(data.length / 3 / step))
  const scale = data instanceof Uint8Array ? 1 : 1 / 257
  for (let from = 0, to = 0; from < data.length; from += 3 * step) for (let channel = 0; channel < 3; channel++) some[to++] = (data[from + channel] as number) * scale
  return colorfulnessOf(colorMoments(some))
}

/** Colours mixed this many rows at a time, so that a cancel is heard. */
const blendRows = 128

/** A page in colour already: as it is, or mixed with the rough picture's colours. */
async function runColored(pixels: Pixels, params: PageParams, context: StepContext): Promise<StepResult> {
  const { task } = context
  const view = flattened(context.window ? cutOut(pixels, context.window) : pixels)
  if (params.rough === null || params.mode !== 'both') {
    const figures = { colorKind: 'color' as const, alreadyColor: true, colorfulness: colorfulnessOfPart(view.data), notes: [noted('already-color', 'note.alreadyColor')] }
    return { pixels: context.window ? cutOut(pixels, context.window) : pixels, figures, confidence: null, trained: false }
  }
  const from = performance.now()
  const other = await otherColoring(params.rough, pixels)
  const out = roomLike(view.data, 3 * view.width * view.height, true)
  const corner = context.window ?? { left: 0, top: 0 }
  for (let y = 0; y < view.height; y += blendRows) {
    await task.pause()
    const rows = Math.min(blendRows, view.height - y)
    const [start, end] = [3 * y * view.width, 3 * (y + rows) * view.width]
    blendColors(view.data.subarray(start, end), { left: corner.left, top: corner.top + y, width: view.width, height: rows }, pixels, other, params.blend, out.subarray(start, end))
  }
  context.times.compose += performance.now() - from
  const lumaDrift = await driftOf(view, out, task)
  return { pixels: { ...view, data: out, channels: 3 }, figures: { colorKind: 'color', lumaDrift, colorfulness: colorfulnessOfPart(out), notes: [] }, confidence: null, trained: false }
}

function driftOf(before: Pixels, after: Pixels['data'], task: StepContext['task']) {
  return task.studio.pool.drift(
    { before: before.data, beforeFormat: { channels: before.channels, depth: before.depth }, after, afterFormat: { channels: 3, depth: before.depth }, pixels: before.width * before.height, cancel: task.cancel },
    { yield: () => task.pause() },
  )
}

interface Coloured {
  /** What of the page is wanted, on white paper. */
  readonly view: Pixels
  /** Its colours, interleaved RGB. */
  readonly out: Pixels['data']
  readonly draft: PageDraft | null
}

/** Colours the page, or the wanted part of it, by one set of parameters; locked panels are not looked at. */
async function colourPage(pixels: Pixels, params: PageParams, context: StepContext): Promise<Coloured> {
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
  if (params.linesOnly) {
    drawLines(map, levels, view.data, view.channels, places, map.relief.width / pixels.width, out)
    context.times.compose += performance.now() - from
    return { view, out, draft: null }
  }
  const { fills } = solvePage(analysis, layoutOf(analysis, params), params)
  const draft = await draftFor(full, analysis, fills, params, context.model, context.task, context.times)
  task.check()
  const { colors } = colorsOfPage(analysis, fills, params, places, draft)
  if (params.fillOpacity < 1) fadeFills(colors, params.fillOpacity)
  await task.pause()
  task.progress(0.7)
  const data = params.lineOpacity < 1 ? view.data.slice() : view.data
  if (params.lineOpacity < 1) fadeLines(data, params.lineOpacity)
  composePage({ data, channels: view.channels, width: view.width, height: view.height, fills: colors }, levels, params.neutralPaper, out)
  context.times.compose += performance.now() - from
  return { view, out, draft }
}

/** A locked panel's colours for the same part of the page; remembered for a view, since nothing changes them. */
function lockedColours(pixels: Pixels, lock: PageParams['locks'][number], context: StepContext): Promise<Pixels['data']> {
  const make = async (): Promise<Pixels['data']> => (await colourPage(pixels, lockedParams(lock), context)).out
  const { key } = fullOf(pixels, context)
  if (key === null || context.window) return make()
  return context.task.studio.memo.get(`${key}\0locked\0${pixels.width}x${pixels.height}x${pixels.depth}\0${digest([context.model, lock.params])}`, (data) => data.byteLength, make)
}

/** Puts what locked panels looked like when they were locked over what the page looks like now. */
async function layLocked(pixels: Pixels, locks: PageParams['locks'], { view, out }: Coloured, context: StepContext): Promise<void> {
  const { left, top } = context.window ?? { left: 0, top: 0 }
  for (const lock of locks) {
    const area = lockedArea(lock.box, pixels)
    const [fromX, toX] = [area.left, area.right].map((x) => Math.min(view.width, Math.max(0, x - left))) as [number, number]
    const [fromY, toY] = [area.top, area.bottom].map((y) => Math.min(view.height, Math.max(0, y - top))) as [number, number]
    if (fromX >= toX || fromY >= toY) continue
    const locked = await lockedColours(pixels, lock, context)
    for (let row = fromY; row < toY; row++) out.set(locked.subarray(3 * (row * view.width + fromX), 3 * (row * view.width + toX)), 3 * (row * view.width + fromX))
  }
}

/**
 * Colours a page. It is always told apart at full size; a view takes its colours from there, pixel by pixel, so that
 * nothing leaks that would not leak in the export.
 */
export async function runPage(pixels: Pixels, params: PageParams, context: StepContext): Promise<StepResult> {
  const { task } = context
  if (onColor(await colorKindOfPage(task.studio.memo, context.key, async () => pixels), params) !== 'page') return runColored(pixels, params, context)
  const coloured = await colourPage(pixels, params, context)
  if (!params.linesOnly) await layLocked(pixels, params.locks, coloured, context)
  const { view, out, draft } = coloured
  const lumaDrift = await driftOf(view, out, task)
  const network = draft?.network
  return {
    pixels: { ...view, data: out, channels: 3 },
    figures: {
      ...(network
        ? { model: { id: network.model.card.id, sha256: network.model.card.sha256 }, provider: network.answer.provider, providerNote: network.answer.providerNote, providerWording: network.answer.providerWording, networkSize: [...network.answer.networkSize] }
        : {}),
      lumaDrift,
      colorfulness: colorfulnessOfPart(out),
      notes: [...(network?.notes ?? [])],
    },
    confidence: null,
    trained: Boolean(network) || showsNetworkHints(params.hints) || (!params.linesOnly && params.locks.map(lockedParams).some((own) => needsModel(own) || showsNetworkHints(own.hints))),
  }
}
