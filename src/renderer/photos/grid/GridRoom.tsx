import { ActionIcon, Button, Select, Slider } from '@mantine/core'
import { IconLayoutBoard, IconLayoutGrid, IconPhoto, IconPlus } from '@tabler/icons-react'
import { useMemo } from 'react'
import { assetState, type Asset } from '../../../contract/assets.ts'
import { useCommand, useCommandButton, useCommandContext } from '../../app/commands.ts'
import { Slot } from '../../app/slots.tsx'
import { useQuery } from '@tanstack/react-query'
import { useStudioQueries } from '../../client/queries.ts'
import { useTexts } from '../../i18n/index.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { StateBadge } from '../../ui/StateBadge.tsx'
import { openPhoto } from '../open.ts'
import { ColorAllButton } from '../PrimaryAction.tsx'
import { usePhotos, type Filter, type SortBy } from '../state.ts'
import { usePhotoCommands } from '../usePhotoCommands.ts'
import { Grid } from './Grid.tsx'
import styles from './GridRoom.module.css'
import { SelectionInspector } from './SelectionInspector.tsx'

const filters: readonly Filter[] = ['all', ...assetState.options]
const sorts: readonly SortBy[] = ['name', 'date', 'doubt']

/** All photos of the project: filters, sorting, selection, and what can be done with it. */
export function GridRoom({ shown, all }: { readonly shown: readonly Asset[]; readonly all: readonly Asset[] }) {
  const { t, format } = useTexts()
  const { selected, filter, sort, rowHeight, square, set } = usePhotos()
  const targets = useMemo(() => all.filter((asset) => selected.has(asset.id)), [all, selected])
  const { todo, color, busy } = usePhotoCommands(all, targets, null)
  const { data: history = [] } = useQuery(useStudioQueries().history(null))
  useCommandContext({ isOpen: false, canUndo: history.some((gesture) => gesture.done), canRedo: history.some((gesture) => !gesture.done) })
  useCommand('edit.selectAll', () => set({ selected: new Set(shown.map((asset) => asset.id)) }))
  useCommand('photo.open', () => targets[0] && openPhoto(targets[0].id))
  const add = useCommandButton('photos.add')

  const photos = all.filter((asset) => asset.kind === 'photo')
  const counted = (name: Filter) => (name === 'all' ? photos.length : photos.filter((asset) => asset.state === name).length)
  const bytes = photos.reduce((sum, asset) => sum + asset.info.bytes, 0)
  return (
    <div className={styles['room']}>
      <Slot name="primary">
        <ColorAllButton todo={todo} busy={busy} />
      </Slot>
      <div className={styles['bar']} role="toolbar" aria-label={t('photos.gridTools')}>
        <Button variant="default" leftSection={<IconPlus size={16} stroke={1.6} />} onClick={add.run}>
          {t('photos.add')}
        </Button>
        <div className={styles['filters']} role="group" aria-label={t('photos.filter')}>
          {filters.map((name) => (
            <button key={name} type="button" title={name === 'all' ? t('photos.all') : t(`ui.state.${name}`)} className={styles['chip']} aria-pressed={filter === name} onClick={() => set({ filter: name })}>
              {name === 'all' ? t('photos.all') : <StateBadge state={name} />}
              {name !== 'all' && (
                <span className={styles['word']} aria-hidden>
                  {t(`ui.state.${name}`)}
                </span>
              )}
              <span className={styles['count']}>{format.number(counted(name))}</span>
            </button>
          ))}
        </div>
        <div className={styles['end']}>
          <Select
            className={styles['sort']}
            aria-label={t('photos.sort')}
            data={sorts.map((value) => ({ value, label: t(`photos.sorts.${value}`) }))}
            value={sort}
            allowDeselect={false}
            onChange={(value) => value && set({ sort: value as SortBy })}
          />
          <IconPhoto size={14} stroke={1.6} aria-hidden />
          <Slider className={styles['size']} thumbLabel={t('photos.size')} label={null} min={96} max={320} step={8} value={rowHeight} onChange={(value) => set({ rowHeight: value })} />
          <ActionIcon variant={square ? 'subtle' : 'default'} aria-label={t('photos.justified')} aria-pressed={!square} onClick={() => set({ square: false })}>
            <IconLayoutBoard size={18} stroke={1.6} />
          </ActionIcon>
          <ActionIcon variant={square ? 'default' : 'subtle'} aria-label={t('photos.square')} aria-pressed={square} onClick={() => set({ square: true })}>
            <IconLayoutGrid size={18} stroke={1.6} />
          </ActionIcon>
        </div>
      </div>
      {shown.length > 0 ? <Grid assets={shown} /> : <EmptyState icon={IconPhoto} title={t('photos.noneShown')} action={<Button variant="default" onClick={() => set({ filter: 'all' })}>{t('photos.showAll')}</Button>} />}
      <Slot name="inspector">
        <SelectionInspector targets={targets} onColor={() => color(true)} />
      </Slot>
      <Slot name="status">
        <span>{t('photos.count', { count: photos.length })}</span>
        {targets.length > 0 && <span>{t('photos.selected', { count: targets.length })}</span>}
        <span>{format.bytes(bytes)}</span>
      </Slot>
    </div>
  )
}
