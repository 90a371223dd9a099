import type { ClipShot } from '../../contract/clips.ts'
import type { Recipe } from '../../contract/recipe.ts'
import type { ColorizeParams } from '../steps/colorize.ts'
import { runnableSteps, steps } from '../steps/index.ts'
import { paramsOf } from '../steps/step.ts'
import type { Span } from './chunks.ts'

/** How the frames of a shot are coloured. */
export interface Look {
  readonly params: ColorizeParams
  /** 0…1: how firmly colour is held. */
  readonly steady: number
}

/** The look of a frame's shot. */
export type LookOf = (frame: number) => Look

/**
 * Looks of a film whose shots may have recipes of their own: what a shot's recipe names is the shot's, the rest the
 * film's; hints of both count, each at its own frame. null: the film's recipe colours nothing.
 */
export function looksOf(film: Recipe, steady: number, shots: readonly ClipShot[]): LookOf | null {
  const colorizeOf = (recipe: Recipe | null): ReturnType<typeof runnableSteps>[number] | undefined => recipe === null ? undefined : runnableSteps(recipe).find(({ step }) => step === 'colorize')
  const step = colorizeOf(film)
  if (!step) return null
  const whole: Look = { params: paramsOf(steps.colorize, step).params, steady }
  const own = shots.map((shot) => {
    const changed = colorizeOf(shot.recipe)
    const { params } = changed ? paramsOf(steps.colorize, { ...changed, params: { ...step.params, ...changed.params } }) : whole
    const hints = changed?.params['hints'] === undefined ? params.hints : [...whole.params.hints, ...params.hints]
    return { shot, look: { params: { ...params, hints }, steady: shot.steady ?? steady } }
  })
  return (frame) => own.find(({ shot }) => shot.from <= frame && frame < shot.to)?.look ?? whole
}

/**
 * Settled shots as far as they lie in a range.
 * @returns or the first frame of the range that none or two of them claim
 */
export function shotsWithin(shots: readonly Span[], range: Span): Span[] | number {
  const found: Span[] = []
  let next = range.from
  for (const { from, to } of shots) {
    if (to <= range.from && found.length === 0) continue
    if (next >= range.to) break
    if (to <= from || (found.length === 0 ? from > next : from !== next)) return Math.min(from, next)
    found.push({ from: next, to: Math.min(to, range.to) })
    next = Math.min(to, range.to)
  }
  return next === range.to ? found : next
}
