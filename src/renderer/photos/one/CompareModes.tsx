import { SegmentedControl } from '@mantine/core'
import { useTexts } from '../../i18n/index.ts'
import { stageModes, type StageMode } from '../../stage/Stage.tsx'

/** The four ways to compare, in the middle of the top bar. */
export function CompareModes({ value, onChange }: { readonly value: StageMode; onChange(mode: StageMode): void }) {
  const { t } = useTexts()
  return (
    <SegmentedControl
      aria-label={t('photos.compare.title')}
      value={value}
      onChange={(mode) => onChange(mode as StageMode)}
      data={stageModes.map((mode) => ({ value: mode, label: t(`photos.compare.${mode}`) }))}
    />
  )
}
