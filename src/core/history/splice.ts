import type { RecipePatch } from '../../contract/recipe.ts'

/**
 * Patches that put other items in the place of some in a list, one an item.
 * @param list where the list stands in its document
 * @param count of the items that go, from `at` on
 */
export function splicePatches(list: string, at: number, count: number, by: readonly unknown[]): RecipePatch[] {
  const common = Math.min(count, by.length)
  return [
    ...by.slice(0, common).map((value, i): RecipePatch => ({ op: 'replace', path: [list, at + i], value })),
    ...by.slice(common).map((value, i): RecipePatch => ({ op: 'add', path: [list, at + common + i], value })),
    ...Array.from({ length: count - common }, (): RecipePatch => ({ op: 'remove', path: [list, at + common] })),
  ]
}
