import { Button, TextInput } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Granted } from '../../contract/host.ts'
import { addSwatches } from '../../core/pages/palette-edits.ts'
import { useClient } from '../client/context.tsx'
import { useTexts } from '../i18n/index.ts'
import { Dialog } from '../ui/Dialog.tsx'
import { ErrorPanel } from '../ui/ErrorPanel.tsx'
import { SliderRow } from '../ui/SliderRow.tsx'
import { useTell } from '../ui/tell.ts'
import styles from './PalettePanel.module.css'
import { usePages } from './state.ts'
import type { PaletteEditing } from './usePalette.ts'

/** Colours of a picture, unless more or fewer are asked for. */
const usualCount = 12

const close = () => usePages.setState({ importing: null })

/** Shows what a palette file or a picture holds before it is taken into the project's palette. */
export function PaletteImport({ editing }: { readonly editing: PaletteEditing }) {
  const { t } = useTexts()
  const importing = usePages((state) => state.importing)
  return (
    <Dialog opened={importing !== null} onClose={close} title={t('pages.palette.import')}>
      {importing && <ImportForm key={importing.grant} granted={importing} editing={editing} />}
    </Dialog>
  )
}

function ImportForm({ granted, editing }: { readonly granted: Granted; readonly editing: PaletteEditing }) {
  const client = useClient()
  const tell = useTell()
  const { t } = useTexts()
  const [count, setCount] = useState(usualCount)
  const [group, setGroup] = useState<string | null>(null)
  const { data, error, isFetching } = useQuery({
    queryKey: ['palette-file', granted.grant, count],
    queryFn: ({ signal }) => client.palette.read({ grant: granted.grant, count }, { signal }),
    placeholderData: keepPreviousData,
    retry: false,
    gcTime: 0,
  })
  if (error) return <ErrorPanel error={error} compact />
  const found = data?.swatches ?? []
  const lacksGroup = found.some((swatch) => swatch.group === '')
  const character = group ?? data?.name ?? ''

  const take = () => {
    const swatches = found.map((swatch) => ({ id: crypto.randomUUID(), name: swatch.name || swatch.color, color: swatch.color, group: swatch.group || character.trim(), scenes: {} }))
    const edit = addSwatches(editing.palette, swatches)
    if (edit.patches.length === 0) tell.note(t('pages.palette.allKnown'))
    editing.commit(edit)
    close()
  }

  return (
    <div className={styles['form']} aria-busy={isFetching}>
      <p className={styles['quiet']}>{granted.name}</p>
      {data?.isPicture && <SliderRow label={t('pages.palette.colors')} value={count} min={2} max={32} step={1} defaultValue={usualCount} onCommit={setCount} />}
      <ul className={styles['found']} aria-label={t('pages.palette.found')}>
        {found.map((swatch, n) => (
          <li key={n} className={styles['swatch']} title={[swatch.group, swatch.name, swatch.color].filter(Boolean).join(' · ')}>
            <span className={styles['color']} style={{ background: swatch.color }} />
            <span className={styles['word']}>{swatch.name || swatch.color}</span>
          </li>
        ))}
      </ul>
      {data && data.skipped > 0 && <p className={styles['quiet']}>{t('pages.palette.skipped', { count: data.skipped })}</p>}
      {lacksGroup && <TextInput label={t('pages.palette.groupName')} maxLength={100} value={character} onChange={(event) => setGroup(event.currentTarget.value)} />}
      <div className={styles['actions']}>
        <Button onClick={close}>{t('common.cancel')}</Button>
        <Button variant="filled" data-autofocus disabled={found.length === 0} onClick={take}>
          {t('pages.palette.take', { count: found.length })}
        </Button>
      </div>
    </div>
  )
}
