import type { CommandId } from './catalogue.ts'

/** Whose keys the commands have before the user changes any. */
export const keySetIds = ['hourglass', 'clip-studio', 'krita'] as const
export type KeySet = (typeof keySetIds)[number]

/**
 * Where a set differs from Hourglass's own keys; '' takes keys away. What a colorist's hand knows by heart from the
 * other program: filling, brush, eraser, eyedropper, redo; what they would collide with moves aside.
 */
export const keySets: Readonly<Record<KeySet, Readonly<Partial<Record<CommandId, string>>>>> = {
  hourglass: {},
  'clip-studio': { 'tool.hint': 'G', 'tool.stroke': 'B', 'page.sheet': 'Shift+G', 'edit.redo': 'Mod+Y' },
  krita: { 'tool.hint': 'F', 'tool.stroke': 'B', 'tool.eyedropper': 'P', 'view.fullScreen': 'Mod+Shift+F' },
}
