import type { Hint } from '../../../contract/hints.ts'
import type { Size } from '../../../contract/pictures.ts'
import type { Path } from '../tools/marks.ts'
import type { Box, OverlayScene } from './scene.ts'

/** Where the page lies on the canvas, in CSS pixels. */
export interface Place {
  readonly left: number
  readonly top: number
  readonly zoom: number
}

/** Colours of the theme, read once a painting. */
export interface Inks {
  readonly line: string
  readonly edge: string
  readonly accent: string
  readonly closing: string
  readonly join: string
}

/** Smallest radius at which a hint can be seen and hit, CSS pixels. */
const leastSeen = 5
/** How much is seen of a proposal that is not sure at all, 0…1. */
const faintest = 0.35

type Context = Pick<
  CanvasRenderingContext2D,
  'save' | 'restore' | 'beginPath' | 'closePath' | 'arc' | 'moveTo' | 'lineTo' | 'fill' | 'stroke' | 'clearRect' | 'setTransform' | 'setLineDash' | 'fillStyle' | 'strokeStyle' | 'lineWidth' | 'lineCap' | 'lineJoin' | 'globalAlpha' | 'drawImage' | 'strokeRect' | 'fillRect'
>

function circle(context: Context, x: number, y: number, radius: number): void {
  context.beginPath()
  context.arc(x, y, radius, 0, 2 * Math.PI)
}

function trace(context: Context, path: readonly (readonly number[])[], toX: (x: number) => number, toY: (y: number) => number): void {
  context.beginPath()
  path.forEach((point, index) => {
    const x = toX(point[0] ?? 0)
    const y = toY(point[1] ?? 0)
    if (index === 0) context.moveTo(x, y)
    else context.lineTo(x, y)
  })
  if (path.length === 1) context.lineTo(toX(path[0]?.[0] ?? 0) + 0.01, toY(path[0]?.[1] ?? 0))
}

/**
 * Paints a scene onto one pane.
 * @param part `all`: every mark; `active`: only the chosen hint and the brush (the pane of the result beside the lines)
 * @param window size of the pane in CSS pixels; the canvas has `ratio` times as many
 */
