/** Takes of shots: which of them stay when a film is brought up to date, what they are called, and the look they give back. */
import type { Hint } from '../../contract/hints.ts'
import type { Recipe } from '../../contract/recipe.ts'
import type { Shot } from '../../contract/shots.ts'
import type { KeptTake, Take, TakesFile } from '../../contract/takes.ts'
import { colorizeStep } from '../steps/colorize.ts'
import { defaultRecipe } from '../steps/index.ts'
import type { Span } from './chunks.ts'
import type { Look } from './shotList.ts'

/** A take that was just made; its number is found among those that are known. */
export type NewTake = Omit<KeptTake, 'number'>

const meets = (one: Span, other: Span): boolean => one.from < other.to && one.to > other.from
const holds = (outer: Span, inner: Span): boolean => outer.from <= inner.from && outer.to >= inner.to

/** Equal for takes whose colours are made by the same. */
const lookOf = ({ look, right, model }: NewTake): string => JSON.stringify([look.recipe, look.steady, right, model.sha256])

/** The number of the same look of these frames, else the next one. */
function numberOf(take: NewTake, known: readonly KeptTake[]): number {
  const here = known.filter((other) => meets(other, take))
  const isSame = (other: KeptTake): boolean => lookOf(other) === lookOf(take)
  const same = here.find(isSame)
  // Shots that were joined may have given one number to two looks.
  if (same && !here.some((other) => other.number === same.number && !isSame(other))) return same.number
  return 1 + Math.max(0, ...here.map(({ number }) => number))
}

/**
 * The takes of a clip once a film of it is written.
 * @param made those of the film's shots, in order; one that is known by its id keeps number and time
 * @param most earlier takes that stay at most of any frame
 */
export function nextTakes({ current, earlier }: TakesFile, made: readonly NewTake[], most: number): TakesFile {
  const known = [...current, ...earlier]
  const fresh = made.map((take): KeptTake => {
    const same = known.find(({ id }) => id === take.id)
    return { ...take, ...(same ? { number: same.number, at: same.at } : { number: numberOf(take, known) }) }
  })
  // A film of a range says nothing of the other shots.
  const now = [...current.filter((take) => !fresh.some((other) => meets(other, take))), ...fresh].sort((one, other) => one.from - other.from)
  const kept: KeptTake[] = []
  for (const take of known) {
    const isThere = [...now, ...kept].some((other) => other.number === take.number && holds(other, take))
    if (!isThere && kept.filter((other) => meets(other, take)).length < most) kept.push(take)
  }
  return { version: 1, current: now, earlier: kept }
}

/** The takes that have a frame, by their numbers; of one number the film's own, else the latest. */
export function takesAt(takes: readonly Take[], frame: number): Take[] {
  const found = new Map<number, Take>()
  for (const take of takes) if (take.from <= frame && frame < take.to && !(found.has(take.number) && !take.isCurrent)) found.set(take.number, take)
  return [...found.values()].sort((one, other) => one.number - other.number)
}

/** What is one for the whole film, and stays when a shot gets another look. */
const ofFilm = ['model', 'forceColor'] as const

function withLookOf(recipe: Recipe, now: Recipe): Recipe {
  const present = now.steps.find(({ step }) => step === colorizeStep.id)?.params ?? {}
  const steps = recipe.steps.map((step) => {
    if (step.step !== colorizeStep.id) return step
    const own = Object.entries(step.params).filter(([name]) => name !== 'hints' && !ofFilm.some((each) => each === name))
    const kept = ofFilm.flatMap((name) => (name in present ? [[name, present[name]] as const] : []))
    return { ...step, params: Object.fromEntries([...own, ...kept]) }
  })
  return { ...recipe, steps }
}

/** The look of a take for a shot: its recipe under the film's model, and what was set on frames that the shot has. */
export function lookAgain({ look, right }: Pick<KeptTake, 'look' | 'right'>, shot: Shot): Look {
  const recipe = look.recipe ?? defaultRecipe('clip')
  const hints = new Map<number, Hint[]>()
  for (const { frame, ...hint } of recipe.steps.flatMap(({ step, params }) => (step === colorizeStep.id ? colorizeStep.parse(params).params.hints : []))) {
    if (frame !== undefined && frame >= shot.from && frame < shot.to) hints.set(frame, [...(hints.get(frame) ?? []), hint])
  }
  return {
    recipe: withLookOf(recipe, shot.recipe),
    steady: look.steady ?? 1,
    hints: [...hints].sort(([one], [other]) => one - other).map(([frame, placed]) => ({ frame, hints: placed })),
    reference: right.find((frame) => frame >= shot.from && frame < shot.to) ?? null,
  }
}
