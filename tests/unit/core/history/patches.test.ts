import { describe, expect, test } from 'vitest'
import type { Recipe, RecipePatch } from '../../../../src/contract/recipe.ts'
import { applyPatches } from '../../../../src/core/history/patches.ts'

/** A small generator of our own (xorshift), so that a failing row can be run again. */
function randomOf(seed: number): () => number {
  let state = seed | 1
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32
  }
}

const start: Recipe = {
  version: 1,
  steps: [{ step: 'colorize', enabled: true, params: { strength: 1, hints: [{ kind: 'dot', x: 0.5, y: 0.5, color: '#112233' }] } }],
}

/** A patch that fits the recipe as it is now. */
function randomPatch(recipe: Recipe, random: () => number): RecipePatch {
  const index = Math.floor(random() * recipe.steps.length)
  const step = recipe.steps[index]
  const hints = step?.params['hints'] as unknown[] | undefined
  const name = ['strength', 'warmth', 'model'][Math.floor(random() * 3)] ?? 'warmth'
  const choice = random()
  if (!step || choice < 0.15) return { op: 'add', path: ['steps', Math.floor(random() * (recipe.steps.length + 1))], value: { step: `s${Math.floor(random() * 99)}`, enabled: true, params: {} } }
  if (choice < 0.25 && recipe.steps.length > 1) return { op: 'remove', path: ['steps', index] }
  if (choice < 0.4 && hints?.length) return { op: 'remove', path: ['steps', index, 'params', 'hints', Math.floor(random() * hints.length)] }
  if (choice < 0.6 && hints) return { op: 'add', path: ['steps', index, 'params', 'hints', Math.floor(random() * (hints.length + 1))], value: { kind: 'dot', x: random(), y: random(), color: '#abcdef' } }
  if (choice < 0.7) return { op: 'replace', path: ['steps', index, 'params', 'hints'], value: [] }
  if (choice < 0.8 && Object.hasOwn(step.params, name)) return { op: 'remove', path: ['steps', index, 'params', name] }
  return { op: random() < 0.5 ? 'add' : 'replace', path: ['steps', index, 'params', name], value: random() }
}

describe('patches of a recipe', () => {
  test('taken back one by one lead exactly to the start, for random rows of changes', () => {
    for (let seed = 1; seed <= 60; seed++) {
      const random = randomOf(seed * 7919)
      const inverses: RecipePatch[][] = []
      const seen: Recipe[] = []
      let recipe = start
      for (let n = 0; n < 40; n++) {
        seen.push(recipe)
        const applied = applyPatches(recipe, [randomPatch(recipe, random)])
        inverses.push(applied.inverse)
        recipe = applied.document
      }
      for (let n = inverses.length - 1; n >= 0; n--) {
        recipe = applyPatches(recipe, inverses[n] ?? []).document
        expect(recipe, `seed ${seed}, step ${n}`).toEqual(seen[n])
      }
    }
  })

  test('of one gesture are taken back together', () => {
    const patches: RecipePatch[] = [
      { op: 'add', path: ['steps', 1], value: { step: 'film', enabled: true, params: {} } },
      { op: 'replace', path: ['steps', 1, 'enabled'], value: false },
      { op: 'remove', path: ['steps', 0] },
    ]
    const { document, inverse } = applyPatches(start, patches)
    expect(document.steps).toEqual([{ step: 'film', enabled: false, params: {} }])
    expect(applyPatches(document, inverse).document).toEqual(start)
  })

  test('leave the document they were given as it was', () => {
    const before = structuredClone(start)
    applyPatches(start, [{ op: 'replace', path: ['steps', 0, 'params', 'strength'], value: 0 }])
    expect(start).toEqual(before)
  })

  test.each<[string, RecipePatch]>([
    ['a step that is not there', { op: 'replace', path: ['steps', 7, 'enabled'], value: true }],
    ['a place beyond the end of a list', { op: 'add', path: ['steps', 5], value: {} }],
    ['nothing to remove', { op: 'remove', path: ['steps', 0, 'params', 'warmth'] }],
    ['the prototype of everything', { op: 'add', path: ['__proto__', 'polluted'], value: true }],
    ['a name in a list', { op: 'add', path: ['steps', 'length'], value: 0 }],
    ['no place at all', { op: 'replace', path: [], value: {} }],
  ])('that name %s are refused', (_, patch) => {
    expect(() => applyPatches(start, [patch])).toThrow('does not fit')
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })
})
