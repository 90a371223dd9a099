import { useRef, useState, type KeyboardEvent, type PointerEvent } from 'react'

interface EdgeHandleProps<Change> {
  /** What a screen reader says. */
  readonly label: string
  readonly className: string | undefined
  /** Which end of its thing it is, for its style. */
  readonly end?: 'from' | 'to'
  readonly value: number
  readonly min: number
  readonly max: number
  /** Pixels from the left edge of its lane. */
  readonly x: number
  /** Of many in a lane, those at hand are reached by Tab. */
  readonly isNear: boolean
  /** A pull begins; answers what each place of the pointer would change from where it began. null: nothing. */
  grab(event: PointerEvent<HTMLElement>): (event: PointerEvent<HTMLElement>) => Change | null
  /** What moving it by some frames changes. null: nothing. */
  step(frames: number): Change | null
  preview(change: Change | null): void
  commit(change: Change): void
  onHold?(isHeld: boolean): void
}

/** An edge in a lane that is pulled, or moved by arrow keys (ten frames with Shift): one gesture at the end of the pull. */
export function EdgeHandle<Change>({ label, className, end, value, min, max, x, isNear, grab, step, preview, commit, onHold }: EdgeHandleProps<Change>) {
  const pulled = useRef<((event: PointerEvent<HTMLElement>) => Change | null) | null>(null)
  const [isHeld, setHeld] = useState(false)
  const hold = (held: boolean) => {
    setHeld(held)
    onHold?.(held)
  }
  const leave = () => {
    pulled.current = null
    hold(false)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
    if (by === undefined || event.altKey) return
    event.preventDefault()
    event.stopPropagation()
    const change = step(by * (event.shiftKey ? 10 : 1))
    if (change) commit(change)
  }
  return (
    <span
      className={className}
      role="slider"
      aria-orientation="horizontal"
      aria-label={label}
      aria-valuenow={value}
      aria-valuemin={min}
      aria-valuemax={max}
      tabIndex={isNear ? 0 : -1}
      data-end={end}
      data-held={isHeld || undefined}
      data-own-keys
      style={{ left: x }}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        if (event.button !== 0) return
        event.stopPropagation()
        event.currentTarget.setPointerCapture(event.pointerId)
        pulled.current = grab(event)
        hold(true)
      }}
      onPointerMove={(event) => {
        if (!pulled.current) return
        event.stopPropagation()
        preview(pulled.current(event))
      }}
      onPointerUp={(event) => {
        event.stopPropagation()
        const change = pulled.current?.(event) ?? null
        leave()
        if (change) commit(change)
        else preview(null)
      }}
      onPointerCancel={() => {
        leave()
        preview(null)
      }}
    />
  )
}
