import { filePreset } from '../../../contract/clips.ts'
import { useClient } from '../../client/context.tsx'
import { useTexts } from '../../i18n/index.ts'
import { FilmDialog, filmPresets, type WantedFilm } from './FilmDialog.tsx'

/** An edit is one file, never numbered pictures. */
const asFile = ({ options, ...wanted }: WantedFilm) => ({ ...wanted, options: { ...options, preset: filePreset.catch('visual').parse(options.preset) } })

/** The edit, or its range from in to out, as one film. */
export function EditExport({ frames }: { readonly frames: number }) {
  const client = useClient()
  const { t } = useTexts()
  return (
    <FilmDialog
      presets={filmPresets.filter((preset) => preset !== 'sequence')}
      frames={frames}
      whole={t('film.edit.whole')}
      preflight={(wanted, signal) => client.edit.preflight(asFile(wanted), { signal })}
      start={(wanted) => client.edit.start(asFile(wanted))}
      said={(isDownload) => t(isDownload ? 'film.edit.startedDownload' : 'film.edit.started')}
    />
  )
}
