import type { Asset } from '../../contract/assets.ts'
import type { ClipTruth } from '../../contract/clipFrames.ts'
import type { ClipInfo } from '../../contract/film.ts'
import { readable } from '../../core/film/rational.ts'
import { useTexts } from '../i18n/index.ts'
import styles from './ClipInspector.module.css'
import { FilmList } from './export/FilmList.tsx'
import { PictureRate } from './PictureRate.tsx'
import type { ShotEditing } from './shots/useShots.ts'

/** What is true of the open clip, and what differs from what its header says. */
export function ClipInspector({ asset, truth, editing }: { readonly asset: Asset; readonly truth: ClipTruth | null; readonly editing: ShotEditing }) {
  const { t, say } = useTexts()
  const info = truth?.info
  return (
    <div className={styles['inspector']}>
      <h2>{t('film.facts')}</h2>
      {truth?.numbered && editing.shots && <PictureRate truth={truth} shots={editing.shots} editing={editing} />}
      {info ? <Facts info={info} /> : <p className={styles['quiet']}>{asset.missing ? '' : t('film.check.reading')}</p>}
      <h3>{t('film.films')}</h3>
      <FilmList asset={asset} shots={editing.shots} />
      {info && info.warnings.length > 0 && (
        <>
          <h3>{t('film.warnings')}</h3>
          <ul className={styles['warnings']}>
            {info.warnings.map((warning) => (
              <li key={warning.code}>{say(warning)}</li>
            ))}
          </ul>
        </>
      )}
    </div>
  )
}

function Facts({ info }: { readonly info: ClipInfo }) {
  const { t, format } = useTexts()
  const { range, matrix, primaries, transfer } = info.color
  const rows: readonly (readonly [string, string])[] = [
    [t('film.fact.frames'), format.number(info.frames)],
    [t('film.fact.duration'), t('film.fact.seconds', { seconds: format.fraction(readable(info.duration)) })],
    [t('film.fact.rate'), t(info.variableRate ? 'film.rateVariable' : 'film.rate', { rate: format.fraction(readable(info.rate)) })],
    [t('film.fact.picture'), t('photos.dimensions', { width: format.number(info.width), height: format.number(info.height) })],
    [t('film.fact.pixels'), info.sar],
    [t('film.fact.rotation'), `${format.number(info.rotation)}°`],
    [t('film.fact.codec'), `${info.codec} · ${info.pixelFormat}`],
    [t('film.fact.fields'), t(`film.fields.${info.fieldOrder}`)],
    [t('film.fact.color'), [range, matrix, primaries, transfer].map((tag) => tag ?? '–').join(' · ')],
    [t('film.fact.timecode'), info.timecode ?? '–'],
    [t('film.fact.audio'), String(info.audio.length)],
    [t('film.fact.subtitles'), String(info.subtitles.length)],
  ]
  return (
    <dl>
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
