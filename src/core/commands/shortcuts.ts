import { commands, findCommand, type CommandId } from './catalogue.ts'
import { keySets, type KeySet } from './keySets.ts'

/** What a key press tells; the part of a KeyboardEvent that shortcuts need. */
export interface KeyPress {
  readonly key: string
  /** Physical key; tells digits and letters where Alt or an input method changes `key`. */
  readonly code?: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly shiftKey: boolean
  readonly altKey: boolean
}

const modifierKeys = new Set(['Control', 'Meta', 'Shift', 'Alt', 'AltGraph', 'CapsLock', 'Dead', 'Process', 'Unidentified'])
const spoken: Record<string, string> = { ' ': 'Space', Esc: 'Escape', Del: 'Delete', Left: 'ArrowLeft', Right: 'ArrowRight', Up: 'ArrowUp', Down: 'ArrowDown', '+': 'Plus' }

/**
 * The shortcut a key press stands for, as `Mod+Shift+Z`; null while only modifiers are down. Shift is left out where it
 * was needed to type the sign itself (`?`), since keyboards differ in that.
 */
export function shortcutOf(press: KeyPress, isMac: boolean): string | null {
  if (modifierKeys.has(press.key)) return null
  const mod = isMac ? press.metaKey : press.ctrlKey
  const other = isMac ? press.ctrlKey : press.metaKey
  let key = spoken[press.key] ?? press.key
  const physical = /^(?:Key|Digit)([A-Z0-9])$/.exec(press.code ?? '')?.[1]
  if ((press.altKey || key.length !== 1 || key.charCodeAt(0) > 126) && physical !== undefined) key = physical
  const isSign = key.length === 1 && !/[a-z0-9]/i.test(key)
  if (key.length === 1) key = key.toUpperCase()
  const parts = [mod ? 'Mod' : '', other ? (isMac ? 'Ctrl' : 'Meta') : '', press.altKey ? 'Alt' : '', press.shiftKey && !isSign ? 'Shift' : '', key]
  return parts.filter((part) => part !== '').join('+')
}

const macSigns: Record<string, string> = { Mod: '⌘', Ctrl: '⌃', Alt: '⌥', Shift: '⇧', Enter: '↩', Delete: '⌫', Escape: '⎋' }
const signs: Record<string, string> = { Mod: 'Ctrl', ArrowLeft: '←', ArrowRight: '→', ArrowUp: '↑', ArrowDown: '↓', Escape: 'Esc', Plus: '+', Delete: 'Del' }

/** The keys of a shortcut as this system writes them, one string a key. */
export function shortcutKeys(shortcut: string, isMac: boolean): string[] {
  if (shortcut === '') return []
  return shortcut.split('+').map((part) => (isMac ? macSigns[part] : undefined) ?? signs[part] ?? part)
}

/** The shortcut in one string: `Ctrl+Shift+Z`, `⇧⌘Z`. */
export function shortcutText(shortcut: string, isMac: boolean): string {
  return shortcutKeys(shortcut, isMac).join(isMac ? '' : '+')
}

/** The shortcut of each command in a set of keys, with the user's changes; null where it has none. */
export function shortcutMap(changed: Readonly<Record<string, string>>, keySet: KeySet = 'hourglass'): Map<CommandId, string | null> {
  return new Map(commands.map(({ id, shortcut }) => [id, (changed[id] ?? keySets[keySet][id] ?? shortcut) || null]))
}

/** The commands a shortcut calls, in the order of the list; the first whose condition holds runs. */
export function commandsFor(shortcut: string, map: ReadonlyMap<CommandId, string | null>): CommandId[] {
  return commands.filter(({ id }) => map.get(id) === shortcut).map(({ id }) => id)
}

/** The other commands that would answer to `shortcut` if `id` took it: those of other rooms never do. */
export function conflictsOf(id: CommandId, shortcut: string, map: ReadonlyMap<CommandId, string | null>): CommandId[] {
  const rooms = findCommand(id)?.rooms
  const meets = (other: CommandId) => {
    const places = findCommand(other)?.rooms
    return other !== id && (rooms === undefined || places === undefined || rooms.some((room) => places.includes(room)))
  }
  return shortcut === '' ? [] : commandsFor(shortcut, map).filter(meets)
}
