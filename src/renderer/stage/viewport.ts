import type { Size } from '../../contract/pictures.ts'
import { sheetOf } from '../../core/pages/sheet.ts'

/**
 * What part of a picture a window shows. `zoom` is in window pixels per picture pixel; `x`, `y` name the picture
 * point (in picture pixels) that lies in the middle of the window. null zoom: fitted, and stays so when the
 * window changes.
 */
export interface Viewport {
  readonly zoom: number | null
  readonly x: number
  readonly y: number
  /** Fitted, small pictures are enlarged to fill the window; false: at most 1:1. */
  readonly fills?: boolean
}
export interface Point {
  readonly x: number
  readonly y: number
}

export const maxZoom = 16
const margin = 24

export const fitted: Viewport = { zoom: null, x: 0, y: 0 }
/** The same for pictures that are looked at whole, however small they are. */
export const filled: Viewport = { ...fitted, fills: true }

/** Largest zoom at which the whole picture is seen with a little air; small pictures are enlarged past 1:1 only where the view is to be filled. */
export function fitZoom(picture: Size, window: Size, { fills = false }: Pick<Viewport, 'fills'> = fitted): number {
  const width = Math.max(1, window.width - 2 * margin)
  const height = Math.max(1, window.height - 2 * margin)
  return Math.min(fills ? maxZoom : 1, width / picture.width, height / picture.height)
}

/** How a strip is looked at first: as wide as the window, at its beginning. */
export function openingView(picture: Size, window: Size): Viewport {
  const zoom = fitZoom(sheetOf(picture), { width: window.width, height: Number.POSITIVE_INFINITY })
  const along = picture.height > picture.width ? zoom : fitZoom(sheetOf(picture), { width: Number.POSITIVE_INFINITY, height: window.height })
  return { zoom: along, x: 0, y: 0 }
}

const isAcross = (view: Viewport, picture: Size, window: Size): boolean => view.zoom !== null && Math.abs(view.zoom / (openingView(picture, window).zoom ?? 1) - 1) < 1e-3

/** A window that changed: a strip that was as wide as it was stays so, at the place where it is looked at. */
export function keptAcross(view: Viewport, picture: Size, before: Size, window: Size): Viewport {
  return isAcross(view, picture, before) ? { ...view, zoom: openingView(picture, window).zoom } : view
}

/** Fitted again: a strip to the width of the window where it is looked at; from there, and any other picture, as a whole. */
export function fittedAgain(view: Viewport, picture: Size, window: Size, strip: boolean): Viewport {
  if (!strip) return refitted(view)
  const opening = openingView(picture, window)
  if (isAcross(view, picture, window)) return refitted(view)
  return view.zoom === null ? opening : { ...opening, x: view.x, y: view.y }
}

/** The whole picture again, as the view shows whole pictures. */
export const refitted = (view: Viewport): Viewport => (view.fills ? filled : fitted)

export function zoomOf(view: Viewport, picture: Size, window: Size): number {
  return view.zoom ?? fitZoom(picture, window, view)
}

/** Where the picture's top left corner lies in the window, and its zoom. Centred where the picture is smaller. */
export function placement(view: Viewport, picture: Size, window: Size): { left: number; top: number; zoom: number } {
  const zoom = zoomOf(view, picture, window)
  const along = (length: number, space: number, centre: number) => {
    const shown = length * zoom
    if (shown <= space || view.zoom === null) return (space - shown) / 2
    return Math.min(margin, Math.max(space - shown - margin, space / 2 - centre * zoom))
  }
  return { left: along(picture.width, window.width, view.x), top: along(picture.height, window.height, view.y), zoom }
}

/** The picture point (picture pixels) under a point of the window. */
export function pictureAt(point: Point, view: Viewport, picture: Size, window: Size): Point {
  const { left, top, zoom } = placement(view, picture, window)
  return { x: (point.x - left) / zoom, y: (point.y - top) / zoom }
}

/** Zooms so that what lies under `point` stays there. At or below the fitted size the view is fitted again. */
export function zoomAt(view: Viewport, factor: number, point: Point, picture: Size, window: Size): Viewport {
  const least = fitZoom(picture, window, view)
  const zoom = Math.min(maxZoom, zoomOf(view, picture, window) * factor)
  if (zoom <= least * 1.001) return refitted(view)
  const held = pictureAt(point, view, picture, window)
  return { ...view, zoom, x: held.x - (point.x - window.width / 2) / zoom, y: held.y - (point.y - window.height / 2) / zoom }
}

/** Moves the picture by window pixels. */
export function pan(view: Viewport, dx: number, dy: number, picture: Size, window: Size): Viewport {
  if (view.zoom === null) return view
  const { left, top, zoom } = placement(view, picture, window)
  return { ...view, zoom, x: (window.width / 2 - left - dx) / zoom, y: (window.height / 2 - top - dy) / zoom }
}

/** Between fitted and one picture pixel a device pixel, at `point`. */
export function toggleOneToOne(view: Viewport, point: Point, picture: Size, window: Size, pixelRatio: number): Viewport {
  const wanted = 1 / pixelRatio
  if (view.zoom !== null && Math.abs(view.zoom - wanted) < 1e-3) return refitted(view)
  // A small picture that fills the window goes down to 1:1, any other up.
  if (view.fills && wanted < zoomOf(view, picture, window)) return { ...view, zoom: wanted, x: picture.width / 2, y: picture.height / 2 }
  return zoomAt(view, wanted / zoomOf(view, picture, window), point, picture, window)
}

/** The part of the picture that is seen, in fractions of it; null when nearly all of it is. */
export function visiblePart(view: Viewport, picture: Size, window: Size): { x: number; y: number; width: number; height: number } | null {
  const { left, top, zoom } = placement(view, picture, window)
  const x0 = Math.max(0, -left / (picture.width * zoom))
  const y0 = Math.max(0, -top / (picture.height * zoom))
  const x1 = Math.min(1, (window.width - left) / (picture.width * zoom))
  const y1 = Math.min(1, (window.height - top) / (picture.height * zoom))
  if (x1 - x0 > 0.98 && y1 - y0 > 0.98) return null
  return { x: x0, y: y0, width: Math.max(1e-4, x1 - x0), height: Math.max(1e-4, y1 - y0) }
}
