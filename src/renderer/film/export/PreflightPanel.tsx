import type { Preflight } from '../../../contract/coloring.ts'
import { useTexts } from '../../i18n/index.ts'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import styles from './FilmExport.module.css'

/** What is known before the first frame is coloured: what it will be, the room it needs, and what is worth knowing of the source. */
export function PreflightPanel({ told, error }: { readonly told: Preflight | null; readonly error: unknown }) {
  const { t, say, format } = useTexts()
  if (error !== null) return <ErrorPanel error={error} compact />
  if (!told) return <p className={styles['quiet']}>{t('film.export.looking')}</p>
  const { name, frames, encoding, neededMb, freeMb, notes } = told
  return (
    <div className={styles['flight']}>
      <dl>
        <dt>{t('film.export.file')}</dt>
        <dd>{name}</dd>
        <dt>{t('film.fact.frames')}</dt>
        <dd>{format.number(frames)}</dd>
        <dt>{t('film.export.encoding')}</dt>
        <dd>{encoding}</dd>
        <dt>{t('film.export.room')}</dt>
        <dd data-short={(freeMb !== null && freeMb < neededMb) || undefined}>{freeMb === null ? format.memory(neededMb) : t('film.export.roomOf', { needed: format.memory(neededMb), free: format.memory(freeMb) })}</dd>
      </dl>
      {notes.length > 0 && (
        <ul>
          {notes.map((note) => (
            <li key={note.code}>{say(note)}</li>
          ))}
        </ul>
      )}
    </div>
  )
}
