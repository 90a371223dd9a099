import { expect, test } from 'vitest'
import { defaultRecipe, stepsFor } from '../../../../src/core/steps/index.ts'

test('a photo is offered the steps of photos, a page those of pages', () => {
  expect(stepsFor('photo').map((step) => step.id)).toContain('colorize')
  expect(stepsFor('photo').map((step) => step.id)).not.toContain('page')
  expect(stepsFor('page').map((step) => step.id)).toContain('page')
  expect(stepsFor('page').map((step) => step.id)).not.toContain('colorize')
})

test.each(['photo', 'page', 'clip'] as const)('the recipe that a new %s starts with holds steps made for it', (kind) => {
  const offered = stepsFor(kind).map((step) => step.id)
  for (const { step } of defaultRecipe(kind).steps) expect(offered).toContain(step)
})
