import { IconCheck, IconMinus, IconX } from '@tabler/icons-react'
import { memo } from 'react'
import type { Shot, Verdict } from '../../../contract/shots.ts'
import { moveCut } from '../../../core/film/shotList.ts'
import { useTexts } from '../../i18n/index.ts'
import type { IconType } from '../../ui/IconButton.tsx'
import { EdgeHandle } from '../EdgeHandle.tsx'
import type { LaneScale } from '../laneScale.ts'
import styles from './ShotLane.module.css'
import type { ShotEditing } from './useShots.ts'

export const verdictIcons: Record<Verdict, IconType> = { unseen: IconMinus, approved: IconCheck, redo: IconX }

/** Pixels that a bar needs before it carries number and sign. */
const roomForWords = 34

interface ShotLaneProps {
  readonly editing: ShotEditing
  readonly scale: LaneScale
  /** Place in the list of the shot under the playhead. */
  readonly current: number
}

/** The shots along the clip, hue and sign of their verdicts; the cuts between them are dragged, or moved by arrow keys. */
export const ShotLane = memo(function ShotLane({ editing, scale, current }: ShotLaneProps) {
  const { t } = useTexts()
  const shots = editing.shots?.shots ?? []
  const isSeen = ({ from, to }: Shot) => to > scale.first && scale.x(from) < scale.width
  return (
    <div className={styles['lane']} role="group" aria-label={t('film.shots')}>
      {shots.map((shot, at) => {
        if (!isSeen(shot)) return null
        const width = scale.x(shot.to) - scale.x(shot.from)
        const Icon = verdictIcons[shot.verdict]
        return (
          <span key={shot.id} className={styles['bar']} data-verdict={shot.verdict} data-current={at === current || undefined} style={{ left: scale.x(shot.from), width }}>
            {width > roomForWords && (
              <>
                {at + 1}
                <Icon size={12} stroke={1.8} />
              </>
            )}
          </span>
        )
      })}
      {shots.map((shot, at) => at > 0 && isSeen(shot) && scale.x(shot.from) >= 0 && <Cut key={shot.id} editing={editing} scale={scale} at={at} isNear={at === current || at === current + 1} />)}
    </div>
  )
})

/** The cut before shot `at`. */
function Cut({ editing, scale, at, isNear }: { readonly editing: ShotEditing; readonly scale: LaneScale; readonly at: number; readonly isNear: boolean }) {
  const { t } = useTexts()
  const { shots } = editing
  const frame = shots?.shots[at]?.from ?? 0
  return (
    <EdgeHandle
      label={t('film.shots.cut', { shot: at + 1 })}
      className={styles['cut']}
      value={frame}
      min={0}
      max={(shots?.frames ?? 1) - 1}
      x={scale.x(frame)}
      isNear={isNear}
      // Every move is one from where the pull began.
      grab={() => (event) => shots && moveCut(shots, at, scale.frameAt(event.clientX - (event.currentTarget.parentElement?.getBoundingClientRect().left ?? 0)))}
      step={(frames) => shots && moveCut(shots, at, frame + frames)}
      preview={(edit) => (edit ? editing.preview(edit) : editing.cancel())}
      commit={(edit) => void editing.commit(edit)}
    />
  )
}
