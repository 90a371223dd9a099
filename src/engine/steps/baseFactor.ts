import type { ModelCard } from '../../contract/models.ts'
import type { Size } from '../../contract/pictures.ts'
import { networkSizeFor } from '../../core/color/networkSize.ts'
import type { ColorizeAnswer } from '../models/colorizer.ts'
import { resample, type Plane } from '../models/resample.ts'

/** Share of the base's answer in those above it: no higher factor then errs more than the base does (training/README.md, Working size). */
const baseShare = 0.6

function mixed<Values extends Plane>(fine: Values, base: Plane): Values {
  const broad = resample(base, fine.width, fine.height).data
  return { ...fine, data: fine.data.map((value, i) => value + baseShare * ((broad[i] as number) - value)) }
}

/**
 * The factor whose answer leads that of `factor`, or null: the network's answer there stands for itself. Networks know what they
 * see best at about the size that they were trained at; above it they see more edges and understand less.
 */
export function baseOf(card: ModelCard, factor: number | null, picture: Size): number | null {
  const base = card.renderFactor?.base
  if (base === undefined || factor === null || factor <= base) return null
  const [low, high] = [networkSizeFor(base, picture, card.size), networkSizeFor(factor, picture, card.size)]
  return low.width === high.width && low.height === high.height ? null : base
}

/** The answer at a higher factor, led by the answer at the base. */
export function ledBy<Answer extends ColorizeAnswer>(base: ColorizeAnswer, run: Answer): Answer {
  const confidence = run.confidence && base.confidence ? mixed(run.confidence, base.confidence) : run.confidence
  return { ...run, a: mixed(run.a, base.a), b: mixed(run.b, base.b), confidence }
}
