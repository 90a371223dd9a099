import { Button, SegmentedControl } from '@mantine/core'
import type { TakeId } from '../../../contract/ids.ts'
import { useTexts } from '../../i18n/index.ts'
import styles from './TakeSwitch.module.css'
import type { ShotTakes } from './useTakes.ts'

const off = 'off'

/** Which take of the shot under the playhead is looked at; an earlier one can be had again. */
export function TakeSwitch({ takes: { here, chosen, compared, choose, use } }: { readonly takes: ShotTakes }) {
  const { t, format } = useTexts()
  if (chosen && !compared) return <OutsideTake takes={{ chosen, choose }} />
  if (here.length < 2) return null
  return (
    <div className={styles['takes']}>
      <div className={styles['row']}>
        <span className={styles['title']}>{t('film.takes')}</span>
        <SegmentedControl
          size="xs"
          aria-label={t('film.takes')}
          value={chosen?.id ?? off}
          data={[{ value: off, label: t('film.takes.off') }, ...here.map(({ id, number }) => ({ value: id, label: t('film.takes.take', { take: number }) }))]}
          onChange={(value) => choose(value === off ? null : (value as TakeId))}
        />
        {chosen && !chosen.isCurrent && (
          <Button size="xs" variant="default" onClick={() => use(chosen)}>
            {t('film.takes.use', { take: chosen.number })}
          </Button>
        )}
      </div>
      {chosen && <p className={styles['quiet']}>{chosen.isCurrent ? t('film.takes.current', { take: chosen.number }) : t('film.takes.madeAt', { take: chosen.number, when: format.moment(chosen.at) })}</p>}
    </div>
  )
}

/** Where the playhead has left the frames of the take that is looked at. */
function OutsideTake({ takes: { chosen, choose } }: { readonly takes: Pick<ShotTakes, 'choose'> & { readonly chosen: NonNullable<ShotTakes['chosen']> } }) {
  const { t } = useTexts()
  return (
    <div className={styles['takes']}>
      <p className={styles['quiet']}>{t('film.takes.outside', { take: chosen.number, from: chosen.from, last: chosen.to - 1 })}</p>
      <Button size="xs" variant="default" onClick={() => choose(null)}>
        {t('film.takes.off')}
      </Button>
    </div>
  )
}
