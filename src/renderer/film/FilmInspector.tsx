import { Tabs } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTexts } from '../i18n/index.ts'
import styles from './FilmInspector.module.css'
import { useFilm } from './state.ts'

/** One page of the inspector. */
export interface FilmTab {
  readonly id: string
  readonly label: string
  readonly content: ReactNode
}

/** The tabs beside the stage; the one that was open stays open from clip to clip. */
export function FilmInspector({ tabs }: { readonly tabs: readonly FilmTab[] }) {
  const { t } = useTexts()
  const chosen = useFilm((state) => state.tab)
  const value = tabs.some(({ id }) => id === chosen) ? chosen : (tabs[0]?.id ?? null)
  return (
    <Tabs className={styles['tabs']} value={value} onChange={(tab) => tab !== null && useFilm.setState({ tab })} keepMounted={false}>
      <Tabs.List aria-label={t('film.inspector')} className={styles['list']}>
        {tabs.map(({ id, label }) => (
          <Tabs.Tab key={id} value={id} className={styles['tab']}>
            {label}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {tabs.map(({ id, content }) => (
        <Tabs.Panel key={id} value={id} className={styles['panel']}>
          {content}
        </Tabs.Panel>
      ))}
    </Tabs>
  )
}
