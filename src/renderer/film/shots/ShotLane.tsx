import { IconCheck, IconMinus, IconX } from '@tabler/icons-react'
import { useRef, useState, type KeyboardEvent, type PointerEvent } from 'react'
import type { Shot, Verdict } from '../../../contract/shots.ts'
import { moveCut } from '../../../core/film/shotList.ts'
import { useTexts } from '../../i18n/index.ts'
import type { IconType } from '../../ui/IconButton.tsx'
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
export function ShotLane({ editing, scale, current }: ShotLaneProps) {
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
}

/** The cut before shot `at`. */
function Cut({ editing, scale, at, isNear }: { readonly editing: ShotEditing; readonly scale: LaneScale; readonly at: number; readonly isNear: boolean }) {
  const { t } = useTexts()
  const { shots } = editing
  // What the drag began with: every move is one from there, and one gesture at its end.
  const began = useRef<ShotEditing['shots']>(null)
  const [isHeld, setHeld] = useState(false)
  const frame = shots?.shots[at]?.from ?? 0
  const editFor = (event: PointerEvent<HTMLElement>) => {
    const left = event.currentTarget.parentElement?.getBoundingClientRect().left ?? 0
    return began.current && moveCut(began.current, at, scale.frameAt(event.clientX - left))
  }
  const leave = () => {
    began.current = null
    setHeld(false)
  }
  const moveBy = (event: KeyboardEvent<HTMLElement>) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
    if (by === undefined || !shots) return
    event.preventDefault()
    event.stopPropagation()
    const edit = moveCut(shots, at, frame + by * (event.shiftKey ? 10 : 1))
    if (edit) void editing.commit(edit)
  }
  return (
    <span
      className={styles['cut']}
      role="slider"
      aria-orientation="horizontal"
      aria-label={t('film.shots.cut', { shot: at + 1 })}
      aria-valuenow={frame}
      aria-valuemin={0}
      aria-valuemax={(shots?.frames ?? 1) - 1}
      // Of the many cuts of a film, those of the shot at hand are reached by Tab.
      tabIndex={isNear ? 0 : -1}
      data-held={isHeld || undefined}
      data-own-keys
      style={{ left: scale.x(frame) }}
      onKeyDown={moveBy}
      onPointerDown={(event) => {
        if (event.button !== 0) return
        event.stopPropagation()
        event.currentTarget.setPointerCapture(event.pointerId)
        began.current = shots
        setHeld(true)
      }}
      onPointerMove={(event) => {
        if (!began.current) return
        event.stopPropagation()
        const edit = editFor(event)
        if (edit) editing.preview(edit)
        else editing.cancel()
      }}
      onPointerUp={(event) => {
        event.stopPropagation()
        const edit = editFor(event)
        leave()
        if (edit) void editing.commit(edit)
        else editing.cancel()
      }}
      onPointerCancel={() => {
        leave()
        editing.cancel()
      }}
    />
  )
}
