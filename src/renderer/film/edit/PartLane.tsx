import { useRef, useState } from 'react'
import type { Edit, EditPart } from '../../../contract/edit.ts'
import { lengthOf, movePart, partStarts, trimPart, type EditEdit } from '../../../core/film/edit.ts'
import { useTexts } from '../../i18n/index.ts'
import { EdgeHandle } from '../EdgeHandle.tsx'
import type { LaneScale } from '../laneScale.ts'
import styles from './PartLane.module.css'
import { useEditView } from './state.ts'

/** Pixels that a bar needs before it carries its number, and its name. */
const roomForNumber = 24
const roomForName = 48
/** Pixels that a pointer moves before a press is a drag. */
const dragFrom = 4

interface PartLaneProps {
  readonly edit: Edit
  readonly scale: LaneScale
  /** Place of the part that commands work on. */
  readonly current: number
  nameOf(part: EditPart): string
  /** Frames of the part's clip. */
  framesOf(part: EditPart): number
  /** The frame of the part's clip nearest to this one that a trim stops at. */
  snap(part: EditPart, frame: number, reach: number): number
  /** The scale is to stand still while an end is pulled. */
  onHold(isHeld: boolean): void
  preview(change: EditEdit | null): void
  commit(change: EditEdit | null): void
}

/** Pixels within which a dragged end snaps. */
const reachPixels = 8

/** The parts along the edit: chosen by a press, moved by a drag, trimmed at their ends. */
export function PartLane(props: PartLaneProps) {
  const { t } = useTexts()
  const { edit, scale, current } = props
  const starts = partStarts(edit.parts)
  return (
    <div className={styles['lane']} role="listbox" aria-label={t('film.edit.parts')}>
      {edit.parts.map((part, at) => {
        const start = starts[at] as number
        if (start + lengthOf(part) <= scale.first || scale.x(start) >= scale.width) return null
        return <Part key={part.id} {...props} part={part} at={at} start={start} isCurrent={at === current} />
      })}
    </div>
  )
}

type PartProps = PartLaneProps & { readonly part: EditPart; readonly at: number; readonly start: number; readonly isCurrent: boolean }

function Part({ edit, scale, part, at, start, isCurrent, nameOf, framesOf, snap, onHold, preview, commit }: PartProps) {
  const { t } = useTexts()
  const began = useRef<{ readonly x: number; readonly left: number } | null>(null)
  const [move, setMove] = useState<{ readonly by: number; readonly to: number } | null>(null)
  const width = lengthOf(part) * scale.perFrame

  /** The place in the order where the dragged part goes: behind every part whose middle the pointer has passed. */
  const placeAt = (x: number): number => {
    const frame = scale.frameAt(x)
    const starts = partStarts(edit.parts)
    return edit.parts.filter((other, i) => i !== at && (starts[i] as number) + lengthOf(other) / 2 < frame).length
  }
  const leave = () => {
    began.current = null
    setMove(null)
  }
  const boundary = move && partStarts(edit.parts)[move.to > at ? move.to + 1 : move.to]
  return (
    <>
      <span
        className={styles['bar']}
        role="option"
        tabIndex={isCurrent ? 0 : -1}
        aria-selected={isCurrent}
        aria-label={t('film.edit.partOf', { part: at + 1, name: nameOf(part), from: part.from, to: part.to - 1 })}
        data-moving={move !== null || undefined}
        style={{ left: scale.x(start), width, ...(move && { transform: `translateX(${move.by}px)` }) }}
        onPointerDown={(event) => {
          if (event.button !== 0) return
          event.stopPropagation()
          event.currentTarget.setPointerCapture(event.pointerId)
          useEditView.setState({ chosen: part.id })
          began.current = { x: event.clientX, left: event.currentTarget.parentElement?.getBoundingClientRect().left ?? 0 }
        }}
        onPointerMove={(event) => {
          if (!began.current) return
          event.stopPropagation()
          const by = event.clientX - began.current.x
          if (move || Math.abs(by) >= dragFrom) setMove({ by, to: placeAt(event.clientX - began.current.left) })
        }}
        onPointerUp={(event) => {
          event.stopPropagation()
          if (move) commit(movePart(edit, at, move.to))
          leave()
        }}
        onPointerCancel={leave}
      >
        {width > roomForNumber && <b>{at + 1}</b>}
        {width > roomForName && nameOf(part)}
      </span>
      {typeof boundary === 'number' && <span className={styles['place']} style={{ left: scale.x(boundary) }} />}
      {(['from', 'to'] as const).map((end) => (
        <Trim key={end} end={end} {...{ edit, scale, part, at, start, isCurrent, framesOf, snap, onHold, preview, commit }} />
      ))}
    </>
  )
}

type TrimProps = Omit<PartProps, 'nameOf' | 'current'> & { readonly end: 'from' | 'to' }

/** One end of a part. */
function Trim({ end, edit, scale, part, at, start, isCurrent, framesOf, snap, onHold, preview, commit }: TrimProps) {
  const { t } = useTexts()
  const frames = framesOf(part)
  return (
    <EdgeHandle
      label={t(end === 'from' ? 'film.edit.start' : 'film.edit.end', { part: at + 1 })}
      className={styles['trim']}
      end={end}
      value={part[end]}
      min={end === 'from' ? 0 : part.from + 1}
      max={end === 'from' ? part.to - 1 : frames}
      x={scale.x(end === 'from' ? start : start + lengthOf(part))}
      isNear={isCurrent}
      grab={({ clientX: from }) => {
        useEditView.setState({ chosen: part.id })
        return ({ clientX, altKey }) => {
          const frame = Math.round(part[end] + (clientX - from) / Math.max(1e-9, scale.perFrame))
          return trimPart(edit, at, end, altKey ? frame : snap(part, frame, reachPixels / Math.max(1e-9, scale.perFrame)), frames)
        }
      }}
      step={(by) => trimPart(edit, at, end, part[end] + by, frames)}
      preview={preview}
      commit={commit}
      onHold={onHold}
    />
  )
}
