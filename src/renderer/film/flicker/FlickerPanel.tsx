import { Button } from '@mantine/core'
import type { ClipTruth } from '../../../contract/clipFrames.ts'
import { flickerLimit } from '../../../core/film/flickerCurve.ts'
import { labelOf } from '../../../core/film/labels.ts'
import { useCommandButton } from '../../app/commands.ts'
import { useTexts } from '../../i18n/index.ts'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { Section } from '../../ui/Section.tsx'
import { ShortcutKeys } from '../../ui/ShortcutKeys.tsx'
import styles from '../review/Review.module.css'
import type { Flicker } from './useFlicker.ts'

interface FlickerPanelProps {
  readonly flicker: Flicker
  readonly truth: ClipTruth
  /** The clip's shots are known: without them, cuts would count as flicker. */
  readonly hasShots: boolean
}

/** How much the colour of the film flickers, and the way to where it does most. */
export function FlickerPanel({ flicker, truth, hasShots }: FlickerPanelProps) {
  const { t, format } = useTexts()
  const { shortcut } = useCommandButton('film.worstFlicker')
  const { film, curve, worst, isBusy, error } = flicker
  const [first] = worst
  const most = curve && first !== undefined ? (curve[first] as number) : 0
  const above = curve ? worst.filter((n) => (curve[n] as number) > flickerLimit).length : 0
  return (
    <Section title={t('film.flicker')} {...(curve ? { summary: format.percent(most / 100) } : {})}>
      <div className={styles['panel']}>
        {error !== null && !isBusy && <ErrorPanel error={error} compact />}
        {curve === null && <p className={styles['quiet']}>{t('film.flicker.text')}</p>}
        {curve && first === undefined && <p className={styles['quiet']}>{t('film.flicker.none', { name: film.name })}</p>}
        {curve && first !== undefined && (
          <>
            <p className={styles['quiet']}>{t('film.flicker.worst', { share: format.percent(most / 100), where: labelOf(truth, first), count: above, limit: format.percent(flickerLimit / 100) })}</p>
            <Button variant="default" rightSection={shortcut ? <ShortcutKeys shortcut={shortcut} /> : undefined} onClick={flicker.goToWorst}>
              {t('commands.film.worstFlicker')}
            </Button>
          </>
        )}
        {!hasShots && <p className={styles['quiet']}>{t('film.flicker.waits')}</p>}
        <Button variant="default" loading={isBusy} disabled={!hasShots} onClick={flicker.measure}>
          {t(curve ? 'film.flicker.again' : 'film.flicker.measure', { name: film.name })}
        </Button>
        {isBusy && (
          <Button variant="default" onClick={flicker.cancel}>
            {t('common.cancel')}
          </Button>
        )}
      </div>
    </Section>
  )
}
