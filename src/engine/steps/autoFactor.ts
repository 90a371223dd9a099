import type { FactorSuggestion } from '../../contract/photos.ts'
import type { ColorizeParams } from '../../core/steps/colorize.ts'
import type { Model } from '../models/cards.ts'
import type { TaskContext } from '../workers/context.ts'
import type { LowCopy } from './lowCopy.ts'
export async function autoFactor(_task: TaskContext, _copy: LowCopy, model: Model, _params: ColorizeParams): Promise<FactorSuggestion> {
  return { renderFactor: model.card.renderFactor?.default ?? 0, candidates: [], reason: { key: 'x', values: {} } }
}
