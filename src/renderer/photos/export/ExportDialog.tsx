import { Modal } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Granted } from '../../../contract/host.ts'
import type { ExportOptions } from '../../../contract/photos.ts'
import { expectDownloads } from '../../app/downloads.ts'
import { useClient, useHost } from '../../client/context.tsx'
import { useSettings, useStudioQueries } from '../../client/queries.ts'
import { useTexts } from '../../i18n/index.ts'
import { useTell } from '../../ui/tell.ts'
import { usePhotos } from '../state.ts'
import { ExportForm } from './ExportForm.tsx'
import { PictureOptions, usePictureFormats } from './PictureOptions.tsx'

/** Format, quality and place of the photos to write; opens with what was chosen last. */
export function ExportDialog() {
  const exporting = usePhotos((state) => state.exporting)
  const set = usePhotos((state) => state.set)
  const { t } = useTexts()
  const close = () => set({ exporting: null })
  return (
    <Modal opened={exporting !== null} onClose={close} title={t('photos.export.title', { count: exporting?.length ?? 0 })} closeButtonProps={{ 'aria-label': t('common.close') }}>
      {exporting && <PhotoExport onDone={close} />}
    </Modal>
  )
}

function PhotoExport({ onDone }: { onDone(): void }) {
  const client = useClient()
  const host = useHost()
  const cache = useQueryClient()
  const queries = useStudioQueries()
  const tell = useTell()
  const { t } = useTexts()
  const versions = usePhotos((state) => state.exporting) ?? []
  const { data: settings } = useSettings()
  const [chosen, setChosen] = useState<ExportOptions>({})
  const options = { ...settings?.export, ...chosen }
  const formats = usePictureFormats()
  const change = (part: ExportOptions) => setChosen((before) => ({ ...before, ...part }))

  const start = useMutation({
    mutationFn: async (target: Granted | null) => {
      cache.setQueryData(queries.settings().queryKey, await client.settings.change({ export: options }))
      return client.photos.export({ versions: [...versions], folder: target?.grant ?? null, options })
    },
    onSuccess: ({ jobs }) => {
      if (!host.pickTargetFolder) expectDownloads(jobs)
      onDone()
      tell.note(host.pickTargetFolder ? t('photos.export.started', { count: jobs.length }) : t('photos.export.startedDownload', { count: jobs.length }))
    },
    onError: tell.error,
  })
  return (
    <ExportForm count={versions.length} isReady={Boolean(options.naming?.trim())} isBusy={start.isPending} onGo={(target) => start.mutate(target)} onCancel={onDone}>
      <PictureOptions formats={formats} options={options} onChange={change} labelHelp={t('photos.export.labelHelp')} />
    </ExportForm>
  )
}
