import { Button, UnstyledButton } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { changeLook, withFrameHints } from '../../../core/film/shotList.ts'
import type { ClipShots } from '../../../contract/shots.ts'
import { useTexts } from '../../i18n/index.ts'
import { BrushColor } from '../../stage/tools/BrushColor.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { Section } from '../../ui/Section.tsx'
import type { ShotEditing } from '../shots/useShots.ts'
import { standAt, useFilm } from '../state.ts'
import type { FrameBoard } from './board.ts'
import styles from './HintList.module.css'

interface HintListProps {
  readonly editing: ShotEditing
  readonly shots: ClipShots
  /** Place in the list of the shot under the playhead. */
  readonly at: number
  readonly board: FrameBoard
}

/** What a person settled in a shot: hints by their frames, and the frame whose colours are right. */
export function HintList({ editing, shots, at, board }: HintListProps) {
  const { t, format } = useTexts()
  const frame = useFilm((state) => state.frame)
  const shot = shots.shots[at]
  if (!shot) return null
  const { hints, reference } = shot
  const settle = (right: number | null) => void editing.commit(changeLook(shots, [at], () => ({ reference: right }), { key: right === null ? 'history.shots.noReference' : 'history.shots.reference', values: { frame: right ?? 0 } }))
  const isRight = reference === frame
  return (
    <Section title={t('film.settled')} count={hints.length + (reference === null ? 0 : 1)} defaultOpen>
      <div className={styles['list']}>
        <BrushColor board={board} paper={false} />
        {hints.length === 0 && <p className={styles['quiet']}>{t('film.hints.none')}</p>}
        {hints.map((each) => (
          <div key={each.frame} className={styles['row']} aria-current={each.frame === frame || undefined}>
            <UnstyledButton onClick={() => standAt(each.frame)}>
              {t('film.hints.at', { frame: format.number(each.frame), count: each.hints.length })}
              <span className={styles['chips']} aria-hidden>
                {each.hints.slice(0, 8).map((hint, n) => (
                  <span key={n} style={{ background: hint.color }} />
                ))}
              </span>
            </UnstyledButton>
            <IconButton
              size="small"
              label={t('film.hints.remove', { frame: each.frame })}
              icon={IconTrash}
              onClick={() => void editing.commit(changeLook(shots, [at], (shot) => withFrameHints(shot, each.frame, []), { key: 'history.hint.erase', values: { count: each.hints.length } }))}
            />
          </div>
        ))}
        {reference !== null && (
          <div className={styles['row']} aria-current={isRight || undefined}>
            <UnstyledButton onClick={() => standAt(reference)}>{t('film.reference.at', { frame: format.number(reference) })}</UnstyledButton>
            <IconButton size="small" label={t('film.reference.remove')} icon={IconTrash} onClick={() => settle(null)} />
          </div>
        )}
        <Button size="xs" variant="default" title={t('film.reference.help')} disabled={isRight} onClick={() => settle(frame)}>
          {t('film.reference.set')}
        </Button>
      </div>
    </Section>
  )
}
