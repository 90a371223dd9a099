import { IconMagnet, IconMovie, IconPencil, IconPhotoDown, IconScissors, IconTrash } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import type { Asset } from '../../../contract/assets.ts'
import type { EditPart } from '../../../contract/edit.ts'
import { partAt, partStarts, snapped } from '../../../core/film/edit.ts'
import { isColorSettled, isToBeColored, shotAt } from '../../../core/film/shotList.ts'
import { Slot } from '../../app/slots.tsx'
import { useTexts } from '../../i18n/index.ts'
import { MissingFile } from '../../photos/one/MissingFile.tsx'
import { ToolColumn } from '../../stage/tools/ToolColumn.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import inspector from '../ClipInspector.module.css'
import { ClipStage } from '../ClipStage.tsx'
import { EditExport } from '../export/EditExport.tsx'
import { EditFilms } from '../export/FilmList.tsx'
import { FilmBar } from '../FilmBar.tsx'
import { FilmInspector } from '../FilmInspector.tsx'
import { Lanes } from '../Lanes.tsx'
import styles from '../OneClip.module.css'
import { useFilmMode } from '../review/state.ts'
import { openedAt, useAddressOf, useFilm } from '../state.ts'
import { CommandButton, Transport } from '../Transport.tsx'
import { usePlayback } from '../usePlayback.ts'
import { useSaveFrame } from '../useSaveFrame.ts'
import { PartLane } from './PartLane.tsx'
import { AddClip, PartList } from './PartList.tsx'
import { editRoute, useEditView } from './state.ts'
import { Stretches } from './Stretches.tsx'
import { useAppendClip } from './useAddToEdit.ts'
import { useEditClips, useEditing } from './useEditing.ts'
import { useEditCommands } from './useEditCommands.ts'

interface EditDeskProps {
  /** Clips of the project. */
  readonly clips: readonly Asset[]
  readonly startFrame: number
}

