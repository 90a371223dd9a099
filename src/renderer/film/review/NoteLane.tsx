import { Tooltip, UnstyledButton } from '@mantine/core'
import { memo } from 'react'
import type { ClipNote } from '../../../contract/review.ts'
import { useTexts } from '../../i18n/index.ts'
import type { LaneScale } from '../laneScale.ts'
import { standAt } from '../state.ts'
import styles from './NoteLane.module.css'

/** Pixels from a marker to the next one that its words need. */
const roomForWords = 90

/** Notes along the clip: a marker where each begins, a bar over its range, its words where there is room. */
export const NoteLane = memo(function NoteLane({ notes, scale }: { readonly notes: readonly ClipNote[]; readonly scale: LaneScale }) {
  const { t } = useTexts()
  const seen = notes.filter(({ from, to }) => to > scale.first && scale.x(from) < scale.width)
  return (
    <div className={styles['lane']} role="group" aria-label={t('film.notes')}>
      {seen.map((note, i) => {
        const [left, next] = [scale.x(note.from), seen[i + 1]]
        const room = (next ? scale.x(next.from) : scale.width) - left
        return (
          <span key={note.id} className={styles['note']} data-state={note.state} style={{ left }}>
            {note.to - note.from > 1 && <span className={styles['bar']} style={{ width: Math.max(2, scale.x(note.to) - left) }} />}
            <Tooltip label={note.text} multiline>
              <UnstyledButton
                className={styles['marker']}
                aria-label={note.text}
                data-own-keys
                onPointerDown={(event) => event.stopPropagation()}
                onClick={() => standAt(note.from)}
              />
            </Tooltip>
            {room > roomForWords && (
              <span className={styles['words']} style={{ maxWidth: room - 16 }} aria-hidden>
                {note.text}
              </span>
            )}
          </span>
        )
      })}
    </div>
  )
})
