import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import type { Asset } from '../../contract/assets.ts'
import { isColorSettled, isToBeColored, shotAt } from '../../core/film/shotList.ts'
import { useCommandButton, useCommandContext } from '../app/commands.ts'
import { Slot } from '../app/slots.tsx'
import { useTexts } from '../i18n/index.ts'
import { MissingFile } from '../photos/one/MissingFile.tsx'
import { ErrorPanel } from '../ui/ErrorPanel.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import { ClipInspector } from './ClipInspector.tsx'
import { ClipStage } from './ClipStage.tsx'
import styles from './OneClip.module.css'
import { FilmExport } from './export/FilmExport.tsx'
import { FilmBar } from './FilmBar.tsx'
import { FilmInspector, type FilmTab } from './FilmInspector.tsx'
import { FilmTools } from './hints/FilmTools.tsx'
import { useFrameHints } from './hints/useFrameHints.ts'
import { RecipePanel } from './shots/RecipePanel.tsx'
import { ShotBoard } from './shots/ShotBoard.tsx'
import { useShotCommands } from './shots/useShotCommands.ts'
import { useShots } from './shots/useShots.ts'
import { FlickerPanel } from './flicker/FlickerPanel.tsx'
import { useFlicker } from './flicker/useFlicker.ts'
import { ProxyPanel } from './proxy/ProxyPanel.tsx'
import { ComparePanel } from './review/ComparePanel.tsx'
import { NotesPanel } from './review/NotesPanel.tsx'
import { ScopesPanel } from './review/ScopesPanel.tsx'
import { useFilmMode } from './review/state.ts'
import { useCompared } from './review/useCompared.ts'
import { useReviewCommands } from './review/useReviewCommands.ts'
import { useReviewEditing } from './review/useReviewEditing.ts'
import { useTakes } from './takes/useTakes.ts'
import { openedAt, useAddressOf, useFilm } from './state.ts'
import { Timeline } from './Timeline.tsx'
import { Transport } from './Transport.tsx'
import { useClip, useTruthAtRate } from './useClip.ts'
import { useAddToEdit } from './edit/useAddToEdit.ts'
import { useClipCommands } from './useClipCommands.ts'
import { usePlayback } from './usePlayback.ts'
import { useSaveFrame } from './useSaveFrame.ts'

/** One clip open: stage, transport, timeline, and what is true of it. */
export function OneClip({ asset, startFrame }: { readonly asset: Asset; readonly startFrame: number }) {
  const { t, format } = useTexts()
  const clip = useClip(asset)
  const [shown, setShown] = useState<number | null>(null)
  useState(() => openedAt(startFrame))
  const frame = useFilm((state) => state.frame)
  useCommandContext({ isOpen: true })
  const add = useCommandButton('film.add')
  const shots = useShots(asset, clip.truth)
  const truth = useTruthAtRate(clip.truth, shots.shots)
  const reviewing = useReviewEditing(asset, shots.inTurn)
  const compared = useCompared(asset, reviewing)
  const takes = useTakes(asset, shots, frame)
  const isCompared = compared.other !== null || takes.compared !== null
  const { mode } = useFilmMode(isCompared)
  useReviewCommands(reviewing)
  const flicker = useFlicker(asset, compared.other)
  useClipCommands(asset, truth, shots, reviewing)
  useAddToEdit(asset, truth)
  usePlayback(truth, shown)
  useShotCommands(shots)
  useAddressOf(asset.id, frame)

  const at = shots.shots ? shotAt(shots.shots, frame) : 0
  const shot = shots.shots?.shots[at] ?? null
  const colored = shot && shots.shots && isToBeColored(shots.shots, shot) ? shot : null
  useSaveFrame(asset, frame, colored)
  const hints = useFrameHints(asset, shots, at, frame)
  const tabs: readonly FilmTab[] = [
    { id: 'shots', label: t('film.shots'), content: <ShotBoard asset={asset} editing={shots} at={at} takes={takes} isAwaited={clip.check === 'reading' || clip.check === 'checking'} /> },
    { id: 'recipe', label: t('film.recipe'), content: shots.shots && <RecipePanel editing={shots} shots={shots.shots} at={at} board={hints.board} /> },
    ...(truth ? [{ id: 'notes', label: t('film.notes.tab', { count: reviewing.review.notes.length }), content: <NotesPanel asset={asset} truth={truth} editing={reviewing} /> }] : []),
    { id: 'scopes', label: t('film.scopes'), content: <ScopesPanel asset={asset} other={compared.other} frame={shown} matrix={truth?.info.color.matrix ?? null} /> },
    {
      id: 'clip',
      label: t('film.clip'),
      content: (
        <>
          <ComparePanel asset={asset} compared={compared} takes={takes} />
          {truth && <FlickerPanel flicker={flicker} truth={truth} hasShots={shots.shots?.found === true} />}
          <ProxyPanel asset={asset} />
          <ClipInspector asset={asset} truth={truth} editing={shots} />
        </>
      ),
    },
  ]
  return (
    <div className={styles['clip']}>
      <div className={styles['stage']}>
        <ClipStage
          asset={asset}
          frame={truth ? Math.min(frame, truth.pts.length - 1) : frame}
          shot={colored}
          isSettled={isColorSettled(shots.shots, shot)}
          hints={hints}
          other={compared.other}
          takes={takes}
          mode={mode}
          onShown={setShown}
        />
        {asset.missing && <MissingFile asset={asset} />}
        {clip.error !== null && !asset.missing && (
          <div className={styles['error']}>
            <ErrorPanel error={clip.error} compact />
          </div>
        )}
      </div>
      {truth && (
        <Transport truth={truth} check={clip.check} shown={shown} onCheck={clip.retryCheck} />
      )}
      {truth && <Timeline asset={asset} truth={truth} shots={shots} shot={at} notes={reviewing.review.notes} flicker={flicker.curve} />}
      {truth && <FilmExport asset={asset} frames={truth.pts.length} shot={shot && { number: at + 1, shot }} />}
      <Slot name="tools">
        <FilmTools board={hints.board} />
      </Slot>
      <FilmBar isCompared={isCompared} isReady={truth !== null}>
        <IconButton label={t('film.add')} icon={IconPlus} shortcut={add.shortcut} onClick={add.run} />
      </FilmBar>
      <Slot name="inspector">
        <FilmInspector tabs={tabs} />
      </Slot>
      <Slot name="status">
        <span>{asset.name}</span>
        <span>{t('photos.dimensions', { width: format.number(asset.info.width), height: format.number(asset.info.height) })}</span>
        {truth && <span>{`${truth.info.codec} · ${truth.info.pixelFormat}`}</span>}
        {truth?.info.verified && <span>{t('film.checked', { count: truth.pts.length })}</span>}
      </Slot>
    </div>
  )
}
