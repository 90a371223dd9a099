import { useEffect, useRef } from 'react'
import { commandsFor, shortcutOf, type CommandId } from '../../core/commands/index.ts'
import { isMac } from '../ui/platform.ts'
import { releaseCommand, runCommand, useShortcuts } from './commands.ts'

/** Shortcuts with Mod also work while typing, as in any program; but not those that the field itself knows. */
const ownedByFields = new Set(['Mod+Z', 'Mod+Shift+Z', 'Mod+A', 'Mod+Enter'])

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable) return true
  return target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && !['checkbox', 'radio', 'range', 'button'].includes(target.type))
}

/** Enter, Space, arrows and Tab belong to the control that has the focus, where it does something with them. */
function belongsToControl(shortcut: string, target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  const control = target.closest('button, a, [role="menu"], [role="listbox"], [role="slider"], [role="separator"], [role="dialog"], [role="radiogroup"], input, select, [data-own-keys]')
  if (shortcut === 'Enter' || shortcut === 'Space') return control !== null
  if (shortcut.startsWith('Arrow')) return control !== null && !(control instanceof HTMLButtonElement)
  return target.closest('[role="dialog"]') !== null && !shortcut.startsWith('Mod+')
}

/** True from a press of the pointer until a key moves the focus. */
let handIsOnPointer = false

/** Tab folds the panels while the hand is on the picture; whoever works by keys moves the focus with it as everywhere. */
function tabIsForFocus(target: EventTarget | null): boolean {
  if (!handIsOnPointer || !(target instanceof HTMLElement)) return true
  return target !== document.body && !target.closest('main')
}

/** Runs commands from the keyboard by the user's own map. */
export function useKeyboard(): void {
  const shortcuts = useShortcuts()
  const held = useRef(new Map<string, CommandId>())
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return
      const shortcut = shortcutOf(event, isMac)
      if (shortcut === null) return
      if (shortcut === 'Tab' && tabIsForFocus(event.target)) {
        handIsOnPointer = false
        return
      }
      if (isTyping(event.target) && (!shortcut.startsWith('Mod+') || ownedByFields.has(shortcut))) return
      if (belongsToControl(shortcut, event.target)) return
      if (event.repeat && held.current.has(event.code)) {
        event.preventDefault()
        return
      }
      const id = commandsFor(shortcut, shortcuts).find((candidate) => runCommand(candidate))
      if (id === undefined) return
      event.preventDefault()
      if (!event.ctrlKey && !event.metaKey && id === 'compare.original') held.current.set(event.code, id)
    }
    const release = (code: string) => {
      const id = held.current.get(code)
      if (id === undefined) return
      held.current.delete(code)
      releaseCommand(id)
    }
    const onKeyUp = (event: KeyboardEvent) => release(event.code)
    const onBlur = () => [...held.current.keys()].forEach(release)
    const onPointerDown = () => {
      handIsOnPointer = true
    }
    window.addEventListener('keydown', onKeyDown)
    window.addEventListener('keyup', onKeyUp)
    window.addEventListener('blur', onBlur)
    window.addEventListener('pointerdown', onPointerDown)
    return () => {
      window.removeEventListener('keydown', onKeyDown)
      window.removeEventListener('keyup', onKeyUp)
      window.removeEventListener('blur', onBlur)
      window.removeEventListener('pointerdown', onPointerDown)
    }
  }, [shortcuts])
}
