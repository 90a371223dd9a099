import { asHourglassError } from '../../contract/errors.ts'
import type { Recipe } from '../../contract/recipe.ts'
import { filmModel } from '../../core/film/filmModel.ts'
import { withParams } from '../../core/steps/withParams.ts'
import { modelOfRecipe } from '../previews/keys.ts'

/**
 * The model that colours films by a recipe: the one it names, else the quick one, else the one set for photographs.
 * @param find the model of a recipe; throws `missing-model` where it is not there
 */
export function modelForFilm<Found>(recipe: Recipe, find: (recipe: Recipe) => Found): Found {
  if (modelOfRecipe(recipe)?.id != null) return find(recipe)
  try {
    return find(withParams(recipe, 'colorize', { model: filmModel }))
  } catch (thrown) {
    if (asHourglassError(thrown).code !== 'missing-model') throw thrown
    return find(recipe)
  }
}
