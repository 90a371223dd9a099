
import { useState } from 'react'
import type { ExportOptions } from '../../../contract/photos.ts'
import { useClient } from '../../client/context.tsx'
import { useSettings } from '../../client/queries.ts'
import { useTexts } from '../../i18n/index.ts'
import { usePhotos } from '../state.ts'
import { ExportForm } from './ExportForm.tsx'
import { PictureOptions, usePictureFormats } from './PictureOptions.tsx'
import { useExport } from './useExport.ts'
import { Dialog } from '../../ui/Dialog.tsx'

/** Format, quality and place of the photos to write; opens with what was chosen last. */
export function ExportDialog() {
  const exporting = usePhotos((state) => state.exporting)
  const set = usePhotos((state) => state.set)
  const { t } = useTexts()
  const close = () => set({ exporting: null })
  return (
    <Dialog opened={exporting !== null} onClose={close} title={t('photos.export.title', { count: exporting?.length ?? 0 })}>
      {exporting && <PhotoExport onDone={close} />}
    </Dialog>
  )
}

function PhotoExport({ onDone }: { onDone(): void }) {
  const client = useClient()
  const { t } = useTexts()
  const versions = usePhotos((state) => state.exporting) ?? []
  const { data: settings } = useSettings()
  const [chosen, setChosen] = useState<ExportOptions>({})
  const options = { ...settings?.export, ...chosen }
  const formats = usePictureFormats()
  const change = (part: ExportOptions) => setChosen((before) => ({ ...before, ...part }))

  const { isBusy, go } = useExport({
    remember: { export: options },
    start: (folder) => client.photos.export({ versions: [...versions], folder, options }),
    said: (count, isDownload) => t(isDownload ? 'photos.export.startedDownload' : 'photos.export.started', { count }),
    onDone,
  })
  return (
    <ExportForm count={versions.length} isReady={Boolean(options.naming?.trim())} isBusy={isBusy} onGo={go} onCancel={onDone}>
      <PictureOptions formats={formats} options={options} onChange={change} labelHelp={t('photos.export.labelHelp')} />
    </ExportForm>
  )
}
