import { useClient } from '../../client/context.tsx'
import { useTexts } from '../../i18n/index.ts'
import { playedRange, useFilm } from '../state.ts'
import { FilmDialog } from './FilmDialog.tsx'

/** The edit, or its range from in to out, as one film. */
export function EditExport({ frames }: { readonly frames: number }) {
  const client = useClient()
  const { t } = useTexts()
  const range = useFilm((state) => state.range)
  const hasRange = range.from !== null || range.to !== null
  const { from, to } = playedRange(range, frames)
  return (
    <FilmDialog
      parts={[{ value: 'all', label: t('film.edit.whole'), from: 0, to: frames }, ...(hasRange ? [{ value: 'range', label: t('film.export.range', { from, to }), from, to: to + 1 }] : [])]}
      preflight={(wanted, signal) => client.edit.preflight(wanted, { signal })}
      start={(wanted) => client.edit.start(wanted)}
      said={(isDownload) => t(isDownload ? 'film.edit.startedDownload' : 'film.edit.started')}
    />
  )
}
