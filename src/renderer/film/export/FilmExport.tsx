import type { Asset } from '../../../contract/assets.ts'
import type { Shot } from '../../../contract/shots.ts'
import { useClient } from '../../client/context.tsx'
import { useTexts } from '../../i18n/index.ts'
import { playedRange, useFilm } from '../state.ts'
import { FilmDialog, filmPresets } from './FilmDialog.tsx'

interface FilmExportProps {
  readonly asset: Asset
  readonly frames: number
  /** Under the playhead. */
  readonly shot: { readonly number: number; readonly shot: Shot } | null
}

/** What part of a clip is coloured, and how it is written. */
export function FilmExport({ asset, frames, shot }: FilmExportProps) {
  const client = useClient()
  const { t } = useTexts()
  const range = useFilm((state) => state.range)
  const hasRange = range.from !== null || range.to !== null
  const { from, to } = playedRange(range, frames)
  return (
    <FilmDialog
      presets={filmPresets}
      parts={[
        { value: 'all', label: t('film.export.whole'), from: 0, to: frames },
        ...(hasRange ? [{ value: 'range', label: t('film.export.range', { from, to }), from, to: to + 1 }] : []),
        ...(shot ? [{ value: 'shot', label: t('film.shots.shot', { shot: shot.number }), from: shot.shot.from, to: shot.shot.to }] : []),
      ]}
      preflight={(wanted, signal) => client.coloring.preflight({ asset: asset.id, ...wanted }, { signal })}
      start={(wanted) => client.coloring.start({ asset: asset.id, ...wanted })}
      said={(isDownload) => t(isDownload ? 'film.export.startedDownload' : 'film.export.started', { name: asset.name })}
    />
  )
}
