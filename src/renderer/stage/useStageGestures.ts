import { useEffect, useRef, type PointerEvent, type RefObject } from 'react'
import type { Size } from '../../contract/pictures.ts'
import { pan, toggleOneToOne, zoomAt, type Point, type Viewport } from './viewport.ts'

interface Stage {
  readonly view: Viewport
  readonly picture: Size
  readonly window: Size
  /** The wheel goes along the picture; with Ctrl or Command it zooms. */
  readonly scrolls: boolean
  onView(view: Viewport): void
}

/** One notch of a wheel (100 px) zooms by this. */
const notch = 1.25

/** Drag pans, the wheel zooms at the pointer (or goes along a strip), two fingers pinch, a double click goes to 1:1 and back. */
export function useStageGestures(element: RefObject<HTMLElement | null>, stage: Stage) {
  const latest = useRef(stage)
  latest.current = stage
  const pointers = useRef(new Map<number, Point>())

  const at = (event: { clientX: number; clientY: number }): Point => {
    const box = element.current?.getBoundingClientRect()
    return { x: event.clientX - (box?.left ?? 0), y: event.clientY - (box?.top ?? 0) }
  }

  useEffect(() => {
    const target = element.current
    if (!target) return
    // Not a React handler: React listens to the wheel passively and could not keep the page from scrolling.
    const onWheel = (event: WheelEvent) => {
      event.preventDefault()
      const { view, picture, window, scrolls, onView } = latest.current
      const line = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 33 : 1
      const pixels = event.deltaY * line
      if (scrolls && view.zoom !== null && !event.ctrlKey && !event.metaKey) {
        // Without a sideways wheel, a picture that lies goes along with the upright one.
        const [dx, dy] = event.shiftKey || (event.deltaX === 0 && picture.width > picture.height) ? [pixels, event.deltaX * line] : [event.deltaX * line, pixels]
        onView(pan(view, -dx, -dy, picture, window))
        return
      }
      const box = target.getBoundingClientRect()
      onView(zoomAt(view, notch ** (-pixels / 100), { x: event.clientX - box.left, y: event.clientY - box.top }, picture, window))
    }
    target.addEventListener('wheel', onWheel, { passive: false })
    return () => target.removeEventListener('wheel', onWheel)
  }, [element])

  return {
    onPointerDown(event: PointerEvent<HTMLElement>) {
      if (event.button !== 0 && event.button !== 1) return
      event.currentTarget.setPointerCapture(event.pointerId)
      pointers.current.set(event.pointerId, at(event))
    },
    onPointerMove(event: PointerEvent<HTMLElement>) {
      const before = pointers.current.get(event.pointerId)
      if (!before) return
      const now = at(event)
      const { view, picture, window, onView } = latest.current
      const other = [...pointers.current].find(([id]) => id !== event.pointerId)?.[1]
      if (other) {
        const distance = (from: Point) => Math.hypot(from.x - other.x, from.y - other.y)
        const middle = { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 }
        onView(zoomAt(view, distance(now) / Math.max(1, distance(before)), middle, picture, window))
      } else {
        onView(pan(view, now.x - before.x, now.y - before.y, picture, window))
      }
      pointers.current.set(event.pointerId, now)
    },
    onPointerUp(event: PointerEvent<HTMLElement>) {
      pointers.current.delete(event.pointerId)
    },
    onPointerCancel(event: PointerEvent<HTMLElement>) {
      pointers.current.delete(event.pointerId)
    },
    onDoubleClick(event: { clientX: number; clientY: number }) {
      const { view, picture, window, onView } = latest.current
      onView(toggleOneToOne(view, at(event), picture, window, globalThis.devicePixelRatio || 1))
    },
  }
}
