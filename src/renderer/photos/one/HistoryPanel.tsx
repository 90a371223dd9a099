import { Menu, SegmentedControl, TextInput } from '@mantine/core'
import { IconDots, IconPlus } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Asset } from '../../../contract/assets.ts'
import type { VersionId } from '../../../contract/ids.ts'
import { useClient } from '../../client/context.tsx'
import { asMutation, useStudioQueries } from '../../client/queries.ts'
import { useTexts } from '../../i18n/index.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { useTell } from '../../ui/tell.ts'
import styles from './HistoryPanel.module.css'

/** What was done to this version, newest first; a click goes there, what was undone stays to be redone. */
function History({ version }: { readonly version: VersionId }) {
  const client = useClient()
  const tell = useTell()
  const { label, t, format } = useTexts()
  const { data: gestures = [] } = useQuery(useStudioQueries().history(version))
  const goTo = useMutation({ mutationFn: asMutation(client.history.goTo), onError: tell.error })
  const last = gestures.find((gesture) => gesture.done)
  return (
    <ol className={styles['list']}>
      {gestures.map((gesture) => (
        <li key={gesture.id}>
          <button
            type="button"
            className={styles['entry']}
            data-undone={!gesture.done || undefined}
            aria-current={gesture === last ? 'step' : undefined}
            onClick={() => goTo.mutate({ version, gesture: gesture.id })}
          >
            <span>{label(gesture.label)}</span>
            <span className={styles['when']}>{format.moment(gesture.at)}</span>
          </button>
        </li>
      ))}
      <li>
        <button type="button" className={styles['entry']} aria-current={last ? undefined : 'step'} onClick={() => goTo.mutate({ version, gesture: null })}>
          <span>{t('photos.history.start')}</span>
        </button>
      </li>
    </ol>
  )
}

/** Several recipes on one photo; the chosen one is what grid, batch and export use. */
function Versions({ asset }: { readonly asset: Asset }) {
  const client = useClient()
  const tell = useTell()
  const { t } = useTexts()
  const { data: versions = [] } = useQuery(useStudioQueries().versions(asset.id))
  const [renaming, setRenaming] = useState<VersionId | null>(null)
  const onError = tell.error
  const choose = useMutation({ mutationFn: asMutation(client.versions.choose), onError })
  const create = useMutation({ mutationFn: (from: VersionId) => client.versions.create({ asset: asset.id, from }), onSuccess: (made) => choose.mutate({ id: made.id }), onError })
  const rename = useMutation({ mutationFn: asMutation(client.versions.rename), onSettled: () => setRenaming(null), onError })
  const remove = useMutation({ mutationFn: asMutation(client.versions.remove), onError })
  return (
    <ul className={styles['list']}>
      {versions.map((version) => (
        <li key={version.id} className={styles['version']}>
          {renaming === version.id ? (
            <TextInput
              autoFocus
              aria-label={t('photos.versions.name')}
              defaultValue={version.name}
              onBlur={(event) => rename.mutate({ id: version.id, name: event.currentTarget.value.trim() || version.name })}
              onKeyDown={(event) => {
                if (event.key === 'Enter') event.currentTarget.blur()
                if (event.key === 'Escape') setRenaming(null)
              }}
            />
          ) : (
            <button type="button" className={styles['entry']} aria-current={version.id === asset.currentVersion} onClick={() => choose.mutate({ id: version.id })} onDoubleClick={() => setRenaming(version.id)}>
              <span>{version.name}</span>
            </button>
          )}
          <Menu position="bottom-end">
            <Menu.Target>
              <IconButton size="small" label={t('photos.versions.more', { name: version.name })} icon={IconDots} />
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={() => setRenaming(version.id)}>{t('common.rename')}</Menu.Item>
              <Menu.Item onClick={() => create.mutate(version.id)}>{t('photos.versions.duplicate')}</Menu.Item>
              <Menu.Item disabled={versions.length < 2} onClick={() => remove.mutate({ id: version.id })}>
                {t('common.remove')}
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </li>
      ))}
      <li>
        <button type="button" className={styles['entry']} onClick={() => create.mutate(asset.currentVersion)}>
          <span className={styles['add']}>
            <IconPlus size={14} stroke={1.6} aria-hidden /> {t('photos.versions.add')}
          </span>
        </button>
      </li>
    </ul>
  )
}

/** The two tabs at the inspector's foot. */
export function HistoryPanel({ asset }: { readonly asset: Asset }) {
  const { t } = useTexts()
  const [tab, setTab] = useState('history')
  const { data: versions = [] } = useQuery(useStudioQueries().versions(asset.id))
  return (
    <section className={styles['panel']}>
      <SegmentedControl
        size="xs"
        value={tab}
        onChange={setTab}
        data={[
          { value: 'history', label: t('photos.history.title') },
          { value: 'versions', label: `${t('photos.versions.title')} ${versions.length}` },
        ]}
      />
      {tab === 'history' ? <History version={asset.currentVersion} /> : <Versions asset={asset} />}
    </section>
  )
}
