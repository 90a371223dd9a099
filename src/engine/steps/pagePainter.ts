import { composePage, fadeFills, fadeLines, placesOf } from '../../core/pages/composing.ts'
import type { KnownMixtures } from '../../core/pages/drafting.ts'
import { drawLines } from '../../core/pages/lines.ts'
import { lockedParams, type PageParams } from '../../core/steps/page.ts'
import type { Size } from '../../contract/pictures.ts'
import { analysePage, digest, layoutOf, type PageAnalysis } from '../pages/analysis.ts'
import { colorsOfPage } from '../pages/coloring.ts'
import { draftFor, type PageDraft } from '../pages/draft.ts'
import type { FullPage } from '../pages/fullPage.ts'
import { lockedArea } from '../pages/locks.ts'
import { solvePage } from '../pages/solving.ts'
import type { Pixels } from '../pictures/index.ts'
import { roomLike, type Samples } from '../pictures/samples.ts'
import type { StepContext } from './step.ts'
import type { Window } from './window.ts'

/** Where the pixels of parts of a picture lie on the page; made once where the same picture is looked at again and again. */
export type PlacesOf = (part: Window) => Int32Array

/** One set of parameters ready to be painted with. */
interface Paint {
  readonly analysis: PageAnalysis
  readonly params: PageParams
  readonly draft: PageDraft | null
  /** Colours at places; null: lines alone. */
  readonly colorsAt: ((places: Int32Array) => Int32Array) | null
}

async function paintOf(page: FullPage, params: PageParams, context: StepContext): Promise<Paint> {
  const { task } = context
  const analysis = await analysePage(task, page, params)
  await task.pause()
  task.progress(0.4)
  if (params.linesOnly) return { analysis, params, draft: null, colorsAt: null }
  const { fills } = solvePage(analysis, layoutOf(analysis, params), params, () => task.check())
  const draft = await draftFor(page, analysis, fills, params, context.model, task, context.times)
  task.check()
  const mixtures: KnownMixtures = new Map()
  return { analysis, params, draft, colorsAt: (places) => colorsOfPage(analysis, fills, params, places, draft, mixtures).colors }
}

/** Paints rows of a picture that shows the page. @param scale pixels of the page for one of the picture's */
function paintRows({ analysis: { map, levels }, params, colorsAt }: Paint, { data, channels, width, height }: Pixels, places: Int32Array, scale: number, out: Samples): void {
  if (!colorsAt) {
    drawLines(map, levels, data, channels, places, scale, out)
    return
  }
  const fills = colorsAt(places)
  if (params.fillOpacity < 1) fadeFills(fills, params.fillOpacity)
  const shown = params.lineOpacity < 1 ? data.slice() : data
  if (params.lineOpacity < 1) fadeLines(shown, params.lineOpacity)
  composePage({ data: shown, channels, width, height, fills }, levels, params.neutralPaper, out)
}

/** Colours the parts of a picture that shows a page, at any size. */
export class PagePainter {
  readonly #page: FullPage
  readonly #picture: Size
  readonly #context: StepContext
  readonly #own: Paint
  readonly #locked = new Map<string, Promise<Paint>>()
  readonly #placesOf: PlacesOf

  private constructor(page: FullPage, picture: Size, context: StepContext, own: Paint, places: PlacesOf | null) {
    this.#page = page
    this.#picture = picture
    this.#context = context
    this.#own = own
    this.#placesOf = places ?? ((part) => placesOf(own.analysis.map, { ...picture, part }))
  }

  /**
   * @param picture size of the whole picture that shows the page
   * @param places null: worked out for each part
   */
  static async of(page: FullPage, picture: Size, params: PageParams, context: StepContext, places: PlacesOf | null = null): Promise<PagePainter> {
    return new PagePainter(page, picture, context, await paintOf(page, params, context), places)
  }

  /** What a network or a rough picture gave; null: hints alone count. */
  get draft(): PageDraft | null {
    return this.#own.draft
  }

  /**
   * Paints whole rows of a part, on white paper, some at a time; locked panels as they were when they were locked.
   * @param view pixels of the part
   * @param corner where it lies in the picture
   * @param out RGB samples of the same depth, written
   */
  async paint(view: Pixels, corner: { readonly left: number; readonly top: number }, out: Samples): Promise<void> {
    const { task } = this.#context
    const rows = Math.max(1, Math.floor(bandPixels / view.width))
    const scale = this.#page.width / this.#picture.width
    for (let top = 0; top < view.height; top += rows) {
      const height = Math.min(rows, view.height - top)
      const from = top * view.width
      const band = { ...view, height, data: view.data.subarray(from * view.channels, (from + height * view.width) * view.channels) }
      const part = { left: corner.left, top: corner.top + top, width: view.width, height }
      const places = this.#placesOf(part)
      const painted = out.subarray(3 * from, 3 * (from + height * view.width))
      paintRows(this.#own, band, places, scale, painted)
      if (!this.#own.params.linesOnly) await this.#layLocked(band, part, places, scale, painted)
      await task.pause()
    }
  }

  async #layLocked(band: Pixels, part: Window, places: Int32Array, scale: number, out: Samples): Promise<void> {
    for (const lock of this.#own.params.locks) {
      const area = lockedArea(lock.box, this.#picture)
      const [fromX, toX] = [area.left, area.right].map((x) => Math.min(part.width, Math.max(0, x - part.left))) as [number, number]
      const [fromY, toY] = [area.top, area.bottom].map((y) => Math.min(part.height, Math.max(0, y - part.top))) as [number, number]
      if (fromX >= toX || fromY >= toY) continue
      const paint = await this.#lockedPaint(lock)
      const { width, channels } = band
      const rows = { ...band, height: toY - fromY, data: band.data.subarray(fromY * width * channels, toY * width * channels) }
      const painted = roomLike(band.data, 3 * rows.height * width, false)
      paintRows(paint, rows, places.subarray(fromY * width, toY * width), scale, painted)
      for (let y = fromY; y < toY; y++) out.set(painted.subarray(3 * ((y - fromY) * width + fromX), 3 * ((y - fromY) * width + toX)), 3 * (y * width + fromX))
    }
  }

  #lockedPaint(lock: PageParams['locks'][number]): Promise<Paint> {
    const key = digest(lock.params)
    const paint = this.#locked.get(key) ?? paintOf(this.#page, lockedParams(lock), this.#context)
    this.#locked.set(key, paint)
    return paint
  }
}

/** Pixels of the rows that are painted between two pauses. */
const bandPixels = 1 << 20
