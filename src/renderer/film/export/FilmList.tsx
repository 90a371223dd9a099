import { Button, Menu } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Asset } from '../../../contract/assets.ts'
import type { Film } from '../../../contract/coloring.ts'
import type { Edit } from '../../../contract/edit.ts'
import type { AssetId } from '../../../contract/ids.ts'
import type { ClipShots } from '../../../contract/shots.ts'
import { shotsIn } from '../../../core/film/filmWork.ts'
import { expectDownloads } from '../../app/downloads.ts'
import { useClient, useHost } from '../../client/context.tsx'
import { useStudioQueries } from '../../client/queries.ts'
import { useTexts } from '../../i18n/index.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { useTell } from '../../ui/tell.ts'
import { Certificate } from './Certificate.tsx'
import styles from './FilmExport.module.css'

/** Films that were written of a clip, each with its certificate; those whose shots have changed since are brought up to date. Below, what earlier takes of shots take of the disk. */
export function FilmList({ asset, shots }: { readonly asset: Asset; readonly shots: ClipShots | null }) {
  const { t, format } = useTexts()
  const { data: takes = [] } = useQuery(useStudioQueries().takes(asset.id))
  const earlier = takes.filter(({ isCurrent }) => !isCurrent)
  return (
    <>
      <Films
        of={asset.id}
        none={t('film.films.none')}
        staleOf={(film) => {
          const count = shots ? changedShots(film, shots) : 0
          return count > 0 ? t('film.films.changed', { count }) : null
        }}
      />
      {earlier.length > 0 && <p className={styles['quiet']}>{t('film.takes.kept', { count: earlier.length, size: format.bytes(earlier.reduce((sum, { bytes }) => sum + bytes, 0)) })}</p>}
    </>
  )
}

/** Films that were written of the edit; they are stale where its parts are other ones, or coloured otherwise. */
export function EditFilms({ edit, shots }: { readonly edit: Edit; readonly shots: ReadonlyMap<AssetId, ClipShots> }) {
  const { t } = useTexts()
  const now = JSON.stringify(edit.parts.map(({ asset, from, to }) => ({ asset, from, to })))
  const versions = JSON.stringify(edit.parts.flatMap((part) => shotsIn(shots.get(part.asset) ?? { shots: [] }, part).map(({ id, version }) => ({ id, version }))))
  const isStale = ({ parts, shots: written }: Film): boolean => JSON.stringify(parts) !== now || JSON.stringify(written) !== versions
  return <Films of={null} none={t('film.edit.noFilms')} staleOf={(film) => (isStale(film) ? t('film.edit.changed') : null)} />
}

/** @param staleOf what its button says where a film is not up to date; null: it is */
function Films({ of, none, staleOf }: { readonly of: AssetId | null; readonly none: string; staleOf(film: Film): string | null }) {
  const { data: films = [] } = useQuery(useStudioQueries().films(of))
  const [shown, setShown] = useState<Film | null>(null)
  if (films.length === 0) return <p className={styles['quiet']}>{none}</p>
  return (
    <>
      <ul className={styles['films']}>
        {films.map((film) => (
          <Row key={film.id} film={film} stale={staleOf(film)} onCertificate={() => setShown(film)} />
        ))}
      </ul>
      <Certificate film={shown} onClose={() => setShown(null)} />
    </>
  )
}

/** How many of its shots are other ones now, or coloured otherwise. */
function changedShots(film: Film, shots: ClipShots): number {
  const versions = new Map(film.shots.map(({ id, version }) => [id, version]))
  return shotsIn(shots, film).filter(({ id, version }) => versions.get(id) !== version).length
}

function Row({ film, stale, onCertificate }: { readonly film: Film; readonly stale: string | null; onCertificate(): void }) {
  const client = useClient()
  const host = useHost()
  const tell = useTell()
  const { t, format } = useTexts()
  const again = useMutation({
    mutationFn: () => client.coloring.again({ film: film.id }),
    onSuccess: ({ jobs }) => {
      if (film.downloadable) expectDownloads(jobs)
      tell.note(t('film.films.again', { name: film.name }))
    },
    onError: tell.error,
  })
  const { file } = film
  const { reveal, download } = host
  return (
    <li>
      <span className={styles['name']} title={film.name}>
        {film.name}
      </span>
      <Menu position="bottom-end">
        <Menu.Target>
          <IconButton size="small" label={t('film.films.more', { name: film.name })} icon={IconDots} />
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={onCertificate}>{t('film.certificate')}</Menu.Item>
          {file !== null && reveal && !film.downloadable && <Menu.Item onClick={() => void reveal.call(host, file).catch(tell.error)}>{t('queue.showResult')}</Menu.Item>}
          {file !== null && download && film.downloadable && <Menu.Item onClick={() => void download.call(host, file, film.name).catch(tell.error)}>{t('queue.download', { count: 1 })}</Menu.Item>}
          <Menu.Item disabled={again.isPending} onClick={() => again.mutate()}>
            {t('film.films.update')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <span className={`${styles['quiet']} ${styles['about']}`}>
        {t(`film.preset.${film.preset}`)} · {t('film.export.range', { from: film.from, to: film.to - 1 })} · {format.moment(film.at)}
      </span>
      {stale !== null && (
        <Button className={styles['about']} size="xs" variant="default" loading={again.isPending} onClick={() => again.mutate()}>
          {stale}
        </Button>
      )}
    </li>
  )
}
