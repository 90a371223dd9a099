import type { ModelCard } from '../../contract/models.ts'
import type { Plane } from './resample.ts'
import type { Values } from './tensors.ts'

/** How sure a network is of its colours, 0…1, over the whole picture. */
export interface Confidence extends Plane {
  /** Places of a lower confidence are in doubt. */
  readonly doubtBelow: number
}

/** Spread (Lab units) at which a network's confidence counts as 1/e. */
const unsureSpread = 25

/** For cards that do not say: a spread of more than 25 Lab units, and an entropy of more than seven tenths of all there is. */
const usualDoubt = { abSpread: Math.exp(-1), confidence: 0.3 } as const

/** What a network says of its own sureness: its confidence, else what its spread means. Null where it says nothing. */
export function confidenceOf(answers: ReadonlyMap<string, Values>, card: ModelCard): Confidence | null {
  const confidence = answers.get('confidence')
  const spread = answers.get('abSpread')
  const said = confidence ?? spread
  if (!said) return null
  const { width, height } = said
  const data = confidence
    ? confidence.data.map((value) => Math.min(1, Math.max(0, value)))
    : said.data.map((value) => Math.exp(-((value / unsureSpread) ** 2)))
  return { width, height, data, doubtBelow: card.defaults.doubtBelow ?? usualDoubt[confidence ? 'confidence' : 'abSpread'] }
}
