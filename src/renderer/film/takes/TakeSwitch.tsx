import { Button, SegmentedControl } from '@mantine/core'
import type { TakeId } from '../../../contract/ids.ts'
import { useTexts } from '../../i18n/index.ts'
import styles from './TakeSwitch.module.css'
import type { ShotTakes } from './useTakes.ts'

const off = 'off'

/** Which take of the shot under the playhead is looked at; an earlier one can be had again. */
export function TakeSwitch({ takes: { here, chosen, outside, choose, use } }: { readonly takes: ShotTakes }) {
  const { t, format } = useTexts()
  if (here.length < 2 && !outside) return null
  return (
    <div className={styles['takes']}>
      {outside && (
        <div className={styles['row']}>
          <span className={styles['quiet']}>{t('film.takes.outside', { take: outside.number, from: outside.from, last: outside.to - 1 })}</span>
          <Button size="xs" variant="default" onClick={() => choose(null)}>
            {t('film.takes.leave', { take: outside.number })}
          </Button>
        </div>
      )}
      {here.length > 1 && (
        <div className={styles['row']}>
          <span className={styles['title']}>{t('film.takes')}</span>
          <SegmentedControl
            size="xs"
            aria-label={t('film.takes')}
            value={chosen?.id ?? off}
            data={[
              { value: off, label: t('film.takes.off') },
              ...here.map(({ id, number, isCurrent }) => ({
                value: id,
                label: (
                  <span data-current={isCurrent} title={isCurrent ? t('film.takes.current', { take: number }) : undefined}>
                    {t('film.takes.take', { take: number })}
                  </span>
                ),
              })),
            ]}
            onChange={(value) => choose(value === off ? null : (value as TakeId))}
          />
        </div>
      )}
      {chosen && (
        <div className={styles['row']}>
          {!chosen.isCurrent && (
            <Button size="xs" variant="default" onClick={() => use(chosen)}>
              {t('film.takes.use', { take: chosen.number })}
            </Button>
          )}
          <span className={styles['quiet']}>{chosen.isCurrent ? t('film.takes.current', { take: chosen.number }) : t('film.takes.madeAt', { take: chosen.number, when: format.moment(chosen.at) })}</span>
        </div>
      )}
    </div>
  )
}
