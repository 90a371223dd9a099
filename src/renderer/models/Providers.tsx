import { Button } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import type { Settings } from '../../contract/settings.ts'
import { useClient } from '../client/context.tsx'
import { useSettings, useStudioQueries } from '../client/queries.ts'
import { useTexts } from '../i18n/index.ts'
import { useTell } from '../ui/tell.ts'
import classes from './Providers.module.css'

/** What can compute here, as probed: what works, what does not and why, and the choice among them. */
export function Providers() {
  const { t, format, say } = useTexts()
  const client = useClient()
  const tell = useTell()
  const { data: system } = useQuery(useStudioQueries().system())
  const { data: settings } = useSettings()
  const probe = useMutation({ mutationFn: () => client.system.probe(), onError: tell.error })
  const choose = useMutation({ mutationFn: (provider: Settings['provider']) => client.settings.change({ provider }), onError: tell.error })
  if (!system) return null
  return (
    <section className={classes['panel']} aria-label={t('models.providers')}>
      {system.providers.length === 0 ? <p className={classes['none']}>{t('models.notProbed')}</p> : null}
      {system.providers.map(({ name, usable, ms, ...report }) => {
        const reason = say({ message: report.reason, wording: report.wording?.reason })
        const remedy = report.remedy && say({ message: report.remedy, wording: report.wording?.remedy ?? undefined })
        return (
          <div key={name} className={classes['row']}>
            <span className={classes['dot']} data-usable={usable || undefined} data-active={name === system.provider || undefined} />
            <span className={classes['name']}>{t(`models.provider.${name}`)}</span>
            <span className={classes['reason']} data-selectable>
              <span className={classes['clipped']} title={reason}>
                {reason}
                {ms === null || ms < 1 ? '' : ` · ${t('models.probeTime', { time: format.milliseconds(ms) })}`}
              </span>
              {remedy ? <span>{remedy}</span> : null}
            </span>
            {name === system.provider ? (
              <span className={classes['inUse']}>{t('models.inUse')}</span>
            ) : usable ? (
              <Button size="xs" variant="subtle" onClick={() => choose.mutate(name)}>
                {t('models.useInstead')}
              </Button>
            ) : null}
          </div>
        )
      })}
      <div className={classes['foot']}>
        <Button size="xs" variant="subtle" leftSection={<IconRefresh className={classes['icon']} />} loading={probe.isPending} onClick={() => probe.mutate()}>
          {t('models.probe')}
        </Button>
        {settings?.provider ? (
          <Button size="xs" variant="subtle" onClick={() => choose.mutate(null)}>
            {t('models.chooseAutomatically')}
          </Button>
        ) : null}
      </div>
    </section>
  )
}
