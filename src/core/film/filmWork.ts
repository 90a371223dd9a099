/** From the shots of a clip to the work that colours them. */
import type { ClipShot } from '../../contract/clips.ts'
import type { Recipe } from '../../contract/recipe.ts'
import type { ClipShots, Shot } from '../../contract/shots.ts'
import { colorizeStep } from '../steps/colorize.ts'
import { defaultRecipe } from '../steps/index.ts'
import { withParams } from '../steps/withParams.ts'
import type { Span } from './chunks.ts'
import { hintsOn } from './shotList.ts'

/** A shot as the engine takes it: its hints stand in its recipe, each with the number of its frame. */
const clipShotOf = ({ from, to, recipe, steady, hints }: Shot): ClipShot => ({
  from,
  to,
  recipe: withParams(recipe, colorizeStep.id, { hints: hints.flatMap(({ frame, hints: placed }) => placed.map((hint) => ({ ...hint, frame }))) }),
  steady,
})

/** The recipe of a shot as the engine takes it, with the hints of one frame alone. */
export function recipeAt({ recipe }: Pick<ClipShot, 'recipe'>, frame: number): Recipe {
  const whole = recipe ?? defaultRecipe('clip')
  const hints = whole.steps.flatMap(({ step, params }) => (step === colorizeStep.id ? colorizeStep.parse(params).params.hints : []))
  return withParams(whole, colorizeStep.id, { hints: hints.filter((hint) => hint.frame === frame) })
}

/** The recipe of a shot with the hints of one of its frames: what colours that frame alone. */
export function recipeOfFrame(shot: Shot, frame: number): Recipe {
  const hints = hintsOn(shot, frame)
  return hints.length === 0 ? shot.recipe : withParams(shot.recipe, colorizeStep.id, { hints })
}

/** The shots that a range of frames touches. */
export const shotsIn = ({ shots }: Pick<ClipShots, 'shots'>, { from, to }: Span): readonly Shot[] => shots.filter((shot) => shot.to > from && shot.from < to)

/** What the engine is asked for a range: the film's own recipe names what is one for all; everything else is each shot's. `right`: frames whose colours the others follow. */
export function filmWork(shots: ClipShots, range: Span): { readonly recipe: Recipe; readonly shots: ClipShot[]; readonly right: number[] } {
  const wanted = shotsIn(shots, range)
  const given = wanted.flatMap(({ recipe }) => recipe.steps).find(({ step }) => step === colorizeStep.id)?.params
  const params = { model: given?.['model'] ?? null, forceColor: given?.['forceColor'] === true }
  const recipe: Recipe = { version: 1, steps: [{ step: colorizeStep.id, v: colorizeStep.version, enabled: true, params }] }
  return { recipe, shots: wanted.map(clipShotOf), right: wanted.flatMap(({ reference }) => reference ?? []) }
}
