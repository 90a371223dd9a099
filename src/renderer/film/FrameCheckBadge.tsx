import { Tooltip, UnstyledButton } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconCircleDashed, IconLoader2 } from '@tabler/icons-react'
import { useTexts } from '../i18n/index.ts'
import type { IconType } from '../ui/IconButton.tsx'
import styles from './FrameCheckBadge.module.css'
import type { FrameCheck } from './useClip.ts'

const icons: Record<FrameCheck, IconType> = { reading: IconCircleDashed, checking: IconLoader2, exact: IconCircleCheck, failed: IconAlertTriangle }

/** Says whether the frames are known one by one; a press tries once more where that failed. */
export function FrameCheckBadge({ check, doubtful, onCheck }: { readonly check: FrameCheck; readonly doubtful: boolean; onCheck(): void }) {
  const { t } = useTexts()
  const Icon = doubtful ? IconAlertTriangle : icons[check]
  const canStart = check === 'failed'
  return (
    <Tooltip label={doubtful ? t('film.check.doubtfulText') : t(`film.check.${check}Text`)} multiline>
      <UnstyledButton className={styles['badge']} data-check={doubtful ? 'failed' : check} aria-disabled={!canStart || undefined} onClick={canStart ? onCheck : undefined}>
        <Icon size={14} stroke={1.6} />
        {doubtful ? t('film.check.doubtful') : t(`film.check.${check}`)}
      </UnstyledButton>
    </Tooltip>
  )
}
