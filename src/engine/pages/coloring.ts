import { fillsAt } from '../../core/pages/composing.ts'
import { layDraft, type KnownMixtures } from '../../core/pages/drafting.ts'
import { trimUnderLines } from '../../core/pages/lines.ts'
import { keepPaperColor, noColor } from '../../core/pages/marks.ts'
import type { Fills } from '../../core/pages/solve.ts'
import type { ColorKind } from '../../contract/pictures.ts'
import type { PageParams } from '../../core/steps/page.ts'
import { colorKindOfCopy } from '../steps/tones.ts'
import type { Memo } from '../workers/memo.ts'
import type { PageAnalysis } from './analysis.ts'
import type { PageDraft } from './draft.ts'
import type { FullPage } from './fullPage.ts'

/** Whether a page is grey, toned or in colour, remembered where it has a name. */
export function colorKindOfPage(memo: Memo, { key, copy }: Pick<FullPage, 'key' | 'copy'>): Promise<ColorKind> {
  const make = async (): Promise<ColorKind> => colorKindOfCopy(await copy())
  return key === null ? make() : memo.get(`${key}\0pageKind`, () => 100, make)
}

/** What becomes of a page that is in colour already. */
export type OnColor = 'page' | 'keep' | 'blend'

/**
 * `keep`: it stays as it is; `blend`: its colours are mixed with those of the rough picture; `page`: it is coloured like
 * any other, which is also the answer for pages that are not in colour.
 */
export function onColor(kind: ColorKind, { inColor, hints, mode, rough, linesOnly }: Pick<PageParams, 'inColor' | 'hints' | 'mode' | 'rough' | 'linesOnly'>): OnColor {
  if (kind !== 'color' || linesOnly || inColor === 'recolor') return 'page'
  if (mode === 'both' && rough !== null) return 'blend'
  const byHand = hints.some(({ auto, hidden }) => auto !== true && hidden !== true)
  return inColor === 'hinted' && byHand ? 'page' : 'keep'
}

export interface PageColors {
  /** Fills of hints, by place: 0xrrggbb, `keepPaperColor` or `noColor`. */
  readonly flats: Int32Array
  /** With the draft laid in and mixed, and taken off deep ink: what is multiplied by the page. */
  readonly colors: Int32Array
}

/** Colours of a page at some places under its recipe, from the top. @param mixtures of fills and the draft, found before */
export function colorsOfPage({ map }: PageAnalysis, fills: Fills, params: Pick<PageParams, 'mode' | 'blend' | 'grow'>, places: Int32Array, draft: PageDraft | null, mixtures?: KnownMixtures): PageColors {
  const flats = fillsAt(map, fills, places)
  // In mode “model” hints only guide the network: their fills are taken off, paper that is kept stays.
  if (params.mode === 'model') for (let n = 0; n < flats.length; n++) if ((flats[n] as number) !== keepPaperColor) flats[n] = noColor
  if (!draft && params.grow === null) return { flats, colors: flats }
  const colors = flats.slice()
  if (draft) layDraft(map, colors, places, draft.draft, params.mode === 'both' ? params.blend : 0, mixtures)
  if (params.grow !== null) trimUnderLines(map, colors, places, params.grow)
  return { flats, colors }
}