/** The edit: parts of clips one after another, looked at as one film, and written as one. */
export function EditDesk({ clips, startFrame }: EditDeskProps) {
  const { t, format } = useTexts()
  const editing = useEditing()
  const { edit, commit, preview } = editing
  const append = useAppendClip(editing)
  const present = useMemo(() => new Set(clips.filter(({ missing }) => !missing).map(({ id }) => id)), [clips])
  const { truth, truths, shots, check, retryCheck } = useEditClips(edit ?? undefined, present)
  useState(() => openedAt(startFrame))
  const wanted = useFilm((state) => state.frame)
  const chosen = useEditView((state) => state.chosen)
  const snaps = useEditView((state) => state.snaps)
  const [shown, setShown] = useState<number | null>(null)
  const [held, setHeld] = useState<number | null>(null)
  const { mode } = useFilmMode(false)

  const parts = edit?.parts ?? []
  const starts = partStarts(parts)
  const frames = starts.at(-1) ?? 0
  const frame = Math.min(wanted, Math.max(0, frames - 1))
  const under = partAt(parts, frame)
  const part = under && parts[under.at]
  const clip = clips.find(({ id }) => id === part?.asset) ?? null
  const selected = parts.findIndex(({ id }) => id === chosen)
  const current = selected >= 0 ? selected : (under?.at ?? -1)
  // The picture on the stage says which frame it is; here it has the number that the edit gives it.
  const shownHere = part && under && shown !== null && shown >= part.from && shown < part.to ? (starts[under.at] as number) + shown - part.from : null
  useEditCommands(editing, truth, current, under)
  usePlayback(truth, shownHere)
  useAddressOf(editRoute, frame)

  const nameOf = ({ asset }: EditPart): string => clips.find(({ id }) => id === asset)?.name ?? t('film.edit.gone')
  const framesOf = ({ asset, to }: EditPart): number => truths.get(asset)?.pts.length ?? clips.find(({ id }) => id === asset)?.info.pages ?? to
  /** Cuts between the clip's shots, where the playhead stands, and where the part before or behind goes on. */
  const snap = (dragged: EditPart, at: number, reach: number): number => {
    if (!snaps) return at
    const place = parts.findIndex(({ id }) => id === dragged.id)
    const playhead = frame - (starts[place] ?? 0) + dragged.from
    const neighbours = [parts[place - 1], parts[place + 1]].flatMap((other) => (other?.asset === dragged.asset ? [other.from, other.to] : []))
    return snapped(at, [...(shots.get(dragged.asset)?.shots ?? []).map(({ from }) => from), playhead, ...neighbours], reach)
  }
  const ofClip = clip ? shots.get(clip.id) : undefined
  const shot = ofClip && under ? (ofClip.shots[shotAt(ofClip, under.frame)] ?? null) : null
  const colored = shot && ofClip && isToBeColored(ofClip, shot) ? shot : null
  useSaveFrame(clip, under?.frame ?? 0, colored)
  if (!edit) return null
  if (parts.length === 0) {
    return (
      <EmptyState
        icon={IconMovie}
        title={t('film.edit.empty')}
        action={<AddClip clips={clips} onAdd={append} />}
      >
        {t('film.edit.emptyText')}
      </EmptyState>
    )
  }
  return (
    <div className={styles['clip']}>
      <div className={styles['stage']}>
        {clip && under && (
          <ClipStage asset={clip} frame={under.frame} shot={colored} isSettled={isColorSettled(ofClip ?? null, shot)} hints={null} other={null} takes={null} mode={mode} onShown={setShown} />
        )}
        {!clip && <EmptyState icon={IconMovie} title={t('film.edit.gone')} />}
        {clip?.missing && <MissingFile asset={clip} />}
      </div>
      {truth && <Transport truth={truth} check={check} shown={shownHere} onCheck={retryCheck} />}
      {truth && (
        <Lanes
          truth={truth}
          kind="edit"
          names={[t('film.edit.parts'), t('film.clip'), t('film.range')]}
          {...(held === null ? {} : { frames: held })}
          renderLanes={(scale) => (
            <>
              <PartLane {...{ edit, scale, current, nameOf, framesOf, snap, preview, commit }} onHold={(isHeld) => setHeld(isHeld ? frames : null)} />
              <Stretches parts={parts} clips={clips} scale={scale} />
            </>
          )}
        />
      )}
      <EditExport frames={frames} />
      <Slot name="tools">
        <ToolColumn>
          <CommandButton id="film.cut" label={t('commands.film.cut')} icon={IconScissors} size="tool" />
          <CommandButton id="film.removePart" label={t('commands.film.removePart')} icon={IconTrash} size="tool" />
          <CommandButton id="film.snap" label={t('commands.film.snap')} icon={IconMagnet} size="tool" pressed={snaps} />
          <CommandButton id="film.matchFrame" label={t('commands.film.matchFrame')} icon={IconPencil} size="tool" />
          <CommandButton id="film.saveFrame" label={t('commands.film.saveFrame')} icon={IconPhotoDown} size="tool" />
        </ToolColumn>
      </Slot>
      <FilmBar isCompared={false} isReady={truth !== null} />
      <Slot name="inspector">
        <FilmInspector
          tabs={[
            { id: 'parts', label: t('film.edit.parts'), content: <PartList edit={edit} truth={truth} clips={clips} current={current} commit={commit} onAdd={append} /> },
            {
              id: 'films',
              label: t('film.films'),
              content: (
                <div className={inspector['inspector']}>
                  <EditFilms edit={edit} shots={shots} />
                </div>
              ),
            },
          ]}
        />
      </Slot>
      <Slot name="status">
        <span>{t('film.edit')}</span>
        <span>{t('film.edit.count', { count: parts.length })}</span>
        {clip && part && <span>{`${clip.name} · ${t('film.frame')} ${format.number(under?.frame ?? 0)}`}</span>}
      </Slot>
    </div>
  )
}
