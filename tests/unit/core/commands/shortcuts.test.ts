import { describe, expect, test } from 'vitest'
import { commands, commandsFor, conflictsOf, emptyContext, keySetIds, shortcutKeys, shortcutMap, shortcutOf, shortcutText, type KeyPress } from '../../../../src/core/commands/index.ts'

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({ key, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...more })

describe('a key press', () => {
  test('is named by its keys, Mod being Ctrl here and Command on a Mac', () => {
    expect(shortcutOf(press('z', { ctrlKey: true }), false)).toBe('Mod+Z')
    expect(shortcutOf(press('z', { metaKey: true }), true)).toBe('Mod+Z')
    expect(shortcutOf(press('z', { ctrlKey: true }), true)).toBe('Ctrl+Z')
    expect(shortcutOf(press('V', { ctrlKey: true, shiftKey: true }), false)).toBe('Mod+Shift+V')
  })
  test('is nothing while only modifiers are down', () => {
    expect(shortcutOf(press('Shift', { shiftKey: true }), false)).toBeNull()
    expect(shortcutOf(press('Control', { ctrlKey: true }), false)).toBeNull()
  })
  test('of a sign does not depend on whether the keyboard needs Shift for it', () => {
    expect(shortcutOf(press('?', { shiftKey: true }), false)).toBe('?')
    expect(shortcutOf(press('?'), false)).toBe('?')
  })
  test('is told by the physical key where an input method or Alt changes the letter', () => {
    expect(shortcutOf(press('Ω', { altKey: true, code: 'KeyZ' }), true)).toBe('Alt+Z')
    expect(shortcutOf(press('я', { ctrlKey: true, code: 'KeyZ' }), false)).toBe('Mod+Z')
  })
})

describe('a shortcut', () => {
  test('is written as each system writes it', () => {
    expect(shortcutText('Mod+Shift+Z', false)).toBe('Ctrl+Shift+Z')
    expect(shortcutText('Mod+Shift+Z', true)).toBe('⌘⇧Z')
    expect(shortcutKeys('ArrowLeft', false)).toEqual(['←'])
  })
  test('changed by the user replaces the usual one, and an empty one switches it off', () => {
    const map = shortcutMap({ 'edit.undo': 'Mod+Alt+Q', 'edit.redo': '' })
    expect(map.get('edit.undo')).toBe('Mod+Alt+Q')
    expect(map.get('edit.redo')).toBeNull()
    expect(commandsFor('Mod+Z', map)).toEqual([])
    expect(conflictsOf('photo.pick', 'Mod+Alt+Q', map)).toEqual(['edit.undo'])
    expect(conflictsOf('edit.undo', 'Mod+Alt+Q', map)).toEqual([])
  })
})

describe('the list of commands', () => {
  test('gives no two commands the same keys', () => {
    const map = shortcutMap({})
    expect(commands.flatMap(({ id }) => conflictsOf(id, map.get(id) ?? '', map))).toEqual([])
  })
  test('knows when each makes sense', () => {
    const can = (id: string, context = {}) => commands.find((command) => command.id === id)?.when({ ...emptyContext, ...context })
    expect(can('photos.add')).toBe(true)
    expect(can('photos.export')).toBe(false)
    expect(can('photos.export', { assets: 3 })).toBe(true)
    expect(can('compare.cycle', { assets: 3 })).toBe(false)
    expect(can('compare.cycle', { assets: 3, isOpen: true })).toBe(true)
    expect(can('recipe.paste', { assets: 3, selected: 2 })).toBe(false)
    expect(can('recipe.paste', { assets: 3, selected: 2, hasCopiedRecipe: true })).toBe(true)
    expect(can('edit.undo', { canUndo: true, room: 'queue' })).toBe(true)
  })
})

describe('a set of keys', () => {
  test.each(keySetIds)('gives no two commands of one room the same keys: %s', (keySet) => {
    const map = shortcutMap({}, keySet)
    const clashes = commands.flatMap(({ id }) => conflictsOf(id, map.get(id) ?? '', map).map((other) => `${id} and ${other}`))
    const ofHourglass = shortcutMap({})
    const known = commands.flatMap(({ id }) => conflictsOf(id, ofHourglass.get(id) ?? '', ofHourglass).map((other) => `${id} and ${other}`))
    expect(clashes.filter((clash) => !known.includes(clash))).toEqual([])
  })
  test('puts filling, brush and eyedropper where a hand from the other program finds them, and the user has the last word', () => {
    expect(shortcutMap({}, 'krita').get('tool.hint')).toBe('F')
    expect(shortcutMap({}, 'clip-studio').get('tool.hint')).toBe('G')
    expect(shortcutMap({}, 'clip-studio').get('edit.redo')).toBe('Mod+Y')
    expect(shortcutMap({ 'tool.hint': 'Q' }, 'krita').get('tool.hint')).toBe('Q')
  })
})
