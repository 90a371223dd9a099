import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useCommandButton } from '../app/commands.ts'
import { Slot } from '../app/slots.tsx'
import { useTexts } from '../i18n/index.ts'
import { CompareModes } from '../stage/CompareModes.tsx'
import { filmModes, useFilmMode, useReview } from './review/state.ts'

/** What stands above the stage for a clip and for the edit: the ways to compare, and the way out. @param isCompared with another film, or a take of a shot */
export function FilmBar({ isCompared, isReady, children }: { readonly isCompared: boolean; readonly isReady: boolean; readonly children?: ReactNode }) {
  const { t } = useTexts()
  const exporting = useCommandButton('film.export')
  const { mode, off } = useFilmMode(isCompared)
  return (
    <>
      <Slot name="primary">
        {children}
        <Button variant="filled" leftSection={<IconDownload size={18} stroke={1.6} />} disabled={!exporting.enabled || !isReady} onClick={exporting.run}>
          {t('film.export.button')}
        </Button>
      </Slot>
      <Slot name="compare">
        <CompareModes modes={filmModes} value={mode} off={{ modes: off, why: t('film.compare.chooseFirst') }} onChange={(next) => useReview.setState({ mode: next, holding: false })} />
      </Slot>
    </>
  )
}
