import { UnstyledButton } from '@mantine/core'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { Asset } from '../../contract/assets.ts'
import type { PageReport } from '../../contract/pageReport.ts'
import type { Size } from '../../contract/pictures.ts'
import type { Recipe } from '../../contract/recipe.ts'
import { isStrip } from '../../core/pages/sheet.ts'
import { useCommand, useCommandButton } from '../app/commands.ts'
import { Slot } from '../app/slots.tsx'
import { useTexts } from '../i18n/index.ts'
import { MissingFile } from '../photos/one/MissingFile.tsx'
import { useStagePictures } from '../photos/useStagePictures.ts'
import { Overlay } from '../stage/overlay/Overlay.tsx'
import { Stage, stageModes } from '../stage/Stage.tsx'
import { tools } from '../stage/tools/index.ts'
import { Machine } from '../stage/tools/tool.ts'
import { useStageCommands } from '../stage/useStageCommands.ts'
import { fitted, keptAcross, openingView, zoomOf, type Viewport } from '../stage/viewport.ts'
import { ErrorPanel } from '../ui/ErrorPanel.tsx'
import type { PageBoard } from './board.ts'
import styles from './PageStage.module.css'
import { PlaceColorsRow } from './PlaceColorsRow.tsx'
import { usePages } from './state.ts'
import { useBorrowedTool } from './useBorrowedTool.ts'
import type { PlaceColors } from './usePlaceColors.ts'
import { useSampler } from './useSampler.ts'

interface PageStageProps {
  readonly asset: Asset
  /** With the colours of the swatches; null: not here yet. */
  readonly recipe: Recipe | null
  readonly board: PageBoard
  /** What was found on the page; null: not known yet. */
  readonly report: PageReport | null
  /** Likely colours of the place that is asked about. */
  readonly placeColors: PlaceColors
}

/** The open page on the stage, with what tools put on it. */
export function PageStage({ asset, recipe, board, report, placeColors }: PageStageProps) {
  const { t, format } = useTexts()
  const { compare, split, holding } = usePages()
  const tool = useBorrowedTool()
  const [view, setView] = useState<Viewport>(fitted)
  const [window, setWindow] = useState<Size | null>(null)
  const strip = isStrip(asset.info)
  const known = useRef<Size | null>(null)
  useEffect(() => {
    if (!window || !strip) return
    const before = known.current
    known.current = window
    setView(before ? (now) => keptAcross(now, asset.info, before, window) : openingView(asset.info, window))
  }, [asset.info, strip, window])
  const pictures = useStagePictures(asset, recipe, window, view, false)
  const { preview, error } = pictures.state
  const figures = preview?.figures ?? null
  useSampler(pictures.result.src, board)

  const machine = useMemo(() => new Machine(tools[tool], board), [tool, board])
  // A tool that is put away in the middle of something leaves nothing behind.
  useEffect(() => () => machine.cancel(), [machine])
  const cancel = useCallback(() => machine.cancel(), [machine])
  useCommand('hint.cancel', () => {
    if (machine.isBusy) machine.cancel()
    else if (usePages.getState().asked) placeColors.close()
    else board.select(null)
  })
  const hold = useCallback((held: boolean) => usePages.setState({ holding: held }), [])
  useStageCommands({ view, picture: asset.info, strip, window, modes: stageModes, onView: setView, compare, onCompare: (next) => usePages.setState({ compare: next, holding: false }), onHold: hold })

  const lookAt = usePages((state) => state.lookAt)
  useEffect(() => {
    if (!lookAt) return
    // A fitted page shows every place already; one that is zoomed in moves.
    setView((now) => (now.zoom === null ? now : { ...now, x: lookAt.x * asset.info.width, y: lookAt.y * asset.info.height }))
    document.querySelector<HTMLElement>('main canvas[tabindex="0"]')?.focus({ preventScroll: true })
  }, [asset.info, lookAt])

  const next = useCommandButton('hint.next')
  const ratio = globalThis.devicePixelRatio || 1
  const zoom = window ? zoomOf(view, asset.info, window) * ratio : 0
  const hints = recipe ? board.marks().hints.length : 0
  return (
    <div className={styles['page']}>
      <Stage
        picture={asset.info}
        original={pictures.original}
        result={pictures.result}
        doubt={null}
        mode={compare}
        holding={holding}
        split={split}
        view={view}
        scrolls={strip}
        texts={{ original: t('pages.lines'), result: t('pages.coloured'), split: t('photos.splitHandle'), stage: t('photos.stage', { name: asset.name }) }}
        onSplit={(next) => usePages.setState({ split: next })}
        onView={setView}
        onHold={tool === 'hand' ? hold : () => undefined}
        onWindow={setWindow}
        onShown={(src) => performance.mark('picture-shown', { detail: src })}
        renderOverlay={({ shows, ...pane }) => (
          <>
            <Overlay
              {...pane}
              label={shows === 'result' ? t('pages.colouredPane') : t('pages.drawingPane')}
              source={board}
              part={shows === 'result' ? 'active' : 'all'}
              tool={tool}
              send={(event, pointer) => machine.send(event, pointer)}
              cancel={cancel}
              hover={(at) => board.hover(at)}
            />
            {shows !== 'result' && <PlaceColorsRow colors={placeColors} {...pane} />}
          </>
        )}
        footer={<span role={preview ? undefined : 'status'}>{figures?.notes[0]?.message ?? (preview || error ? t('pages.hintCount', { count: hints }) : t('pages.reading'))}</span>}
      />
      {asset.missing && <MissingFile asset={asset} />}
      {error && !asset.missing && (
        <div className={styles['error']}>
          <ErrorPanel error={error} compact />
        </div>
      )}
      <Slot name="status">
        {report && <span>{t('pages.found', { panels: format.number(report.panels.length), bubbles: format.number(report.bubbles.length), regions: format.number(report.regions) })}</span>}
        {report && report.unhinted.length > 0 && (
          <UnstyledButton className={styles['open']} onClick={next.run} title={next.shortcut ? t('pages.open.key', { key: next.shortcut }) : undefined}>
            {t('pages.open', { count: report.unhinted.length })}
          </UnstyledButton>
        )}
        {report && report.leaks > 0 && <span>{t('pages.leaks', { count: report.leaks })}</span>}
        <span>{t('photos.dimensions', { width: format.number(asset.info.width), height: format.number(asset.info.height) })}</span>
        <span>{view.zoom === null ? t('photos.zoomFit', { zoom: format.percent(zoom) }) : format.percent(zoom)}</span>
      </Slot>
      {figures && (
        <Slot name="statusEnd">
          <span>{format.milliseconds(figures.ms.total)}</span>
        </Slot>
      )}
    </div>
  )
}
