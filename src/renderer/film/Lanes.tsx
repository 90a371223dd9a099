import { useElementSize } from '@mantine/hooks'
import { IconZoomIn, IconZoomOut } from '@tabler/icons-react'
import { useEffect, useMemo, useRef, type PointerEvent, type ReactNode, type WheelEvent } from 'react'
import type { ClipTruth } from '../../contract/clipFrames.ts'
import { labelOf, labelsOf } from '../../core/film/labels.ts'
import { within } from '../../core/film/playing.ts'
import { rulerOf } from '../../core/film/ruler.ts'
import { IconButton } from '../ui/IconButton.tsx'
import { useTexts } from '../i18n/index.ts'
import { following, laneScale, type LaneScale } from './laneScale.ts'
import { useReview } from './review/state.ts'
import { standAt, useFilm } from './state.ts'
import styles from './Timeline.module.css'

/** Pixels that a label of the ruler needs. */
const labelWidth = 92
/** The closest look: pixels of one frame. */
const mostPerFrame = 48

interface LanesProps {
  readonly truth: ClipTruth
  /** Which lanes there are, for their heights. */
  readonly kind: 'clip' | 'clip-flicker' | 'edit'
  /** Names of the lanes below the ruler. */
  readonly names: readonly string[]
  /** Frames that the scale is made for; those of the film, unless a drag holds it still. */
  readonly frames?: number
  /** The lanes between ruler and range, and those below it. */
  readonly renderLanes: (scale: LaneScale) => ReactNode
  readonly renderBelow?: (scale: LaneScale) => ReactNode
}

/** Frames from left to right: ruler, lanes, in and out, playhead. Dragged, it moves the playhead; the wheel zooms. */
export function Lanes({ truth, kind, names, frames = truth.pts.length, renderLanes, renderBelow }: LanesProps) {
  const { t } = useTexts()
  const { ref, width } = useElementSize()
  const frame = useFilm((state) => state.frame)
  const range = useFilm((state) => state.range)
  const seen = useFilm((state) => state.seen)
  const dragging = useRef(false)
  // The same while only the playhead moves: what lies in the lanes is not drawn anew then.
  const scale = useMemo(() => laneScale(width, frames, seen), [width, frames, seen])
  const last = truth.pts.length
  const count = useRef(frames)
  count.current = frames
  // Who has moved the lanes away from a playhead that stands is left there, whatever is cut; a drag holds them still.
  useEffect(() => {
    if (!dragging.current) useFilm.setState((state) => ({ seen: following(state.seen, frame, count.current) }))
  }, [frame])

  const drag = (isHeld: boolean) => {
    dragging.current = isHeld
    useReview.setState({ isScrubbing: isHeld })
  }
  const stand = (event: PointerEvent<HTMLElement>) => {
    const { left } = event.currentTarget.getBoundingClientRect()
    standAt(within(Math.floor(scale.frameAt(event.clientX - left)), last))
  }
  /** @param at what stays in its place, as a share of the lanes' width */
  const zoomBy = (factor: number, at: number) => {
    const share = Math.min(1, Math.max(width / mostPerFrame / frames, seen.share * factor))
    useFilm.setState({ seen: { share, from: Math.max(0, Math.min(1 - share, seen.from + at * (seen.share - share))) } })
  }
  const zoom = (event: WheelEvent<HTMLElement>) => {
    const { left } = event.currentTarget.getBoundingClientRect()
    const at = (event.clientX - left) / Math.max(1, width)
    if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
      const from = seen.from + ((event.deltaX || event.deltaY) / Math.max(1, width)) * seen.share
      useFilm.setState({ seen: { share: seen.share, from: Math.min(1 - seen.share, Math.max(0, from)) } })
      return
    }
    zoomBy(1.2 ** Math.sign(event.deltaY), at)
  }
  // By a button, what the playhead stands on stays where it is.
  const atPlayhead = Math.min(1, Math.max(0, scale.x(frame) / Math.max(1, width)))
  return (
    <div className={styles['timeline']} data-kind={kind}>
      <div className={styles['names']}>
        <span className={styles['zoom']}>
          <IconButton size="small" label={t('film.zoomOut')} icon={IconZoomOut} disabled={seen.share >= 1} onClick={() => zoomBy(2, atPlayhead)} />
          <IconButton size="small" label={t('film.zoomIn')} icon={IconZoomIn} onClick={() => zoomBy(0.5, atPlayhead)} />
        </span>
        {names.map((name) => (
          <span key={name} aria-hidden>
            {name}
          </span>
        ))}
      </div>
      <div
        ref={ref}
        className={styles['lanes']}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId)
          drag(true)
          stand(event)
        }}
        onPointerMove={(event) => dragging.current && stand(event)}
        onPointerUp={() => drag(false)}
        onPointerCancel={() => drag(false)}
        onWheel={zoom}
      >
        <Ruler truth={truth} frame={frame} scale={scale} />
        {renderLanes(scale)}
        <div className={styles['range']}>
          {(range.from !== null || range.to !== null) && (
            <span style={{ left: scale.x(range.from ?? 0), width: Math.max(2, scale.x((range.to ?? last - 1) + 1) - scale.x(range.from ?? 0)) }} />
          )}
        </div>
        {renderBelow?.(scale)}
        <span className={styles['playhead']} style={{ transform: `translateX(${scale.x(frame)}px)` }} />
      </div>
    </div>
  )
}

/** Timecodes along the clip; what keyboard and screen reader move the playhead by. */
function Ruler({ truth, frame, scale }: { readonly truth: ClipTruth; readonly frame: number; readonly scale: LaneScale }) {
  const { t, format } = useTexts()
  const frames = truth.pts.length
  const { first, perFrame, width } = scale
  const ruler = rulerOf(labelsOf(truth).format?.base ?? 25, perFrame || 1, labelWidth)
  const marks: { readonly n: number; readonly isLarge: boolean }[] = []
  const last = Math.min(frames, Math.ceil(scale.frameAt(width)))
  if (width > 0) for (let n = Math.floor(first / ruler.small) * ruler.small; n < last; n += ruler.small) if (n >= 0) marks.push({ n, isLarge: n % ruler.large === 0 })
  return (
    <div
      className={styles['ruler']}
      role="slider"
      tabIndex={0}
      aria-label={t('film.playhead')}
      aria-valuemin={0}
      aria-valuemax={frames - 1}
      aria-valuenow={frame}
      aria-valuetext={`${labelOf(truth, frame)}, ${t('film.frame')} ${format.number(frame)}`}
      onKeyDown={(event) => {
        const by = { ArrowLeft: -1, ArrowRight: 1, PageUp: -25, PageDown: 25 }[event.key]
        if (by === undefined) return
        event.preventDefault()
        standAt(within(frame + by * (event.shiftKey ? 10 : 1), frames))
      }}
    >
      {marks.map(({ n, isLarge }) => (
        <span key={n} className={styles['mark']} data-large={isLarge || undefined} style={{ left: scale.x(n) }}>
          {isLarge && labelOf(truth, n)}
        </span>
      ))}
    </div>
  )
}
