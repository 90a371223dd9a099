import { Modal, SegmentedControl, Select, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Asset } from '../../../contract/assets.ts'
import { clipPreset, type ClipPreset } from '../../../contract/clips.ts'
import { filmEnding, type FilmEnding, type FilmOptions } from '../../../contract/coloring.ts'
import type { GrantId } from '../../../contract/ids.ts'
import type { Shot } from '../../../contract/shots.ts'
import { endingsOf } from '../../../core/film/presets.ts'
import { useClient } from '../../client/context.tsx'
import { useSettings } from '../../client/queries.ts'
import { useTexts } from '../../i18n/index.ts'
import { ExportForm } from '../../photos/export/ExportForm.tsx'
import { useExport } from '../../photos/export/useExport.ts'
import { playedRange, useFilm } from '../state.ts'
import { PreflightPanel } from './PreflightPanel.tsx'

interface FilmExportProps {
  readonly asset: Asset
  readonly frames: number
  /** Under the playhead. */
  readonly shot: { readonly number: number; readonly shot: Shot } | null
}

/** What part of a clip is coloured, and how it is written; opens with what was chosen last. */
export function FilmExport(props: FilmExportProps) {
  const isOpen = useFilm((state) => state.exporting)
  const { t } = useTexts()
  const close = () => useFilm.setState({ exporting: false })
  return (
    <Modal opened={isOpen} onClose={close} title={t('film.export.title')} closeButtonProps={{ 'aria-label': t('common.close') }}>
      {isOpen && <Form {...props} onDone={close} />}
    </Modal>
  )
}

type Part = 'all' | 'range' | 'shot'

/** What formats of pictures are called. */
const pictureLabels: Partial<Record<FilmEnding, string>> = { png: 'PNG', tif: 'TIFF' }

/** A moment of rest before what is typed is looked at, ms. */
const restMs = 300

function Form({ asset, frames, shot, onDone }: FilmExportProps & { onDone(): void }) {
  const client = useClient()
  const { t } = useTexts()
  const { data: settings } = useSettings()
  const range = useFilm((state) => state.range)
  const hasRange = range.from !== null || range.to !== null
  const [part, setPart] = useState<Part>(hasRange ? 'range' : 'all')
  const [chosen, setChosen] = useState<FilmOptions>({})
  const [folder, setFolder] = useState<GrantId | null>(null)
  const options = { ...settings?.filmExport, ...chosen }
  const { preset = 'visual', ending = null, naming = '' } = options
  const change = (some: FilmOptions) => setChosen((before) => ({ ...before, ...some }))

  const played = playedRange(range, frames)
  const spans = { all: { from: 0, to: frames }, range: { from: played.from, to: played.to + 1 }, shot: { from: shot?.shot.from ?? 0, to: shot?.shot.to ?? frames } }
  const wanted = { asset: asset.id, ...spans[part], options }
  const [resting] = useDebouncedValue(JSON.stringify({ ...wanted, folder }), restMs)
  const isNamed = naming.trim() !== ''
  const flight = useQuery({
    queryKey: ['preflight', resting],
    queryFn: ({ signal }) => client.coloring.preflight(JSON.parse(resting) as Parameters<typeof client.coloring.preflight>[0], { signal }),
    enabled: isNamed,
    retry: false,
    staleTime: 0,
  })
  const { isBusy, go } = useExport({
    remember: { filmExport: options },
    start: (target) => client.coloring.start({ ...wanted, folder: target }),
    said: (_jobs, isDownload) => t(isDownload ? 'film.export.startedDownload' : 'film.export.started', { name: asset.name }),
    onDone,
  })
  const parts: readonly { readonly value: Part; readonly label: string }[] = [
    { value: 'all', label: t('film.export.whole') },
    ...(hasRange ? [{ value: 'range' as const, label: t('film.export.range', { from: played.from, to: played.to }) }] : []),
    ...(shot ? [{ value: 'shot' as const, label: t('film.shots.shot', { shot: shot.number }) }] : []),
  ]
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
      <SegmentedControl aria-label={t('film.export.part')} fullWidth value={part} onChange={(value) => setPart(value as Part)} data={[...parts]} />
      <Select
        label={t('film.export.preset')}
        description={t(`film.preset.${preset}Help`)}
        inputWrapperOrder={['label', 'input', 'description']}
        data={clipPreset.options.map((value) => ({ value, label: t(`film.preset.${value}`) }))}
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
