import { z } from 'zod'
import { hint, type Hint } from '../../contract/hints.ts'
import { parseFields, type Parameter, type ParsedParams, type Step } from './step.ts'

export const pageModes = ['flats', 'model', 'both'] as const

/** Line of a stroke over the page, [x, y] in fractions of width and height. */
const pathOnPage = z.array(z.tuple([z.number().min(0).max(1), z.number().min(0).max(1)])).min(2).max(20_000)

const share = z.number().min(0).max(1)
/** A panel as it was when it was locked: where it lies, in fractions of the page, and the parameters that coloured it, locks apart. */
const lock = z.object({ box: z.object({ x: share, y: share, width: share, height: share }), params: z.record(z.string(), z.unknown()) })

const fields = {
  /** flats: hints fill their regions; model: a network colours, guided by the hints; both: flats where a hint stands. */
  mode: z.enum(pageModes),
  /** Model id; null: the default of the task `colorize-page`. */
  model: z.string().nullable(),
  hints: z.array(hint).max(100_000),
  /** Scene of the palette whose colours linked hints take; null: the usual ones. */
  scene: z.string().max(64).nullable(),
  /** Regions without a hint: left as paper, or filled from the nearest hint of their piece of paper. */
  unhinted: z.enum(['empty', 'fill']),
  /** Saturation of fills, 1 = as the hints say. */
  saturation: z.number().min(0).max(2),
  /** Picture of the page's colours, made elsewhere, that stands in for a model in mode `both`; path of its file. */
  rough: z.string().nullable(),
  /** Share of the model's (or the rough picture's) colour against the flats', in CIELAB a*b*; used in mode `both`. */
  blend: z.number().min(0).max(1),
  /** Gaps up to this many pixels count as closed where regions are told apart; null: by the page's size. */
  gap: z.number().min(1).max(40).nullable(),
  /** Screentone pitch in pixels whose dots are looked through; 0: clean line art. */
  toneSize: z.number().min(0).max(60),
  /** Bubbles, captions and gutters stay paper. */
  keepPaper: z.boolean(),
  /** Yellowed paper becomes white. */
  neutralPaper: z.boolean(),
  /** Strokes that act as lines, to close what is open. */
  closings: z.array(pathOnPage).max(2000),
  /** Strokes that join the regions they cross into one. */
  joins: z.array(pathOnPage).max(2000),
  /** Panels that do not change, whatever else does. */
  locks: z.array(lock).max(200),
  /** Bubbles and other regions that are kept as paper, or not any more, by hand; each by a place in it. */
  protect: z.array(z.object({ x: share, y: share, keep: z.boolean() })).max(2000),
  /** How dark lines and tones are, 1: as drawn, 0: not there. */
  lineOpacity: share,
  /** How much of their colour fills have, 1: all, 0: paper. */
  fillOpacity: share,
  /** Pixels that colour runs on under the lines; null: all the way. */
  grow: z.number().int().min(0).max(100).nullable(),
  /** The lines alone, on white. */
  linesOnly: z.boolean(),
  /** A page in colour already: stays as it is, is coloured where a hint stands on it by hand, or is coloured anew. */
  inColor: z.enum(['keep', 'hinted', 'recolor']),
}
export type PageParams = { [Key in keyof typeof fields]: z.output<(typeof fields)[Key]> }

const defaults: PageParams = {
  mode: 'flats',
  model: null,
  hints: [],
  scene: null,
  unhinted: 'empty',
  saturation: 1,
  rough: null,
  blend: 0.8,
  gap: null,
  toneSize: 0,
  keepPaper: true,
  neutralPaper: true,
  closings: [],
  joins: [],
  locks: [],
  protect: [],
  lineOpacity: 1,
  fillOpacity: 1,
  grow: null,
  linesOnly: false,
  inColor: 'hinted',
}

const named = <const P extends { id: string; simple: boolean }>(p: P) => ({ ...p, label: `steps.page.${p.id}` })

const parameters: readonly Parameter[] = [
  named({ id: 'mode', kind: 'choice', options: pageModes, default: 'flats', simple: true }),
  named({ id: 'model', kind: 'model', task: 'colorize-page', default: null, simple: true, showIf: { param: 'mode', is: ['model', 'both'] } }),
  named({ id: 'unhinted', kind: 'choice', options: ['empty', 'fill'], default: 'empty', simple: true }),
  named({ id: 'saturation', kind: 'number', min: 0, max: 2, step: 0.01, default: 1, origin: 1, simple: true }),
  named({ id: 'blend', kind: 'number', min: 0, max: 1, step: 0.01, default: 0.8, simple: true, showIf: { param: 'mode', is: ['both'] } }),
  named({ id: 'rough', kind: 'file', default: null, simple: false, showIf: { param: 'mode', is: ['both'] } }),
  named({ id: 'keepPaper', kind: 'toggle', default: true, simple: true }),
  named({ id: 'toneSize', kind: 'number', min: 0, max: 60, step: 1, default: 0, unit: 'px', simple: false }),
  named({ id: 'neutralPaper', kind: 'toggle', default: true, simple: false }),
  named({ id: 'hints', kind: 'hints', default: [], simple: false }),
]

/** True where a network has to be asked, for the page or for a panel that is locked. */
export function needsModel({ mode, rough, linesOnly, locks = [] }: Pick<PageParams, 'mode' | 'rough' | 'linesOnly'> & Partial<Pick<PageParams, 'locks'>>): boolean {
  return !linesOnly && (mode === 'model' || (mode === 'both' && rough === null) || locks.some((each) => needsModel({ ...lockedParams(each), locks: [] })))
}

const parsePage = (params: Record<string, unknown>): ParsedParams<PageParams> => parseFields(fields, defaults, params)

/** Whether a colour that a network proposed is seen: the page then carries its label. */
export const showsNetworkHints = (hints: readonly Hint[]): boolean => hints.some(({ network, hidden }) => network === true && hidden !== true)

/** The parameters that colour a locked panel. */
export const lockedParams = (each: PageParams['locks'][number]): PageParams => parsePage(each.params).params

/** Gives a page of line art its colours: fill colour × the page's own luminance, so that white paper can take any colour. */
export const pageStep: Step<'page', PageParams> = {
  id: 'page',
  version: 1,
  label: 'steps.page',
  appliesTo: ['page'],
  order: 500,
  parameters,
  migrations: [],
  defaults,
  parse: parsePage,
}
