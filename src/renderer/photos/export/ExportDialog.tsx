import { Button, Checkbox, Modal, SegmentedControl, Select, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Granted } from '../../../contract/host.ts'
import type { ExportOptions } from '../../../contract/photos.ts'
import { defaultQuality } from '../../../contract/pictures.ts'
import { expectDownloads } from '../../app/downloads.ts'
import { useClient, useHost } from '../../client/context.tsx'
import { useSettings, useStudioQueries } from '../../client/queries.ts'
import { useTexts } from '../../i18n/index.ts'
import { SliderRow } from '../../ui/SliderRow.tsx'
import { useTell } from '../../ui/tell.ts'
import { usePhotos } from '../state.ts'
import styles from './ExportDialog.module.css'

const formats = ['same', 'jpeg', 'png', 'tiff', 'webp', 'avif'] as const
const lossy: readonly string[] = ['same', 'jpeg', 'webp', 'avif']
const deep: readonly string[] = ['same', 'png', 'tiff']

/** Format, quality and place of the files to write; opens with what was chosen last. */
export function ExportDialog() {
  const exporting = usePhotos((state) => state.exporting)
  const set = usePhotos((state) => state.set)
  const { t } = useTexts()
  const close = () => set({ exporting: null })
  return (
    <Modal opened={exporting !== null} onClose={close} title={t('photos.export.title', { count: exporting?.length ?? 0 })} closeButtonProps={{ 'aria-label': t('common.close') }}>
      {exporting && <ExportForm onDone={close} />}
    </Modal>
  )
}

function ExportForm({ onDone }: { onDone(): void }) {
  const client = useClient()
  const host = useHost()
  const cache = useQueryClient()
  const queries = useStudioQueries()
  const tell = useTell()
  const { t } = useTexts()
  const versions = usePhotos((state) => state.exporting) ?? []
  const { data: settings } = useSettings()
  const [chosen, setChosen] = useState<ExportOptions>({})
  const [folder, setFolder] = useState<Granted | null>(null)
  const options = { ...settings?.export, ...chosen }
  const format = options.format ?? 'same'
  const change = (part: ExportOptions) => setChosen((before) => ({ ...before, ...part }))

  const start = useMutation({
    mutationFn: async () => {
      const target = folder ?? (host.pickTargetFolder ? await host.pickTargetFolder() : null)
      if (host.pickTargetFolder && !target) return null
      cache.setQueryData(queries.settings().queryKey, await client.settings.change({ export: options }))
      return client.photos.export({ versions: [...versions], folder: target?.grant ?? null, options })
    },
    onSuccess: (started) => {
      if (!started) return
      if (!host.pickTargetFolder) expectDownloads(started.jobs)
      onDone()
      tell.note(host.pickTargetFolder ? t('photos.export.started', { count: started.jobs.length }) : t('photos.export.startedDownload', { count: started.jobs.length }))
    },
    onError: tell.error,
  })

  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault()
        start.mutate()
      }}
    >
      <Select
        label={t('photos.export.format')}
        data={formats.map((value) => ({ value, label: t(`photos.export.formats.${value}`) }))}
        value={format}
        allowDeselect={false}
        onChange={(value) => value && change({ format: value as (typeof formats)[number] })}
      />
      {lossy.includes(format) && (
        <SliderRow label={t('photos.export.quality')} value={options.quality ?? defaultQuality} min={1} max={100} step={1} defaultValue={defaultQuality} onChange={(quality) => change({ quality })} onCommit={(quality) => change({ quality })} />
      )}
      {deep.includes(format) && (
        <div className={styles['row']}>
          <span id="export-depth">{t('photos.export.depth')}</span>
          <SegmentedControl
            aria-labelledby="export-depth"
            value={String(options.depth ?? 'same')}
            data={[
              { value: 'same', label: t('photos.export.depthSame') },
              { value: '8', label: t('photos.export.depth8') },
              { value: '16', label: t('photos.export.depth16') },
            ]}
            onChange={(value) => change({ depth: value === 'same' ? 'same' : value === '8' ? 8 : 16 })}
          />
        </div>
      )}
      <TextInput label={t('photos.export.naming')} description={t('photos.export.namingHelp')} value={options.naming ?? ''} onChange={(event) => change({ naming: event.currentTarget.value })} />
      <Checkbox label={t('photos.export.compare')} checked={options.compare ?? false} onChange={(event) => change({ compare: event.currentTarget.checked })} />
      <Checkbox label={t('photos.export.label')} description={t('photos.export.labelHelp')} checked={options.label ?? true} onChange={(event) => change({ label: event.currentTarget.checked })} />
      {host.pickTargetFolder && (
        <div className={styles['row']}>
          <span>{folder ? t('photos.export.into', { folder: folder.name }) : t('photos.export.askFolder')}</span>
          <Button variant="default" onClick={async () => setFolder((await host.pickTargetFolder?.()) ?? folder)}>
            {t('photos.export.chooseFolder')}
          </Button>
        </div>
      )}
      <p className={styles['quiet']}>{host.pickTargetFolder ? t('photos.export.safe') : t('photos.export.safeDownload')}</p>
      <div className={styles['actions']}>
        <Button variant="default" onClick={onDone}>
          {t('common.cancel')}
        </Button>
        <Button variant="filled" type="submit" loading={start.isPending} disabled={!options.naming?.trim()}>
          {t('photos.export.go', { count: versions.length })}
        </Button>
      </div>
    </form>
  )
}
