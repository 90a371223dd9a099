import { z } from 'zod'
import { hint } from '../../contract/hints.ts'
import { parseFields, type Parameter, type Step } from './step.ts'

export const toneSources = ['lightness', 'automatic', 'red', 'green', 'mix'] as const
export type ToneSource = (typeof toneSources)[number]

const fields = {
  /** Model id; null: the default for the task. */
  model: z.string().nullable(),
  renderFactor: z.union([z.number().min(7).max(45), z.literal('auto')]).nullable(),
  /** Multiplies chroma; 0 returns the source untouched. */
  strength: z.number().min(0).max(1.5),
  /** 0 careful … 1 bold: gain on chroma, 0.6 … 1.6. */
  vividness: z.number().min(0).max(1),
  saturation: z.number().min(0).max(2),
  /** -1 cooler (towards 9000 K) … 1 warmer (towards 4000 K). */
  warmth: z.number().min(-1).max(1),
  /** Keeps the print's own toning under the colour. */
  keepTone: z.boolean(),
  tones: z.enum(toneSources),
  /** 0…1: repair of soft colour edges, times the card's own value. */
  edgeRepair: z.number().min(0).max(1),
  /** Colours also what is in colour already. */
  forceColor: z.boolean(),
  hints: z.array(hint).max(100_000),
  /** Path of a picture whose colours are taken over. */
  reference: z.string().nullable(),
}
const defaults: ColorizeParams = {
  model: null,
  renderFactor: null,
  strength: 1,
  vividness: 0.4,
  saturation: 1,
  warmth: 0,
  keepTone: false,
  tones: 'lightness',
  edgeRepair: 1,
  forceColor: false,
  hints: [],
  reference: null,
}
export type ColorizeParams = { [Key in keyof typeof fields]: z.output<(typeof fields)[Key]> }

const named = <const P extends { id: string; simple: boolean }>(p: P) => ({ ...p, label: `steps.colorize.${p.id}` })

const parameters: readonly Parameter[] = [
  named({ id: 'model', kind: 'model', task: 'colorize', default: null, simple: true }),
  named({ id: 'renderFactor', kind: 'renderFactor', min: 7, max: 45, default: null, simple: true }),
  named({ id: 'strength', kind: 'number', min: 0, max: 1.5, step: 0.01, default: 1, simple: true }),
  named({ id: 'vividness', kind: 'number', min: 0, max: 1, step: 0.01, default: 0.4, simple: true }),
  named({ id: 'saturation', kind: 'number', min: 0, max: 2, step: 0.01, default: 1, origin: 1, simple: true }),
  named({ id: 'warmth', kind: 'number', min: -1, max: 1, step: 0.01, default: 0, origin: 0, simple: true }),
  named({ id: 'tones', kind: 'choice', options: toneSources, default: 'lightness', simple: false }),
  named({ id: 'keepTone', kind: 'toggle', default: false, simple: false }),
  named({ id: 'edgeRepair', kind: 'number', min: 0, max: 1, step: 0.05, default: 1, simple: false }),
  named({ id: 'forceColor', kind: 'toggle', default: false, simple: false }),
  named({ id: 'hints', kind: 'hints', default: [], simple: false }),
  named({ id: 'reference', kind: 'file', default: null, simple: true }),
]

/** Gives a grey, toned or faded photograph its colours. The original's lightness is never touched. */
export const colorizeStep: Step<'colorize', ColorizeParams> = {
  id: 'colorize',
  version: 1,
  label: 'steps.colorize',
  appliesTo: ['photo', 'clip'],
  order: 500,
  parameters,
  migrations: [],
  defaults,
  parse: (params) => parseFields(fields, defaults, params),
}
