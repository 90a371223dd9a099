import type { Size } from '../../contract/pictures.ts'

/** A page stretched further is a strip: a column, or a row, of sheets of this shape. */
const longest = 2

/** What is seen at once of a page: all of it, or of a strip one sheet. What is large or small is so beside that. */
export function sheetOf({ width, height }: Size): Size {
  return { width: Math.min(width, longest * height), height: Math.min(height, longest * width) }
}
