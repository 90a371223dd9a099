import { Button } from '@mantine/core'
import { asHourglassError } from '../../contract/errors.ts'
import { useTexts } from '../i18n/index.ts'
import { StateBadge } from './StateBadge.tsx'
import classes from './ErrorPanel.module.css'

/** An error where it happened: what, what to do, and the button that does it. */
export function ErrorPanel({ error, onRetry, retryText, compact = false }: { readonly error: unknown; readonly onRetry?: () => void; readonly retryText?: string; readonly compact?: boolean }) {
  const { t, told } = useTexts()
  const happened = asHourglassError(error)
  const { message, remedy } = told(happened)
  return (
    <div role="alert" className={classes['panel']} data-compact={compact || undefined}>
      <StateBadge state="failed" label={t(`errors.${happened.code}`)} />
      <div className={classes['words']}>
        <p className={classes['title']}>{t(`errors.${happened.code}`)}</p>
        <p className={classes['message']} data-selectable>
          {message}
        </p>
        <p className={classes['remedy']} data-selectable>
          {remedy}
        </p>
        {onRetry ? (
          <Button size="xs" onClick={onRetry} className={classes['action']}>
            {retryText ?? t('ui.tryAgain')}
          </Button>
        ) : null}
      </div>
    </div>
  )
}
