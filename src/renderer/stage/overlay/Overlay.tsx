import { useEffect, useRef, type KeyboardEvent, type PointerEvent } from 'react'
import type { Size } from '../../../contract/pictures.ts'
import type { Pointer } from '../tools/tool.ts'
import { pictureAt, placement, type Viewport } from '../viewport.ts'
import styles from './Overlay.module.css'
import { paintScene, type Inks } from './paint.ts'
import type { SceneSource } from './scene.ts'

interface OverlayProps {
  readonly label: string
  readonly source: SceneSource
  readonly part: 'all' | 'active'
  readonly picture: Size
  readonly view: Viewport
  readonly window: Size
  /** Name of the tool, for the pointer's shape; `hand` lets everything through to the view. */
  readonly tool: string
  send(event: 'down' | 'move' | 'up', pointer: Pointer): void
  /** The pointer was taken away: nothing has happened. */
  cancel(): void
  hover(at: { readonly x: number; readonly y: number } | null): void
}

/** How near counts as hit, screen pixels: a finger and a mouse differ. */
const reaches: Record<string, number> = { mouse: 8, pen: 10, touch: 18 }

function inksOf(element: Element): Inks {
  const style = getComputedStyle(element)
  const read = (name: string) => style.getPropertyValue(name).trim()
  return { line: read('--hg-picture-line'), edge: read('--hg-picture-edge'), accent: read('--hg-picture-doing'), closing: read('--hg-picture-failed'), join: read('--hg-accent-fill') }
}

/** One pane's canvas over the picture: paints the marks, and hands the pointer to the tool. Nothing here renders while the pointer moves. */
export function Overlay({ label, source, part, picture, view, window, tool, send, cancel, hover }: OverlayProps) {
  const canvas = useRef<HTMLCanvasElement | null>(null)
  const latest = useRef({ part, picture, view, window })
  latest.current = { part, picture, view, window }
  const isDown = useRef(false)
  const repaint = useRef<() => void>(() => undefined)

  useEffect(() => {
    const element = canvas.current
    const context = element?.getContext('2d')
    if (!element || !context) return
    let asked = 0
    const paint = () => {
      asked = 0
      const now = latest.current
      const ratio = globalThis.devicePixelRatio || 1
      const width = Math.round(now.window.width * ratio)
      const height = Math.round(now.window.height * ratio)
      if (element.width !== width || element.height !== height) Object.assign(element, { width, height })
      paintScene(context, source.scene(), now.part, now.picture, placement(now.view, now.picture, now.window), now.window, inksOf(element), ratio)
    }
    repaint.current = () => {
      if (asked === 0) asked = requestAnimationFrame(paint)
    }
    repaint.current()
    const stop = source.onChange(repaint.current)
    return () => {
      stop()
      cancelAnimationFrame(asked)
    }
  }, [source])
  useEffect(() => repaint.current(), [part, picture, view, window])

  const onPage = (event: { clientX: number; clientY: number }) => {
    const box = canvas.current?.getBoundingClientRect()
    const at = pictureAt({ x: event.clientX - (box?.left ?? 0), y: event.clientY - (box?.top ?? 0) }, view, picture, window)
    return { x: at.x / picture.width, y: at.y / picture.height }
  }
  const pointerAt = (at: { x: number; y: number }, pressure = 0.5, type = 'mouse'): Pointer => {
    const pixel = 1 / (placement(view, picture, window).zoom * Math.max(picture.width, picture.height))
    return { ...at, pressure, pixel, reach: (reaches[type] ?? 8) * pixel }
  }
  const clamped = ({ x, y }: { x: number; y: number }) => ({ x: Math.min(1, Math.max(0, x)), y: Math.min(1, Math.max(0, y)) })
  const isOnPage = ({ x, y }: { x: number; y: number }) => x >= 0 && y >= 0 && x <= 1 && y <= 1
  const readPen = (event: { clientX: number; clientY: number; pressure: number; pointerType: string }) =>
    pointerAt(clamped(onPage(event)), event.pointerType === 'mouse' ? 0.5 : event.pressure, event.pointerType)

  const onPointerDown = (event: PointerEvent<HTMLCanvasElement>) => {
    if (event.button !== 0 || !isOnPage(onPage(event))) return
    event.stopPropagation()
    event.currentTarget.setPointerCapture(event.pointerId)
    isDown.current = true
    send('down', readPen(event))
  }
  const onPointerMove = (event: PointerEvent<HTMLCanvasElement>) => {
    const at = onPage(event)
    hover(isOnPage(at) || isDown.current ? clamped(at) : null)
    if (!isDown.current) return
    event.stopPropagation()
    // A pen reports faster than the screen shows: every point counts for the stroke's shape.
    const all = event.nativeEvent.getCoalescedEvents?.() ?? []
    for (const each of all.length > 0 ? all : [event.nativeEvent]) send('move', readPen(each))
  }
  const onPointerUp = (event: PointerEvent<HTMLCanvasElement>) => {
    if (!isDown.current) return
    event.stopPropagation()
    isDown.current = false
    send('up', readPen(event))
  }
  const onKeyDown = (event: KeyboardEvent<HTMLCanvasElement>) => {
    const by = event.shiftKey ? 0.05 : 0.01
    const moves: Record<string, readonly [number, number]> = { ArrowLeft: [-by, 0], ArrowRight: [by, 0], ArrowUp: [0, -by], ArrowDown: [0, by] }
    const move = moves[event.key]
    const at = source.scene().pointer ?? { x: 0.5, y: 0.5 }
    if (move) hover(clamped({ x: at.x + move[0], y: at.y + move[1] }))
    else if (event.key === 'Enter') {
      hover(at)
      send('down', pointerAt(at))
      send('up', pointerAt(at))
    } else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <canvas
      ref={canvas}
      className={styles['overlay']}
      data-tool={tool}
      data-hand={tool === 'hand' || undefined}
      data-own-keys
      aria-label={label}
      tabIndex={part === 'all' ? 0 : -1}
      // The canvas is reached by Tab; a press only takes the focus out of a field.
      onMouseDown={(event) => {
        event.preventDefault()
        if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
      }}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerCancel={() => {
        isDown.current = false
        cancel()
      }}
      onPointerLeave={() => hover(null)}
      onDoubleClick={(event) => event.stopPropagation()}
      onKeyDown={onKeyDown}
    />
  )
}
