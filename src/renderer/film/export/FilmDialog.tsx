import { SegmentedControl, Select, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ClipPreset } from '../../../contract/clips.ts'
import { filmEnding, type FilmEnding, type FilmOptions, type Preflight } from '../../../contract/coloring.ts'
import type { GrantId, JobId } from '../../../contract/ids.ts'
import { endingsOf } from '../../../core/film/presets.ts'
import { useSettings } from '../../client/queries.ts'
import { useTexts } from '../../i18n/index.ts'
import { ExportForm } from '../../photos/export/ExportForm.tsx'
import { useExport } from '../../photos/export/useExport.ts'
import { playedRange, useFilm } from '../state.ts'
import { PreflightPanel } from './PreflightPanel.tsx'
import { Dialog } from '../../ui/Dialog.tsx'

/** How films are written, most wanted first. */
export const filmPresets: readonly ClipPreset[] = ['visual', 'h265', 'exact', 'prores', 'sequence']

/** Frames [from, to) to be written, how, and where; to null: to the end. */
export interface WantedFilm {
  readonly from: number
  readonly to: number | null
  readonly options: FilmOptions
  readonly folder: GrantId | null
}

interface Stretch {
  readonly value: string
  readonly label: string
  readonly from: number
  readonly to: number
}

interface FilmDialogProps {
  /** How it can be written; the first where what was chosen last is none of them. */
  readonly presets: readonly ClipPreset[]
  /** Frames there are, and what all of them are called. */
  readonly frames: number
  readonly whole: string
  /** What is offered beside them, and in to out: that is chosen where it is set. */
  readonly also?: readonly Stretch[]
  preflight(wanted: WantedFilm, signal: AbortSignal): Promise<Preflight>
  start(wanted: WantedFilm): Promise<{ readonly jobs: readonly JobId[] }>
  /** What is said once the job waits. */
  said(isDownload: boolean): string
}

/** The dialog that writes a film: which frames, and how; opens with what was chosen last. */
export function FilmDialog(props: FilmDialogProps) {
  const isOpen = useFilm((state) => state.exporting)
  const { t } = useTexts()
  const close = () => useFilm.setState({ exporting: false })
  return (
    <Dialog opened={isOpen} onClose={close} title={t('film.export.title')}>
      {isOpen && <Form {...props} onDone={close} />}
    </Dialog>
  )
}

/** A moment of rest before what is typed is looked at, ms. */
const restMs = 300

/** What formats of pictures are called. */
const pictureLabels: Partial<Record<FilmEnding, string>> = { png: 'PNG', tif: 'TIFF' }

function Form({ presets, frames, whole, also = [], preflight, start, said, onDone }: FilmDialogProps & { onDone(): void }) {
  const { t } = useTexts()
  const { data: settings } = useSettings()
  const range = useFilm((state) => state.range)
  const played = playedRange(range, frames)
  const hasRange = range.from !== null || range.to !== null
  const parts: readonly Stretch[] = [
    { value: 'all', label: whole, from: 0, to: frames },
    ...(hasRange ? [{ value: 'range', label: t('film.export.range', { from: played.from, to: played.to }), from: played.from, to: played.to + 1 }] : []),
    ...also,
  ]
  const [part, setPart] = useState(hasRange ? 'range' : 'all')
  const [chosen, setChosen] = useState<FilmOptions>({})
  const [folder, setFolder] = useState<GrantId | null>(null)
  const remembered = { ...settings?.filmExport, ...chosen }
  const isOffered = remembered.preset !== undefined && presets.includes(remembered.preset)
  const options = isOffered ? remembered : { ...remembered, preset: presets[0], ending: null }
  const { preset = 'visual', ending = null, naming = '' } = options
  const change = (some: FilmOptions) => setChosen((before) => ({ ...before, ...some }))

  const { from = 0, to = null } = parts.find(({ value }) => value === part) ?? {}
  const wanted = { from, to, options }
  const [resting] = useDebouncedValue(JSON.stringify({ ...wanted, folder }), restMs)
  const isNamed = naming.trim() !== ''
  const flight = useQuery({
    queryKey: ['preflight', resting],
    queryFn: ({ signal }) => preflight(JSON.parse(resting) as WantedFilm, signal),
    enabled: isNamed,
    retry: false,
    staleTime: 0,
  })
  const { isBusy, go } = useExport({
    remember: { filmExport: options },
    start: (target) => start({ ...wanted, folder: target }),
    said: (_jobs, isDownload) => said(isDownload),
    onDone,
  })
  const endings = filmEnding.options.filter((each) => endingsOf[preset].includes(each))
  return (
    <ExportForm
      count={1}
      isReady={isNamed && flight.isSuccess}
      isBusy={isBusy}
      goText={t('film.export.go')}
      onFolder={(granted) => setFolder(granted.grant)}
      onGo={go}
      onCancel={onDone}
    >
      <SegmentedControl aria-label={t('film.export.part')} fullWidth value={part} onChange={setPart} data={parts.map(({ value, label }) => ({ value, label }))} />
      <Select
        label={t('film.export.preset')}
        description={t(`film.preset.${preset}Help`)}
        inputWrapperOrder={['label', 'input', 'description']}
        data={presets.map((value) => ({ value, label: t(`film.preset.${value}`) }))}
        value={preset}
        onChange={(value) => value && change({ preset: value as ClipPreset, ending: null })}
      />
      <Select
        label={t(preset === 'sequence' ? 'film.export.pictures' : 'film.export.container')}
        data={[{ value: 'auto', label: t('film.export.autoContainer') }, ...endings.map((value) => ({ value, label: pictureLabels[value] ?? `.${value}` }))]}
        value={ending ?? 'auto'}
        onChange={(value) => change({ ending: value === 'auto' ? null : (value as FilmEnding) })}
      />
      <TextInput label={t('photos.export.naming')} description={t('photos.export.namingHelp')} value={naming} onChange={(event) => change({ naming: event.currentTarget.value })} />
      <PreflightPanel told={flight.data ?? null} error={flight.error} />
    </ExportForm>
  )
}
