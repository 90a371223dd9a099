import { SegmentedControl } from '@mantine/core'
import { useTexts } from '../../i18n/index.ts'
import { stageModes, type StageMode } from '../../stage/Stage.tsx'
import { usePhotos } from '../state.ts'

/** The four ways to compare, in the middle of the top bar. */
export function CompareModes() {
  const { t } = useTexts()
  const compare = usePhotos((state) => state.compare)
  const set = usePhotos((state) => state.set)
  return (
    <SegmentedControl
      aria-label={t('photos.compare.title')}
      value={compare}
      onChange={(value) => set({ compare: value as StageMode, holding: false })}
      data={stageModes.map((mode) => ({ value: mode, label: t(`photos.compare.${mode}`) }))}
    />
  )
}
