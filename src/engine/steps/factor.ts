import { CancelledError, HourglassError } from '../../contract/errors.ts'
import type { ModelCard } from '../../contract/models.ts'
import type { Note } from '../../contract/pictures.ts'
import { fault, noted } from '../../core/texts/wording.ts'

/**
 * The factor a network runs at: what the recipe asks for, else the card's default; null for cards of fixed size.
 * The card's range is what its slider offers; a factor asked for outright (7…45) is obeyed.
 */
export function factorFor(card: ModelCard, wanted: number | null): number | null {
  const range = card.renderFactor
  if (!range || card.size.mode === 'fixed') return null
  return wanted ?? range.default
}

/**
 * The factor that the memory setting allows: the wanted one, or the next lower one that fits, which is then said. A
 * network whose card does not tell its working memory is tried as it is.
 * @param pixelsAt pixels of the network's input at a factor
 * @throws HourglassError `too-large` where not even the card's lowest factor fits
 */
export function allowedFactor(card: ModelCard, wanted: number | null, pixelsAt: (factor: number) => number, budget: { readonly roomMb: number; readonly limitMb: number }): { factor: number | null; notes: Note[] } {
  const { memory } = card
  if (wanted === null || !memory) return { factor: wanted, notes: [] }
  const mbAt = (factor: number): number => (pixelsAt(factor) * memory.bytesPerPixel) / 2 ** 20
  const lowest = Math.min(wanted, card.renderFactor?.min ?? wanted)
  let factor = wanted
  while (factor > lowest && mbAt(factor) > budget.roomMb) factor = Math.max(lowest, Math.ceil(factor) - 1)
  if (mbAt(factor) > budget.roomMb) {
    const needed = Math.ceil(budget.limitMb - budget.roomMb + mbAt(factor))
    throw fault('too-large', 'fault.modelNeedsMemory', 'remedy.moreMemoryOrModel', { model: card.title, needed, limit: budget.limitMb })
  }
  if (factor === wanted) return { factor, notes: [] }
  return { factor, notes: [noted('factor-lowered', 'note.factorBounded', { limit: budget.limitMb, wanted: Math.round(wanted), factor: Math.round(factor) })] }
}

/** Each try after a failure runs at this share of the factor before. */
const step = 0.75

/**
 * Runs a network at a factor; where the run itself fails (memory, above all), at lower ones, step by step. Says so,
 * and never passes a failure off as a grey picture.
 * @throws HourglassError `too-large` when it fails at the card's lowest factor too
 */
export async function withLoweredFactor<Answer>(
  card: ModelCard,
  wanted: number | null,
  run: (factor: number | null) => Promise<Answer>,
): Promise<{ answer: Answer; factor: number | null; notes: Note[] }> {
  let factor = wanted
  for (;;) {
    try {
      const answer = await run(factor)
      const notes: Note[] =
        factor === wanted || factor === null || wanted === null
          ? []
          : [noted('factor-lowered', 'note.factorLowered', { wanted: Math.round(wanted), factor: Math.round(factor) })]
      return { answer, factor, notes }
    } catch (thrown) {
      if (thrown instanceof CancelledError || thrown instanceof HourglassError) throw thrown
      const lowest = card.renderFactor?.min ?? 0
      if (factor === null || factor <= lowest) {
        const reason = thrown instanceof Error ? thrown.message.split('\n')[0] : String(thrown)
        throw fault('too-large', 'fault.couldNotRun', 'remedy.memoryOrSmallerModel', { model: card.title, reason: reason ?? '' }, { cause: thrown })
      }
      factor = Math.max(lowest, Math.floor(factor * step))
    }
  }
}
