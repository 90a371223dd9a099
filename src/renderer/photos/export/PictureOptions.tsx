import { Checkbox, SegmentedControl, Select, TextInput } from '@mantine/core'
import type { PageExportOptions } from '../../../contract/pages.ts'
import type { ExportOptions } from '../../../contract/photos.ts'
import { defaultQuality } from '../../../contract/pictures.ts'
import { useTexts } from '../../i18n/index.ts'
import { SliderRow } from '../../ui/SliderRow.tsx'
import styles from './ExportDialog.module.css'

const lossy: readonly string[] = ['same', 'jpeg', 'webp', 'avif', 'sheet-jpeg']
const deep: readonly string[] = ['same', 'png', 'tiff']
/** Names are not asked for: those of the originals, or of the chapter. */
const ownNames: readonly string[] = ['cbz', 'sheet-png', 'sheet-jpeg']
const layered: readonly string[] = ['psd', 'ora', 'layers']

type Format = NonNullable<PageExportOptions['format']>

/** The formats of pictures with their names, for a choice of format. */
export function usePictureFormats(): { readonly value: NonNullable<ExportOptions['format']>; readonly label: string }[] {
  const { t } = useTexts()
  return (['same', 'jpeg', 'png', 'tiff', 'webp', 'avif'] as const).map((value) => ({ value, label: t(`photos.export.formats.${value}`) }))
}

interface PictureOptionsProps<Chosen extends Format> {
  readonly formats: readonly { readonly value: Chosen; readonly label: string }[]
  readonly options: Omit<PageExportOptions, 'format'> & { readonly format?: Chosen }
  onChange(part: Omit<PageExportOptions, 'format'> & { readonly format?: Chosen }): void
  readonly labelHelp: string
  /** Said below the format. */
  readonly help?: string
}

/** Format, and what goes with it: quality, depth, names, what is added. */
export function PictureOptions<Chosen extends Format>({ formats, options, onChange, labelHelp, help }: PictureOptionsProps<Chosen>) {
  const { t } = useTexts()
  const format = options.format ?? 'same'
  const quality = (value: number) => onChange({ quality: value })
  const isLayered = layered.includes(format)
  return (
    <>
      <Select
        label={t('photos.export.format')}
        description={help}
        inputWrapperOrder={['label', 'input', 'description']}
        data={[...formats]}
        value={format}
        allowDeselect={false}
        onChange={(value) => {
          const found = formats.find((each) => each.value === value)
          if (found) onChange({ format: found.value })
        }}
      />
      {lossy.includes(format) && (
        <SliderRow label={t('photos.export.quality')} value={options.quality ?? defaultQuality} min={1} max={100} step={1} defaultValue={defaultQuality} onChange={quality} onCommit={quality} />
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
            onChange={(value) => onChange({ depth: value === 'same' ? 'same' : value === '8' ? 8 : 16 })}
          />
        </div>
      )}
      {!ownNames.includes(format) && (
        <TextInput label={t('photos.export.naming')} description={t('photos.export.namingHelp')} value={options.naming ?? ''} onChange={(event) => onChange({ naming: event.currentTarget.value })} />
      )}
      {!isLayered && !ownNames.includes(format) && <Checkbox label={t('photos.export.compare')} checked={options.compare ?? false} onChange={(event) => onChange({ compare: event.currentTarget.checked })} />}
      {!isLayered && <Checkbox label={t('photos.export.label')} description={labelHelp} checked={options.label ?? true} onChange={(event) => onChange({ label: event.currentTarget.checked })} />}
    </>
  )
}
