import { useTexts } from '../i18n/index.ts'
import { useConnectionState } from './events.ts'
import classes from './Offline.module.css'

/** A line above the room while the studio cannot be heard. */
export function Offline() {
  const { t } = useTexts()
  const lost = useConnectionState((state) => state.lost)
  if (!lost) return null
  return (
    <div role="status" className={classes['line']}>
      <strong>{t('app.offline.title')}</strong> {t('app.offline.text')}
    </div>
  )
}
