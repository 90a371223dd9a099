import { expect, test } from 'vitest'
import { colorizeStep } from '../../../src/core/steps/colorize.ts'
import { defaultPhotoRecipe } from '../../../src/core/steps/index.ts'
import { setEnabled, setParam } from '../../../src/renderer/photos/editing.ts'

test('a parameter is added the first time and replaced after', () => {
  const first = setParam(defaultPhotoRecipe(), colorizeStep, 'strength', 0.5)
  expect(first.patches).toEqual([{ op: 'add', path: ['steps', 0, 'params', 'strength'], value: 0.5 }])
  const second = setParam(first.recipe, colorizeStep, 'strength', 0.7)
  expect(second.patches).toEqual([{ op: 'replace', path: ['steps', 0, 'params', 'strength'], value: 0.7 }])
  expect(second.recipe.steps[0]?.params).toEqual({ strength: 0.7 })
  expect(second.label).toEqual({ key: 'history.colorize.strength', values: { value: 0.7 } })
})

test('a step that the recipe lacks is added with its version', () => {
  const { recipe, patches } = setEnabled({ version: 1, steps: [] }, colorizeStep, false)
  expect(recipe.steps).toEqual([{ step: 'colorize', v: colorizeStep.version, enabled: false, params: {} }])
  expect(patches).toEqual([{ op: 'add', path: ['steps', 0], value: recipe.steps[0] }])
})

test('the recipe given is not changed', () => {
  const before = defaultPhotoRecipe()
  const copy = structuredClone(before)
  setParam(before, colorizeStep, 'warmth', 0.2)
  expect(before).toEqual(copy)
})
