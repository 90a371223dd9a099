import type { PageReport } from '../../contract/pageReport.ts'
import type { Palette } from '../../contract/pages.ts'
import type { Recipe } from '../../contract/recipe.ts'
import { resolvePalette } from '../../core/pages/palette.ts'
import { pageStep, type PageParams } from '../../core/steps/page.ts'
import { setParam, type Edit } from '../photos/editing.ts'
import type { Box, Lockable } from '../stage/overlay/scene.ts'
import { pageParams } from './editing.ts'

interface Place {
  readonly x: number
  readonly y: number
}

const isIn = ({ x, y }: Place, box: Box): boolean => x >= box.x && y >= box.y && x <= box.x + box.width && y <= box.y + box.height
const smallest = <Item extends { readonly box: Box }>(items: readonly Item[]): Item | undefined => items.toSorted((one, other) => one.box.width * one.box.height - other.box.width * other.box.height)[0]
/** Panels are found anew in every report: the same one within a thousandth of the page. */
const isSame = (one: Box, other: Box): boolean => (['x', 'y', 'width', 'height'] as const).every((side) => Math.abs(one[side] - other[side]) < 0.001)

/** What can be locked on a page, and of it what is. Bubbles keep their paper by themselves: only the lock tool shows them. */
export function lockablesOf(recipe: Recipe | null, report: PageReport | null): { panels: Lockable[]; locked: Lockable[] } {
  const { locks } = recipe ? pageParams(recipe) : pageStep.defaults
  const locked = locks.map(({ box }): Lockable => ({ box, kind: 'panel', locked: true }))
  const free = (report?.panels ?? []).filter((box) => !locks.some((lock) => isSame(lock.box, box))).map((box): Lockable => ({ box, kind: 'panel', locked: false }))
  const bubbles = (report?.bubbles ?? []).map((box, n): Lockable => ({ box, kind: 'bubble', locked: report?.bubblesKept[n] ?? false }))
  return { panels: [...free, ...locked, ...bubbles], locked }
}

const change = (recipe: Recipe, param: 'locks' | 'protect', value: PageParams['locks'] | PageParams['protect'], key: string): Edit => ({ ...setParam(recipe, pageStep, param, value), label: { key } })

/** Locks an area as the page looks now: with the colours that its hints and swatches have at this moment. */
export function lockedBox(box: Box, recipe: Recipe, palette: Palette): Edit {
  const { locks: _locks, ...params } = resolvePalette(recipe, palette).steps.find(({ step }) => step === pageStep.id)?.params ?? {}
  return change(recipe, 'locks', [...pageParams(recipe).locks, { box, params }], 'history.page.lock')
}

/** The other state of the bubble or panel at a place: the smallest one counts. Where there is neither, nothing changes. */
export function lockedAt(place: Place, recipe: Recipe, palette: Palette, report: PageReport | null): Edit {
  const found = smallest(lockablesOf(recipe, report).panels.filter(({ box }) => isIn(place, box)))
  if (!found) return { recipe, patches: [], label: { key: 'history.page.lock' } }
  const { locks, protect } = pageParams(recipe)
  if (found.kind === 'panel') return found.locked ? change(recipe, 'locks', locks.filter(({ box }) => box !== found.box && !isSame(box, found.box)), 'history.page.unlock') : lockedBox(found.box, recipe, palette)
  const others = protect.filter((each) => !isIn(each, found.box))
  return change(recipe, 'protect', [...others, { ...place, keep: !found.locked }], found.locked ? 'history.page.releaseBubble' : 'history.page.keepBubble')
}
