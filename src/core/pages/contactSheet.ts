import type { Size } from '../../contract/pictures.ts'

/** How a contact sheet is laid out, in pixels. */
export interface SheetLayout extends Size {
  readonly columns: number
  /** What each page fits into. */
  readonly cell: Size
  /** Below each page: number, name and state. */
  readonly caption: number
  /** Between cells and around them. */
  readonly gap: number
}

/** Longest side of a sheet: every viewer opens it, and it is held in memory at once. */
const longest = 8000
/** A page is no wider than this, however few there are. */
const widest = 480
/** Pages stretched further (strips) are fitted into a cell of this shape, height : width. */
const tallest = 2
/** Height of a caption and gap between cells, as shares of a cell's width. */
const [captionShare, gapShare] = [0.1, 0.06]

/**
 * The sheet for pages of these sizes: about as wide as high, its longest side 8000 pixels at most.
 * @param pages at least one
 */
export function sheetLayout(pages: readonly Size[]): SheetLayout {
  const shape = Math.min(tallest, Math.max(...pages.map(({ width, height }) => height / width)))
  const cellHeight = (width: number): number => Math.round(width * shape)
  const columns = Math.min(pages.length, Math.ceil(Math.sqrt(pages.length * (shape + captionShare))))
  const rows = Math.ceil(pages.length / columns)
  const share = Math.max(columns * (1 + gapShare) + gapShare, rows * (shape + captionShare + gapShare) + gapShare)
  const width = Math.max(16, Math.min(widest, Math.floor(longest / share)))
  const [caption, gap] = [Math.round(width * captionShare), Math.round(width * gapShare)]
  const cell = { width, height: cellHeight(width) }
  return { columns, cell, caption, gap, width: columns * (width + gap) + gap, height: rows * (cell.height + caption + gap) + gap }
}

/** Left upper corner of the nth cell, from 0. */
export function cellPlace({ columns, cell, caption, gap }: SheetLayout, n: number): { readonly left: number; readonly top: number } {
  return { left: gap + (n % columns) * (cell.width + gap), top: gap + Math.floor(n / columns) * (cell.height + caption + gap) }
}
