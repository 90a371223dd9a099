import type { Asset } from '../../../contract/assets.ts'
import type { Shot } from '../../../contract/shots.ts'
import { useClient } from '../../client/context.tsx'
import { useTexts } from '../../i18n/index.ts'
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
  return (
    <FilmDialog
      presets={filmPresets}
      frames={frames}
      whole={t('film.export.whole')}
      also={shot ? [{ value: 'shot', label: t('film.shots.shot', { shot: shot.number }), from: shot.shot.from, to: shot.shot.to }] : []}
      preflight={(wanted, signal) => client.coloring.preflight({ asset: asset.id, ...wanted }, { signal })}
      start={(wanted) => client.coloring.start({ asset: asset.id, ...wanted })}
      said={(isDownload) => t(isDownload ? 'film.export.startedDownload' : 'film.export.started', { name: asset.name })}
    />
  )
}
