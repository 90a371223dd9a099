import { useEffect, useState } from 'react'
import type { ToolId } from '../stage/tools/index.ts'
import { usePages } from './state.ts'

/** The tool of the column, or the one that a held key lends: Alt the eyedropper, Space the hand. */
export function useBorrowedTool(): ToolId {
  const tool = usePages((state) => state.tool)
  const [borrowed, setBorrowed] = useState<ToolId | null>(null)
  useEffect(() => {
    const lends = (event: KeyboardEvent): ToolId | null => {
      if (event.key === 'Alt') return 'eyedropper'
      const isFree = !(event.target instanceof HTMLElement) || event.target === document.body || event.target.closest('main canvas') !== null
      return event.key === ' ' && isFree ? 'hand' : null
    }
    const onKeyDown = (event: KeyboardEvent) => {
      const lent = lends(event)
      if (lent === null) return
      // Alt would open the window's menu, Space would scroll.
      event.preventDefault()
      setBorrowed(lent)
    }
    const onKeyUp = (event: KeyboardEvent) => {
      if (event.key === 'Alt' || event.key === ' ') setBorrowed(null)
    }
    const onBlur = () => setBorrowed(null)
    window.addEventListener('keydown', onKeyDown)
    window.addEventListener('keyup', onKeyUp)
    window.addEventListener('blur', onBlur)
    return () => {
      window.removeEventListener('keydown', onKeyDown)
      window.removeEventListener('keyup', onKeyUp)
      window.removeEventListener('blur', onBlur)
    }
  }, [])
  return borrowed ?? tool
}