export function paintScene(context: Context, scene: OverlayScene, part: 'all' | 'active', picture: Size, place: Place, window: Size, inks: Inks, ratio: number): void {
  const longer = Math.max(picture.width, picture.height) * place.zoom
  const toX = (x: number) => place.left + x * picture.width * place.zoom
  const toY = (y: number) => place.top + y * picture.height * place.zoom
  context.setTransform(ratio, 0, 0, ratio, 0, 0)
  context.clearRect(0, 0, window.width, window.height)
  context.lineCap = 'round'
  context.lineJoin = 'round'

  const hint = (one: Hint, chosen: boolean) => {
    const radius = Math.max(leastSeen, one.radius * longer)
    if (one.kind === 'dot') {
      const x = toX(one.x)
      const y = toY(one.y)
      if (x < -radius || y < -radius || x > window.width + radius || y > window.height + radius) return
      circle(context, x, y, radius)
      context.fillStyle = one.empty ? inks.line : one.color
      context.fill()
      if (one.empty) {
        context.beginPath()
        context.moveTo(x - radius * 0.6, y + radius * 0.6)
        context.lineTo(x + radius * 0.6, y - radius * 0.6)
        context.lineWidth = 1.5
        context.strokeStyle = inks.edge
        context.stroke()
        circle(context, x, y, radius)
      }
      rim(chosen)
      return
    }
    trace(context, one.points, toX, toY)
    const width = Math.max(3, 2 * one.radius * longer)
    context.strokeStyle = chosen ? inks.accent : inks.edge
    context.lineWidth = width + 3
    context.stroke()
    context.strokeStyle = inks.line
    context.lineWidth = width + 2
    context.stroke()
    context.strokeStyle = one.empty ? inks.line : one.color
    context.lineWidth = width
    context.stroke()
  }
  /** White with a dark hairline: seen on any colour. */
  const rim = (chosen: boolean) => {
    context.strokeStyle = inks.edge
    context.lineWidth = chosen ? 5 : 3
    context.stroke()
    context.strokeStyle = chosen ? inks.accent : inks.line
    context.lineWidth = chosen ? 3 : 1.5
    context.stroke()
  }
  const line = (path: Path, color: string, dash: number[]) => {
    trace(context, path, toX, toY)
    context.strokeStyle = inks.line
    context.lineWidth = 4
    context.stroke()
    context.setLineDash(dash)
    context.strokeStyle = color
    context.lineWidth = 2
    context.stroke()
    context.setLineDash([])
  }

  const frame = ({ x, y, width, height }: Box, dash: number[], color: string) => {
    const place = [toX(x), toY(y), toX(x + width) - toX(x), toY(y + height) - toY(y)] as const
    context.strokeStyle = inks.line
    context.lineWidth = 4
    context.strokeRect(...place)
    context.setLineDash(dash)
    context.strokeStyle = color
    context.lineWidth = 2
    context.strokeRect(...place)
    context.setLineDash([])
  }
  /** A padlock in the upper right corner of a box, closed or open. */
  const padlock = ({ x, y, width }: Box, isLocked: boolean) => {
    const [right, top] = [toX(x + width) - 14, toY(y) + 14]
    circle(context, right, top, 11)
    context.fillStyle = isLocked ? inks.join : inks.line
    context.fill()
    context.strokeStyle = inks.edge
    context.lineWidth = 1
    context.stroke()
    const ink = isLocked ? inks.line : inks.edge
    context.fillStyle = ink
    context.fillRect(right - 4, top - 1, 8, 6)
    context.beginPath()
    context.arc(right + (isLocked ? 0 : 4), top - 1, 2.5, Math.PI, 2 * Math.PI)
    context.strokeStyle = ink
    context.lineWidth = 1.5
    context.stroke()
  }

  const { marks, selected, pointer, brush, outline, lockables } = scene
  if (outline) context.drawImage(outline.image, toX(outline.left), toY(outline.top), toX(outline.left + outline.width) - toX(outline.left), toY(outline.top + outline.height) - toY(outline.top))
  for (const { box, kind, locked } of lockables) {
    if (scene.isLocking) frame(box, kind === 'panel' ? [] : [3, 3], locked ? inks.join : inks.accent)
    if (scene.isLocking || part === 'all') padlock(box, locked)
  }
  if (scene.frame) frame(scene.frame, [6, 5], inks.join)
  /** Only proposed: a dashed rim, fainter where it is less sure. */
  const proposal = (one: Hint, isChosen: boolean) => {
    if (one.kind !== 'dot') return
    const radius = Math.max(leastSeen, one.radius * longer)
    circle(context, toX(one.x), toY(one.y), radius)
    context.globalAlpha = isChosen ? 1 : faintest + (1 - faintest) * (one.confidence ?? 1)
    context.fillStyle = one.color
    context.fill()
    context.strokeStyle = inks.line
    context.lineWidth = isChosen ? 5 : 3
    context.stroke()
    context.setLineDash([3, 3])
    context.strokeStyle = isChosen ? inks.accent : inks.edge
    context.lineWidth = isChosen ? 3 : 1.5
    context.stroke()
    context.setLineDash([])
    context.globalAlpha = 1
  }
  if (part === 'all') {
    const { hints, chosen: at } = scene.proposals
    hints.forEach((one, n) => n !== at && proposal(one, false))
    const first = at === null ? undefined : hints[at]
    if (first) proposal(first, true)
    for (const path of marks.closings) line(path, inks.closing, [])
    for (const path of marks.joins) line(path, inks.join, [6, 5])
    marks.hints.forEach((one, at) => {
      if (!one.hidden && at !== selected) hint(one, false)
    })
  }
  const chosen = selected === null ? undefined : marks.hints[selected]
  if (chosen && !chosen.hidden) hint(chosen, true)
  if (pointer && brush) {
    circle(context, toX(pointer.x), toY(pointer.y), Math.max(leastSeen, brush.radius * longer))
    if (brush.color !== null) {
      context.globalAlpha = 0.55
      context.fillStyle = brush.color
      context.fill()
      context.globalAlpha = 1
    }
    rim(false)
  }
}
