import { useRef, type KeyboardEvent, type PointerEvent } from 'react'
import { useTexts } from '../i18n/index.ts'
import { frame } from '../ui/theme/tokens.ts'
import classes from './InspectorEdge.module.css'
import { useView } from './view.ts'

const clamped = (width: number) => Math.round(Math.min(frame.inspectorMax, Math.max(frame.inspectorMin, width)))
/** Pixels an arrow key moves the edge by. */
const keyStep = 8

/** The inspector's left edge: dragged or moved by arrows; a double click gives the usual width back. */
export function InspectorEdge() {
  const { t } = useTexts()
  const width = useView((state) => state.inspectorWidth)
  const drag = useRef<{ from: number; width: number } | null>(null)
  const set = (next: number) => useView.setState({ inspectorWidth: clamped(next) })

  const onPointerDown = (event: PointerEvent) => {
    event.currentTarget.setPointerCapture(event.pointerId)
    drag.current = { from: event.clientX, width }
  }
  const onPointerMove = (event: PointerEvent) => {
    if (drag.current) set(drag.current.width + drag.current.from - event.clientX)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowLeft') set(width + keyStep)
    else if (event.key === 'ArrowRight') set(width - keyStep)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label={t('app.inspectorWidth')}
      aria-valuenow={width}
      aria-valuemin={frame.inspectorMin}
      aria-valuemax={frame.inspectorMax}
      tabIndex={0}
      className={classes['edge']}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={() => (drag.current = null)}
      onLostPointerCapture={() => (drag.current = null)}
      onDoubleClick={() => set(frame.inspector)}
      onKeyDown={onKeyDown}
    />
  )
}
