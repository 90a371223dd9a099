import { IconArrowsHorizontal } from '@tabler/icons-react'
import type { KeyboardEvent, PointerEvent } from 'react'
import styles from './Stage.module.css'

interface SplitHandleProps {
  readonly label: string
  /** 0…1 of the picture's width. */
  readonly split: number
  /** Where the picture's left edge and width lie in the window, in CSS pixels. */
  readonly left: number
  readonly width: number
  /** The visible part of the picture's height, in CSS pixels from the window's top. */
  readonly top: number
  readonly height: number
  onSplit(split: number): void
}

const clamp = (value: number) => Math.min(1, Math.max(0, value))

/** The line between original and result; moves by pointer and by arrows (Shift: ten times as far). */
export function SplitHandle({ label, split, left, width, top, height, onSplit }: SplitHandleProps) {
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return
    const box = event.currentTarget.parentElement?.getBoundingClientRect()
    if (box) onSplit(clamp((event.clientX - box.left - left) / width))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.shiftKey ? 0.1 : 0.01
    if (event.key === 'ArrowLeft') onSplit(clamp(split - by))
    else if (event.key === 'ArrowRight') onSplit(clamp(split + by))
    else if (event.key === 'Home') onSplit(0)
    else if (event.key === 'End') onSplit(1)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div
      className={styles['split']}
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(split * 100)}
      style={{ transform: `translate(${left + split * width}px, ${top}px)`, height }}
      onPointerDown={(event) => {
        event.stopPropagation()
        event.currentTarget.setPointerCapture(event.pointerId)
      }}
      onPointerMove={onPointerMove}
      onKeyDown={onKeyDown}
      onDoubleClick={(event) => event.stopPropagation()}
    >
      <span className={styles['knob']}>
        <IconArrowsHorizontal size={18} stroke={1.6} aria-hidden />
      </span>
    </div>
  )
}
