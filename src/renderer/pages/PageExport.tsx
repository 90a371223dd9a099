import { Radio } from '@mantine/core'
import { useState } from 'react'
import type { Asset } from '../../contract/assets.ts'
import type { PageExportOptions } from '../../contract/pages.ts'
import { useClient } from '../client/context.tsx'
import { useSettings } from '../client/queries.ts'
import { useTexts } from '../i18n/index.ts'
import { ExportForm } from '../photos/export/ExportForm.tsx'
import { PictureOptions, usePictureFormats } from '../photos/export/PictureOptions.tsx'
import { useExport } from '../photos/export/useExport.ts'
import { usePhotos } from '../photos/state.ts'
import styles from './PageExport.module.css'
import { Dialog } from '../ui/Dialog.tsx'

const isSheetFormat = (format: PageExportOptions['format']) => format === 'sheet-png' || format === 'sheet-jpeg'

interface PageExportProps {
  /** The whole chapter, in its order. */
  readonly pages: readonly Asset[]
}

/** The open page or its chapter as pictures, layers or one archive; opens with what was chosen last. */
export function PageExport({ pages }: PageExportProps) {
  const exporting = usePhotos((state) => state.exporting)
  const { t } = useTexts()
  const [isChapter, setChapter] = useState(false)
  const close = () => usePhotos.getState().set({ exporting: null })
  const count = isChapter ? pages.length : (exporting?.length ?? 0)
  return (
    <Dialog opened={exporting !== null} onClose={close} title={t('pages.export.title', { count })}>
      {exporting && <Form pages={pages} isChapter={isChapter} onChapter={setChapter} onDone={close} />}
    </Dialog>
  )
}

interface FormProps extends PageExportProps {
  readonly isChapter: boolean
  onChapter(isChapter: boolean): void
  onDone(): void
}

function Form({ pages, isChapter, onChapter, onDone }: FormProps) {
  const client = useClient()
  const { t } = useTexts()
  const open = usePhotos((state) => state.exporting) ?? []
  const { data: settings } = useSettings()
  const [chosen, setChosen] = useState<PageExportOptions>({})
  const options = { ...settings?.pageExport, ...chosen }
  const { format } = options
  const formats = [...usePictureFormats(), ...(['cbz', 'psd', 'ora', 'layers', 'sheet-png', 'sheet-jpeg'] as const).map((value) => ({ value, label: t(`pages.export.formats.${value}`) }))]
  const help = format === 'cbz' ? t('pages.export.cbzHelp') : format === 'psd' || format === 'ora' || format === 'layers' ? t('pages.export.layersHelp') : isSheetFormat(format) ? t('pages.export.sheetHelp') : undefined
  const versions = isChapter ? pages.map(({ currentVersion }) => currentVersion) : open

  const { isBusy, go } = useExport({
    remember: { pageExport: options },
    start: (folder) => client.pages.export({ versions: [...versions], folder, options }),
    // A chapter is one job.
    said: (_jobs, isDownload) => t(isDownload ? 'pages.export.startedDownload' : 'pages.export.started', { count: versions.length }),
    onDone,
  })
  return (
    <ExportForm count={versions.length} isReady={format === 'cbz' || isSheetFormat(format) || Boolean(options.naming?.trim())} isBusy={isBusy} onGo={go} onCancel={onDone}>
      {pages.length > 1 && (
        <Radio.Group label={t('pages.export.which')} value={isChapter ? 'chapter' : 'page'} onChange={(value) => onChapter(value === 'chapter')}>
          <div className={styles['which']}>
            <Radio value="page" label={t('pages.export.this')} />
            <Radio value="chapter" label={t('pages.export.chapter', { count: pages.length })} />
          </div>
        </Radio.Group>
      )}
      <PictureOptions formats={formats} options={options} onChange={(part) => setChosen((before) => ({ ...before, ...part }))} labelHelp={t('pages.export.labelHelp')} help={help} />
    </ExportForm>
  )
}
