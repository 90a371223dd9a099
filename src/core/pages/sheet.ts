import type { Size } from '../../contract/pictures.ts'

/** A page stretched further is a strip: a column, or a row, of sheets of this shape. */
const longest = 2

/** What is seen at once of a page: all of it, or of a strip one sheet. What is large or small is so beside that. */
export function sheetOf({ width, height }: Size): Size {
  return { width: Math.min(width, longest * height), height: Math.min(height, longest * width) }
}

/** True of pages that are looked at sheet by sheet. */
export function isStrip(page: Size): boolean {
  const sheet = sheetOf(page)
  return sheet.width < page.width || sheet.height < page.height
}

/** The longer side of a sheet as a share of the page's: what is a share of the longer side elsewhere is one of a sheet's on a strip. */
export function sheetShare(page: Size): number {
  const sheet = sheetOf(page)
  return Math.max(sheet.width, sheet.height) / Math.max(page.width, page.height)
}

/** The first sheet of a strip, in fractions of it: what a small picture of it shows; null of other pages. */
export function firstSheet(page: Size): { x: number; y: number; width: number; height: number } | null {
  const sheet = sheetOf(page)
  return isStrip(page) ? { x: 0, y: 0, width: sheet.width / page.width, height: sheet.height / page.height } : null
}

/** Browsers draw pictures of up to 32,767 pixels a side. */
const longestPicture = 32_000

/**
 * The size at which a page is looked at so that a sheet of it is at most `side` pixels long, and all of it `most` pixels.
 * @returns at most the page's own size
 */
export function sizeBySheet(page: Size, side: number, most: number): Size {
  const sheet = sheetOf(page)
  const scale = Math.min(1, side / Math.max(sheet.width, sheet.height), Math.sqrt(most / (page.width * page.height)), longestPicture / Math.max(page.width, page.height))
  return { width: Math.max(1, Math.round(page.width * scale)), height: Math.max(1, Math.round(page.height * scale)) }
}
