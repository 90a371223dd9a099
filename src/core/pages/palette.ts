import type { Hint } from '../../contract/hints.ts'
import type { Palette, Swatch } from '../../contract/pages.ts'
import type { Recipe } from '../../contract/recipe.ts'

/** A swatch's colour in a scene; its usual one where the scene says nothing of it. */
export function swatchColor(swatch: Swatch, scene: string | null): string {
  return (scene !== null && swatch.scenes[scene]) || swatch.color
}

/** A swatch's word, under that of its group where it has one. */
export const swatchTitle = ({ group, name }: Pick<Swatch, 'group' | 'name'>): string => [group, name].filter(Boolean).join(' · ')

const isHint = (value: unknown): value is Hint => typeof value === 'object' && value !== null && 'color' in value

/** The scene that a recipe's page step names; null: the usual colours. */
export function sceneOf(params: Record<string, unknown>): string | null {
  return typeof params['scene'] === 'string' ? params['scene'] : null
}

/** Hints with the colours of the swatches they link to. A link to a swatch that is gone keeps the hint's own colour. */
export function colourHints<Given extends Pick<Hint, 'color' | 'swatch'>>(hints: readonly Given[], palette: Palette, scene: string | null): Given[] {
  const byId = new Map(palette.swatches.map((swatch) => [swatch.id, swatch]))
  return hints.map((hint) => {
    const swatch = hint.swatch === undefined ? undefined : byId.get(hint.swatch)
    const color = swatch && swatchColor(swatch, scene)
    return color === undefined || color === hint.color ? hint : { ...hint, color }
  })
}

/**
 * The recipe as it is rendered: hints carry the colour of their swatch, and neither links nor the scene are left, so that
 * two recipes that look the same have one key. The only place where links are resolved; resolving twice changes nothing.
 */
export function resolvePalette(recipe: Recipe, palette: Palette): Recipe {
  const steps = colourRecipe(recipe, palette).steps.map((step) => {
    const hints = step.params['hints']
    if (step.step !== 'page' || !Array.isArray(hints)) return step
    const { scene: _scene, ...params } = step.params
    return { ...step, params: { ...params, hints: hints.filter(isHint).map(({ swatch: _swatch, name: _name, ...hint }) => hint) } }
  })
  return { ...recipe, steps }
}

/** The recipe with the colours that its hints' swatches have in its scene; names, links and scene stay. */
export function colourRecipe(recipe: Recipe, palette: Palette): Recipe {
  const steps = recipe.steps.map((step) => {
    const hints = step.params['hints']
    if (step.step !== 'page' || !Array.isArray(hints)) return step
    return { ...step, params: { ...step.params, hints: colourHints(hints.filter(isHint), palette, sceneOf(step.params)) } }
  })
  return { ...recipe, steps }
}

/** Whether a recipe has a hint that links to one of these swatches. */
export function linksTo(recipe: Recipe, swatches: ReadonlySet<string>): boolean {
  return recipe.steps.some(({ params }) => Array.isArray(params['hints']) && params['hints'].some((hint) => isHint(hint) && hint.swatch !== undefined && swatches.has(hint.swatch)))
}
