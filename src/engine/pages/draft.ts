import type { Hint } from '../../contract/hints.ts'
import type { Note, Size } from '../../contract/pictures.ts'
import { srgbToLab } from '../../core/color/srgb.ts'
import { lightnessTones } from '../../core/color/tones.ts'
import type { Draft } from '../../core/pages/autoHints.ts'
import { fillsAt, placesOf } from '../../core/pages/composing.ts'
import { withoutLines } from '../../core/pages/drafting.ts'
import type { Fills } from '../../core/pages/solve.ts'
import { fault } from '../../core/texts/wording.ts'
import { isStrip, sizeBySheet } from '../../core/pages/sheet.ts'
import { needsModel, type PageParams } from '../../core/steps/page.ts'
import { colorize, takesHints, type ColorizeAnswer } from '../models/colorizer.ts'
import { checkWeights, loadModel, type Model } from '../models/cards.ts'
import { resample, type Plane } from '../models/resample.ts'
import { decodePicture } from '../pictures/index.ts'
import { paintHints, spotsOf, type PaintedSpot } from '../steps/hints.ts'
import { sizeWithin } from '../steps/lowCopy.ts'
import { withLoweredFactor } from '../steps/factor.ts'
import type { TaskContext } from '../workers/context.ts'
import { digest, flattened, type PageAnalysis } from './analysis.ts'
import type { FullPage, PageRows } from './fullPage.ts'
import { hintsIn, joined, sectionsOf } from './sections.ts'
import { spreadOnPage } from './spreading.ts'

/** Longer side at which rough pictures are looked at, and networks run where their card does not say otherwise. */
const draftSide = 1024

/** What a network said. */
interface Asked {
  readonly answer: ColorizeAnswer
  readonly notes: readonly Note[]
}

const answerBytes = ({ answer }: Asked): number => answer.rgb?.data.byteLength ?? 0

/** A page's colours from elsewhere, and what gave them. */
export interface PageDraft {
  readonly draft: Draft
  /** Null: a rough picture of the user's. */
  readonly network: (Asked & { readonly model: Model }) | null
}

/** A picture as a draft, lines and all. @throws HourglassError where it cannot be read */
export async function readDraft(path: string, box: Size): Promise<Draft> {
  const pixels = flattened(await decodePicture(path, { box, depth: 8 }))
  const count = pixels.width * pixels.height
  const rgb = new Uint8Array(3 * count)
  for (let i = 0; i < count; i++) {
    for (let channel = 0; channel < 3; channel++) rgb[3 * i + channel] = pixels.data[i * pixels.channels + (pixels.channels === 3 ? channel : 0)] as number
  }
  return { width: pixels.width, height: pixels.height, rgb }
}

/** The box in which a sheet of a page is so long: of a strip as many as there are, as far as memory goes. */
const sheetBox = (page: Size, side: number): Size => (isStrip(page) ? sizeBySheet(page, side, mostDraft) : { width: side, height: side })
/** Pixels of a draft, at most. */
const mostDraft = 16_000_000

/** A rough picture as a draft: its colours without its lines. @throws HourglassError where it cannot be read */
async function roughDraft(path: string, { map }: PageAnalysis): Promise<Draft> {
  return withoutLines(map, await readDraft(path, sheetBox(map.relief, draftSide)))
}

/** Longer side of another colouring whose colours are mixed pixel by pixel, at most. */
const otherSide = 4096

/** Another colouring of a page, lines and all, no larger than the page. @throws HourglassError where it cannot be read */
export function otherColoring(path: string, page: Size): Promise<Draft> {
  const box = sheetBox(page, otherSide)
  return readDraft(path, { width: Math.min(box.width, page.width), height: Math.min(box.height, page.height) })
}

function draftOfAnswer({ rgb }: ColorizeAnswer, model: Model): Draft {
  if (!rgb) throw fault('bad-model', 'fault.pageModelNoRgb', 'remedy.chooseOtherModel', { model: model.card.title })
  const count = rgb.width * rgb.height
  const out = new Uint8Array(3 * count)
  for (let i = 0; i < count; i++) for (let channel = 0; channel < 3; channel++) out[3 * i + channel] = Math.round(255 * Math.min(1, Math.max(0, rgb.data[channel * count + i] as number)))
  return { width: rgb.width, height: rgb.height, rgb: out }
}

/** The page's lightness with its paper at 100, as page models are trained: yellowed paper is no tone. */
function onWhitePaper(lightness: Plane, { levels }: PageAnalysis): Plane {
  const [red, green, blue] = levels.paper
  const [paper] = srgbToLab(red / 255, green / 255, blue / 255)
  return { ...lightness, data: lightness.data.map((value) => Math.min(100, (100 * value) / paper)) }
}

/** What a page model said. */
type NetworkDraft = PageDraft & { readonly network: Asked & { readonly model: Model } }

