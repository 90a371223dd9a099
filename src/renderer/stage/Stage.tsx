import { useElementSize, useMergedRef } from '@mantine/hooks'
import { useEffect, useRef, type ReactNode } from 'react'
import type { Size } from '../../contract/pictures.ts'
import { PictureLayer, type Detail } from './PictureLayer.tsx'
import { SplitHandle } from './SplitHandle.tsx'
import styles from './Stage.module.css'
import { useStageGestures } from './useStageGestures.ts'
import { placement, type Viewport } from './viewport.ts'

/** The four ways to compare, in the order in which they are offered. */
export const stageModes = ['single', 'split', 'side', 'hold'] as const
export type StageMode = (typeof stageModes)[number]

export interface StagePicture {
  readonly src: string | null
  readonly detail: Detail | null
}

interface StageProps {
  /** Full size of the picture, upright. */
  readonly picture: Size
  readonly original: StagePicture
  readonly result: StagePicture
  /** Alpha picture of where the model doubts. */
  readonly doubt: string | null
  readonly mode: StageMode
  /** The original is shown instead of the result as long as this is true. */
  readonly holding: boolean
  readonly split: number
  readonly view: Viewport
  /** It is a strip: the wheel goes along it, and zooms with Ctrl or Command. */
  readonly scrolls?: boolean
  readonly texts: { readonly original: string; readonly result: string; readonly split: string; readonly stage: string }
  onSplit(split: number): void
  onView(view: Viewport): void
  onHold(holding: boolean): void
  /** Size of one pane in CSS pixels, whenever it changes. */
  onWindow(window: Size): void
  onShown?(src: string): void
  readonly footer?: ReactNode
  /** Drawn over each pane, below the split handle: what a room puts on the picture. */
  renderOverlay?(pane: { readonly shows: 'original' | 'result' | 'both'; readonly view: Viewport; readonly picture: Size; readonly window: Size }): ReactNode
}

/** The picture in the middle: zoom, pan, and the four ways to compare. Knows nothing of where pictures come from. */
export function Stage(props: StageProps) {
  const { picture, original, result, doubt, mode, holding, split, view, texts } = props
  const { ref: measure, width, height } = useElementSize<HTMLDivElement>()
  const area = useRef<HTMLDivElement | null>(null)
  const box = useMergedRef(measure, area)
  const panes = mode === 'side' ? 2 : 1
  const window: Size = { width: Math.max(1, width / panes), height: Math.max(1, height) }
  const gestures = useStageGestures(area, { view, picture, window, scrolls: props.scrolls ?? false, onView: props.onView })
  const { onWindow } = props
  useEffect(() => {
    if (width > 0 && height > 0) onWindow({ width: width / panes, height })
  }, [width, height, panes, onWindow])

  const ready = width > 0
  const { left, top, zoom } = placement(view, picture, window)
  const seenTop = Math.max(0, top)
  const seenHeight = Math.min(window.height, top + picture.height * zoom) - seenTop
  const shared = { view, picture, window }
  const coloured = (cut?: { left: number; right: number }) => (
    <PictureLayer {...shared} {...result} alt={texts.result} onShown={props.onShown} {...(cut ? { cut } : {})}>
      {doubt && <div className={styles['doubt']} style={{ maskImage: `url("${doubt}")` }} />}
    </PictureLayer>
  )
  const untouched = <PictureLayer {...shared} {...original} alt={texts.original} />
  const holds = mode === 'hold'
  const over = (shows: 'original' | 'result' | 'both') => props.renderOverlay?.({ shows, ...shared })

  return (
    <div className={styles['stage']} role="group" aria-label={texts.stage}>
      <div
        ref={box}
        className={styles['area']}
        data-mode={mode}
        {...gestures}
        onPointerDown={(event) => {
          if (holds && event.button === 0) props.onHold(true)
          gestures.onPointerDown(event)
        }}
        onPointerUp={(event) => {
          if (holds) props.onHold(false)
          gestures.onPointerUp(event)
        }}
      >
        {ready && mode === 'side' && (
          <>
            <div className={styles['pane']}>
              {untouched}
              <span className={styles['tag']} data-side="left">{texts.original}</span>
              {over('original')}
            </div>
            <div className={styles['pane']}>
              {holding ? untouched : coloured()}
              <span className={styles['tag']} data-side="left">{holding ? texts.original : texts.result}</span>
              {over('result')}
            </div>
          </>
        )}
        {ready && mode === 'split' && (
          <div className={styles['pane']}>
            {untouched}
            {!holding && coloured({ left: split, right: 0 })}
            <div className={styles['tags']} style={{ transform: `translate(${left + split * picture.width * zoom}px, ${seenTop}px)` }}>
              <span className={styles['tag']} data-side="before">{texts.original}</span>
              <span className={styles['tag']} data-side="after">{holding ? texts.original : texts.result}</span>
            </div>
            {over('both')}
            <SplitHandle label={texts.split} split={split} left={left} width={picture.width * zoom} top={seenTop} height={seenHeight} onSplit={props.onSplit} />
          </div>
        )}
        {ready && (mode === 'single' || holds) && (
          <div className={styles['pane']}>
            {untouched}
            {!holding && coloured()}
            {holding && <span className={styles['tag']} data-side="left">{texts.original}</span>}
            {over('both')}
          </div>
        )}
      </div>
      {props.footer && <div className={styles['footer']}>{props.footer}</div>}
    </div>
  )
}
