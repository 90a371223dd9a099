import type { Note, Size } from '../../contract/pictures.ts'
import { lightnessTones } from '../../core/color/tones.ts'
import type { Draft } from '../../core/pages/autoHints.ts'
import { withoutLines } from '../../core/pages/drafting.ts'
import { fault } from '../../core/texts/wording.ts'
import { needsModel, type PageParams } from '../../core/steps/page.ts'
import { colorize, type ColorizeAnswer } from '../models/colorizer.ts'
import { checkWeights, loadModel, type Model } from '../models/cards.ts'
import { decodePicture, type Pixels } from '../pictures/index.ts'
import { rowsOf } from '../pictures/rows.ts'
import { paintHints, spotsOf } from '../steps/hints.ts'
import { LowCopy, sizeWithin } from '../steps/lowCopy.ts'
import { withLoweredFactor } from '../steps/factor.ts'
import type { TaskContext } from '../workers/context.ts'
import { digest, flattened, type PageAnalysis } from './analysis.ts'

/** Longer side at which rough pictures are looked at, and networks run where their card does not say otherwise. */
const draftSide = 1024

/** A page's colours from elsewhere, and what gave them. */
export interface PageDraft {
  readonly draft: Draft
  /** Null: a rough picture of the user's. */
  readonly network: { readonly model: Model; readonly answer: ColorizeAnswer; readonly notes: readonly Note[] } | null
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

/** A rough picture as a draft: its colours without its lines. @throws HourglassError where it cannot be read */
async function roughDraft(path: string, { map }: PageAnalysis): Promise<Draft> {
  return withoutLines(map, await readDraft(path, { width: draftSide, height: draftSide }))
}

/** Longer side of another colouring whose colours are mixed pixel by pixel, at most. */
const otherSide = 4096

/** Another colouring of a page, lines and all, no larger than the page. @throws HourglassError where it cannot be read */
export function otherColoring(path: string, page: Size): Promise<Draft> {
  return readDraft(path, { width: Math.min(otherSide, page.width), height: Math.min(otherSide, page.height) })
}

function draftOfAnswer({ rgb }: ColorizeAnswer, model: Model): Draft {
  if (!rgb) throw fault('bad-model', 'fault.pageModelNoRgb', 'remedy.chooseOtherModel', { model: model.card.title })
  const count = rgb.width * rgb.height
  const out = new Uint8Array(3 * count)
  for (let i = 0; i < count; i++) for (let channel = 0; channel < 3; channel++) out[3 * i + channel] = Math.round(255 * Math.min(1, Math.max(0, rgb.data[channel * count + i] as number)))
  return { width: rgb.width, height: rgb.height, rgb: out }
}

/** Asks the page model, whose card takes the page's lightness and hints and gives colours of surfaces. */
async function networkDraft(pixels: Pixels, folder: string, params: Pick<PageParams, 'hints'>, task: TaskContext): Promise<PageDraft> {
  const model = await loadModel(folder)
  await checkWeights(model)
  const copy = await LowCopy.of(rowsOf(pixels))
  const takesHints = model.card.inputs.some(({ build }) => build === 'hintAb' || build === 'hintAbMask')
  const hints = params.hints.filter(({ empty }) => empty !== true)
  const { answer, notes } = await withLoweredFactor(model.card, null, async () => {
    task.check()
    const size: Size = sizeWithin(copy.size, Math.min(draftSide, model.card.size.max))
    const lightness = copy.lightnessAt(size, lightnessTones)
    const spots = takesHints ? spotsOf(hints, size) : []
    return colorize(task.studio.sessions, model, {
      lightness,
      size,
      hints: spots.length > 0 ? (input, rect) => paintHints(spots, input, rect, 1) : null,
      temperature: null,
      leaveCore: task.priority === 'job',
    })
  })
  return { draft: draftOfAnswer(answer, model), network: { model, answer, notes } }
}

/**
 * The colours a page's mode asks for beside its hints; null where hints alone count.
 * @throws HourglassError `missing-model` where a model is needed and there is none
 */
export async function draftOf(pixels: Pixels, analysis: PageAnalysis, folder: string, params: Pick<PageParams, 'mode' | 'rough' | 'hints' | 'linesOnly'>, task: TaskContext): Promise<PageDraft | null> {
  if (needsModel(params)) {
    if (folder === '') throw fault('missing-model', 'fault.noModelForTask', 'remedy.addPageModel', { task: 'colorize-page' })
    return networkDraft(pixels, folder, params, task)
  }
  return params.rough !== null && params.mode === 'both' ? { draft: await roughDraft(params.rough, analysis), network: null } : null
}


/** What a draft shows, remembered where the page has a name: a network is asked once for the same hints. */
export function draftFor(full: { key: string | null; pixels: () => Promise<Pixels> }, analysis: PageAnalysis, params: PageParams, folder: string, task: TaskContext, times?: { network: number }): Promise<PageDraft | null> {
  const make = async (): Promise<PageDraft | null> => {
    const from = performance.now()
    const draft = await draftOf(await full.pixels(), analysis, folder, params, task)
    if (times) times.network += performance.now() - from
    return draft
  }
  if (full.key === null || params.rough !== null) return make()
  return task.studio.memo.get(`${full.key}\0draft\0${digest([folder, params.mode, params.hints])}`, (draft) => draft?.draft.rgb.byteLength ?? 0, make)
}