/** Asks the page model, whose card takes the page's lightness and hints and gives colours of surfaces. */
async function networkDraft(page: FullPage, analysis: PageAnalysis, fills: Fills, folder: string, params: Pick<PageParams, 'hints'>, task: TaskContext): Promise<PageDraft> {
  const model = await loadModel(folder)
  await checkWeights(model)
  const hints = params.hints.filter(({ empty }) => empty !== true)
  const sections = sectionsOf(analysis.map.relief)
  if (!sections) return askAbout(page, null, analysis, fills, model, hints, task)
  const asked: (PageRows & NetworkDraft)[] = []
  for (const rows of sections) {
    asked.push({ ...rows, ...(await askAbout(page, rows, analysis, fills, model, hintsIn(hints, page, rows), task)) })
    await task.pause()
  }
  return { draft: joined(asked, page, sizeBySheet(page, draftSide, mostDraft)), network: (asked[0] as NetworkDraft).network }
}

/** Asks it about some rows of a page. @param rows null: all; hints lie in fractions of them */
async function askAbout(page: FullPage, rows: PageRows | null, analysis: PageAnalysis, fills: Fills, model: Model, hints: readonly Hint[], task: TaskContext): Promise<NetworkDraft> {
  const copy = await page.copy(rows ?? undefined)
  const size: Size = sizeWithin(copy.size, Math.min(draftSide, model.card.size.max))
  const lightness = onWhitePaper(copy.lightnessAt(size, lightnessTones), analysis)
  const ask = (spots: readonly PaintedSpot[]): Promise<Asked> =>
    withLoweredFactor(model.card, null, async () => {
      task.check()
      return colorize(task.studio.sessions, model, {
        lightness,
        size,
        hints: spots.length > 0 ? (input, rect) => paintHints(spots, input, rect, 1) : null,
        temperature: null,
        leaveCore: task.priority === 'job',
      })
    })
  // The answer without hints is the same for all hints.
  const askBare = (): Promise<Asked> => (page.key === null ? ask([]) : task.studio.memo.get(`${page.key}\0bare\0${model.card.sha256}\0${rows?.top ?? ''}`, answerBytes, () => ask([])))
  const spots = takesHints(model) ? spotsOf(hints, size) : []
  const { answer, notes } = await (spots.length === 0 ? askBare() : ask(spots))
  const network = { model, answer, notes }
  const draft = draftOfAnswer(answer, model)
  if (spots.length === 0) return { draft, network }
  const bare = draftOfAnswer((await askBare()).answer, model)
  const low = resample(lightness, draft.width, draft.height, { x: 0, y: 0, width: size.width, height: size.height })
  const part = { left: 0, top: 0, width: draft.width, height: draft.height }
  const filled = fillsAt(analysis.map, fills, placesOf(analysis.map, { width: draft.width, height: draft.height, part, ...(rows ? { rows } : {}) }))
  return { draft: spreadOnPage(draft, bare, low, filled, spotsOf(hints, draft)), network }
}

/**
 * The colours a page's mode asks for beside its hints; null where hints alone count.
 * @throws HourglassError `missing-model` where a model is needed and there is none
 */
export async function draftOf(page: FullPage, analysis: PageAnalysis, fills: Fills, folder: string, params: Pick<PageParams, 'mode' | 'rough' | 'hints' | 'linesOnly'>, task: TaskContext): Promise<PageDraft | null> {
  if (needsModel(params)) {
    if (folder === '') throw fault('missing-model', 'fault.noModelForTask', 'remedy.addPageModel', { task: 'colorize-page' })
    return networkDraft(page, analysis, fills, folder, params, task)
  }
  return params.rough !== null && params.mode === 'both' ? { draft: await roughDraft(params.rough, analysis), network: null } : null
}

/** What a draft shows, remembered where the page has a name: a network is asked once for the same hints. */
export function draftFor(full: FullPage, analysis: PageAnalysis, fills: Fills, params: PageParams, folder: string, task: TaskContext, times?: { network: number }): Promise<PageDraft | null> {
  const make = async (): Promise<PageDraft | null> => {
    const from = performance.now()
    const draft = await draftOf(full, analysis, fills, folder, params, task)
    if (times) times.network += performance.now() - from
    return draft
  }
  if (full.key === null || params.rough !== null) return make()
  // Also what decides how far fills reach: hints spread there in the network's answer.
  const { mode, hints, toneSize, closings, gap, joins, protect, unhinted, keepPaper } = params
  return task.studio.memo.get(`${full.key}\0draft\0${digest([folder, mode, hints, toneSize, closings, gap, joins, protect, unhinted, keepPaper])}`, (draft) => (draft ? draft.draft.rgb.byteLength + (draft.network ? answerBytes(draft.network) : 0) : 0), make)
}
