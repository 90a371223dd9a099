import { Modal, type ModalProps } from '@mantine/core'
import { useLayoutEffect } from 'react'
import { useTexts } from '../i18n/index.ts'

/** After the library's own handling of focus, ms. */
const settled = 20

/** What had the focus: of a menu, which is gone by then, the button that opened it. */
function focusedNow(): HTMLElement | null {
  const { activeElement } = document
  const menu = activeElement?.closest('[role="menu"]')
  const opener = menu ? document.getElementById(menu.getAttribute('aria-labelledby') ?? '') : activeElement
  return opener instanceof HTMLElement && opener !== document.body ? opener : null
}

/** Gives the focus back to where it was before a dialog opened, unless somebody else has taken it meanwhile. */
function useFocusBack(opened: boolean): void {
  useLayoutEffect(() => {
    if (!opened) return
    const before = focusedNow()
    return () => {
      setTimeout(() => {
        const { activeElement } = document
        if (activeElement === null || activeElement === document.body || activeElement.closest('[role="dialog"], [role="menu"]')) before?.focus({ preventScroll: true })
      }, settled)
    }
  }, [opened])
}

/** A dialog over the room: Escape and its cross close it, and the focus goes back. May be mounted only while it is open. */
export function Dialog({ opened = true, ...props }: Omit<ModalProps, 'opened'> & { readonly opened?: boolean }) {
  const { t } = useTexts()
  useFocusBack(opened)
  return <Modal opened={opened} returnFocus={false} closeButtonProps={{ 'aria-label': t('common.close') }} {...props} />
}
