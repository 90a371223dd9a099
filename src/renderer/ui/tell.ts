import { notifications } from '@mantine/notifications'
import { useMemo } from 'react'
import { asHourglassError } from '../../contract/errors.ts'
import { useTexts } from '../i18n/index.ts'
import { toastStay } from './theme/tokens.ts'

/** Passing messages at the window's corner. What needs a decision is an ErrorPanel in place instead. */
export interface Tell {
  /** Something failed: what, and what to do. A cancelled call says nothing. */
  error(thrown: unknown): void
  /** Something worth knowing that the screen does not show by itself. */
  note(title: string, message?: string): void
}

/** How to tell the user something in passing. Stable until the language changes. */
export function useTell(): Tell {
  const { t, told } = useTexts()
  return useMemo(
    () => ({
      error(thrown) {
        const error = asHourglassError(thrown)
        if (error.code === 'cancelled') return
        const { message, remedy } = told(error)
        notifications.show({
          // The same failure twice is one message.
          id: `${error.code}:${error.message}`,
          title: t(`errors.${error.code}`),
          message: `${message} ${remedy}`,
          color: 'var(--hg-failed)',
          autoClose: toastStay * 2,
          closeButtonProps: { 'aria-label': t('common.close') },
        })
      },
      note(title, message) {
        notifications.show({ title, message: message ?? '', color: 'var(--hg-border)', autoClose: toastStay, closeButtonProps: { 'aria-label': t('common.close') } })
      },
    }),
    [t, told],
  )
}
