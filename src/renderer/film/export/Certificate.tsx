
import { IconAlertTriangle, IconCheck, IconCircleCheck, IconInfoCircle } from '@tabler/icons-react'
import type { KeptRow } from '../../../contract/clips.ts'
import type { Film } from '../../../contract/coloring.ts'
import { useTexts } from '../../i18n/index.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { measures } from '../../ui/theme/tokens.ts'
import styles from './FilmExport.module.css'

/** What a written film kept of its source: luma, times, sound, tags, each as the two files themselves say it. */
export function Certificate({ film, onClose }: { readonly film: Film | null; onClose(): void }) {
  const { t } = useTexts()
  return (
    <Dialog opened={film !== null} onClose={onClose} size={measures.dialogWide} title={t('film.certificateOf', { name: film?.name ?? '' })}>
      {film && <Kept film={film} />}
    </Dialog>
  )
}

function Kept({ film }: { readonly film: Film }) {
  const { t, say, format } = useTexts()
  const { kept, lumaIdentical, lumaOff, encoding, frames, shots, model, notes, chunks, reused } = film.result
  const isProven = lumaIdentical === true
  const Icon = isProven ? IconCircleCheck : IconInfoCircle
  return (
    <>
      <p className={styles['proof']} data-good={isProven || undefined}>
        <Icon size={18} stroke={1.6} />
        <span>{isProven ? t('film.lumaIdentical', { count: frames }) : lumaOff === undefined ? t('film.lumaUntouched', { encoding }) : t('film.lumaPictures', { off: format.number(lumaOff, 4) })}</span>
      </p>
      <table className={styles['table']}>
        <thead>
          <tr>
            <th scope="col">{t('film.certificate.what')}</th>
            <th scope="col">{t('film.certificate.source')}</th>
            <th scope="col">{t('film.certificate.film')}</th>
            <th scope="col">{t('film.certificate.same')}</th>
          </tr>
        </thead>
        <tbody>
          {kept.map((row) => (
            <Row key={row.name} row={row} />
          ))}
        </tbody>
      </table>
      <p className={styles['quiet']}>
        {[encoding, model?.id, t('film.shots.count', { count: shots.length }), reused > 0 && t('film.certificate.reused', { reused, count: chunks }), format.moment(film.at)].filter(Boolean).join(' · ')}
      </p>
      {notes.map((note) => (
        <p key={note.code} className={styles['quiet']}>
          {say(note)}
        </p>
      ))}
    </>
  )
}

function Row({ row: { name, before, after, same } }: { readonly row: KeptRow }) {
  const { t, find } = useTexts()
  // `audio 1` is the first of several.
  const [what = '', number] = name.split(' ')
  const Icon = same ? IconCheck : IconAlertTriangle
  return (
    <tr data-lost={!same || undefined}>
      <th scope="row">{[find(`film.kept.${what}`), number].filter(Boolean).join(' ')}</th>
      <td>{before}</td>
      <td>{after}</td>
      <td>
        <span role="img" aria-label={same ? t('film.certificate.yes') : t('film.certificate.no')}>
          <Icon size={14} stroke={1.8} />
        </span>
      </td>
    </tr>
  )
}
