import { describe, expect, test } from 'vitest'
import type { Hint } from '../../../../src/contract/hints.ts'
import type { Palette } from '../../../../src/contract/pages.ts'
import type { Recipe } from '../../../../src/contract/recipe.ts'
import { addSwatch, addSwatches, forgetScene, groupsOf, moveSwatch, recolourSwatch, removeSwatch, renameGroup } from '../../../../src/core/pages/palette-edits.ts'
import { inkedBy } from '../../../../src/core/pages/inking.ts'
import { linksTo, resolvePalette } from '../../../../src/core/pages/palette.ts'

const swatch = (id: string, group: string, color = '#112233', scenes = {}) => ({ id, name: id, color, group, scenes })
const palette: Palette = { swatches: [swatch('hair', 'Mei'), swatch('coat', 'Mei', '#445566', { night: '#000044' }), swatch('sky', 'Harbour')], scenes: [{ id: 'night', name: 'Night' }] }
const page = (params: Record<string, unknown>): Recipe => ({ version: 1, steps: [{ step: 'page', enabled: true, params }] })
const dot = (more: Record<string, unknown>) => ({ kind: 'dot', x: 0.5, y: 0.5, radius: 0.01, color: '#ffffff', ...more })
const hintsOf = (recipe: Recipe) => recipe.steps[0]?.params['hints']

describe('a recipe as it is rendered', () => {
  test('has the colours of its swatches, of the scene where the page has one', () => {
    const hints = [dot({ swatch: 'coat', name: 'left' }), dot({ swatch: 'hair' }), dot({ swatch: 'gone' }), dot({})]
    expect(hintsOf(resolvePalette(page({ hints }), palette))).toEqual(['#445566', '#112233', '#ffffff', '#ffffff'].map((color) => dot({ color })))
    const night = resolvePalette(page({ hints, scene: 'night' }), palette)
    expect(hintsOf(night)).toEqual(['#000044', '#112233', '#ffffff', '#ffffff'].map((color) => dot({ color })))
    expect(night.steps[0]?.params).not.toHaveProperty('scene')
  })
  test('is the same when it is resolved twice, and other steps stay as they are', () => {
    const recipe = { ...page({ hints: [dot({ swatch: 'coat' })] }), steps: [...page({ hints: [dot({ swatch: 'coat' })] }).steps, { step: 'colorize', enabled: true, params: { hints: [dot({ swatch: 'coat' })] } }] }
    const once = resolvePalette(recipe, palette)
    expect(resolvePalette(once, palette)).toEqual(once)
    expect(once.steps[1]).toEqual(recipe.steps[1])
  })
  test('tells which swatches it links to', () => {
    expect(linksTo(page({ hints: [dot({ swatch: 'coat' })] }), new Set(['coat']))).toBe(true)
    expect(linksTo(page({ hints: [dot({ swatch: 'coat' })] }), new Set(['hair']))).toBe(false)
  })
})

describe('a palette', () => {
  const ids = ({ swatches }: Palette) => swatches.map(({ id }) => id)
  test('takes many in at once, as one change, without those it has already', () => {
    const edit = addSwatches(palette, [swatch('coat', 'Mei', '#445566'), swatch('coat', 'Ren', '#445566'), swatch('coat', 'Mei', '#445567')])
    expect(edit.palette.swatches.slice(3).map(({ group, color }) => [group, color])).toEqual([['Ren', '#445566'], ['Mei', '#445567']])
    expect(edit.label.values).toEqual({ count: 2 })
    expect(addSwatches(palette, palette.swatches).patches).toEqual([])
  })
  test('gives proposed hints its nearest swatch, and leaves alone what a hand placed or a link says', () => {
    const hints = [dot({ color: '#123334', auto: true }), dot({ color: '#445567' }), dot({ color: '#ffffff', auto: true, swatch: 'coat' })] as Hint[]
    const [near, placed, linked] = inkedBy(palette.swatches, hints)
    expect(near).toMatchObject({ color: '#112233', swatch: 'hair' })
    expect(placed).toEqual(hints[1])
    expect(linked).toEqual(hints[2])
  })
  test('takes a new swatch behind the others of its character', () => {
    expect(ids(addSwatch(palette, swatch('scarf', 'Mei')).palette)).toEqual(['hair', 'coat', 'scarf', 'sky'])
    expect(ids(addSwatch(palette, swatch('moon', 'Sky')).palette)).toEqual(['hair', 'coat', 'sky', 'moon'])
  })
  test('recolours a swatch everywhere, or in one scene and back', () => {
    expect(recolourSwatch(palette, 'hair', '#abcdef', null).palette.swatches[0]).toMatchObject({ color: '#abcdef', scenes: {} })
    const night = recolourSwatch(palette, 'hair', '#abcdef', 'night').palette
    expect(night.swatches[0]).toMatchObject({ color: '#112233', scenes: { night: '#abcdef' } })
    expect(forgetScene(night, 'hair', 'night').palette).toEqual(palette)
  })
  test('moves a swatch before another, into that one’s character, or to the end of one', () => {
    expect(groupsOf(moveSwatch(palette, 'sky', 'hair', 'Mei').palette)).toMatchObject([{ group: 'Mei', swatches: [{ id: 'sky' }, { id: 'hair' }, { id: 'coat' }] }])
    expect(ids(moveSwatch(palette, 'hair', null, 'Mei').palette)).toEqual(['coat', 'hair', 'sky'])
  })
  test('renames a character with all its swatches, and changes nothing for a swatch that is gone', () => {
    expect(groupsOf(renameGroup(palette, 'Mei', 'Ren').palette).map(({ group }) => group)).toEqual(['Ren', 'Harbour'])
    expect(removeSwatch(palette, 'gone').patches).toEqual([])
  })
})
