import type { Size } from '../../contract/pictures.ts'
import { bandRows, readsFromTop } from '../pictures/decode.ts'
import { decodePicture, type Picture, type Pixels } from '../pictures/index.ts'
import { rowsOf } from '../pictures/rows.ts'
import { LowCopy } from '../steps/lowCopy.ts'
import { cutOut } from '../steps/window.ts'

/** A page at its full size, 8 bit, wherever its pixels lie. */
export interface FullPage extends Size {
  /** Names it for everything that is remembered of it; null: nothing is. */
  readonly key: string | null
  /** All its rows from the top, some at a time. */
  eachBand(visit: (band: Pixels, top: number) => Promise<void>): Promise<void>
  /** Some of its rows as a small copy, for networks; all: the whole page. */
  copy(rows?: PageRows): Promise<LowCopy>
  /** All its pixels in memory. */
  pixels(): Promise<Pixels>
  /** Whoever asks has room for its analysis already. */
  readonly hasRoom: boolean
}

/** Some whole rows of a page. */
export interface PageRows {
  readonly top: number
  readonly height: number
}

/** A page of more pixels is not held in memory for its analysis. The same under every memory setting: what is made of small copies hangs on it. */
const largePixels = 48_000_000

export const isLargePage = ({ width, height }: Size): boolean => width * height > largePixels

/** A page whose pixels are in memory, or are once they are asked for. */
export function pageInMemory(key: string | null, size: Size, pixels: () => Promise<Pixels>): FullPage {
  const { width, height } = size
  return {
    key,
    width,
    height,
    hasRoom: false,
    pixels,
    eachBand: async (visit) => visit(await pixels(), 0),
    copy: async (rows) => {
      const all = await pixels()
      return LowCopy.of(rowsOf(rows ? cutOut(all, { left: 0, width, ...rows }) : all))
    },
  }
}

/** Side in pixels of the copy of a large page that networks and detectors look at. */
const copySide = 4096

/** A large page that is decoded in bands whenever it is looked at. @param bandBytes decoded at once, about */
export function pageOfFile(key: string, picture: Picture, bandBytes: number): FullPage {
  const { width, height } = picture.info
  const rows = Math.min(height, readsFromTop(picture) ? bandRows(picture, bandBytes) : height)
  const band = (top: number, count: number): Promise<Pixels> => decodePicture(picture, count === height ? { depth: 8, shared: true } : { rows: { top, height: count }, depth: 8, shared: true })
  return {
    key,
    width,
    height,
    hasRoom: false,
    pixels: () => decodePicture(picture, { depth: 8, shared: true, bandBytes }),
    eachBand: async (visit) => {
      for (let top = 0; top < height; top += rows) await visit(await band(top, Math.min(rows, height - top)), top)
    },
    copy: async (part) => {
      if (part && readsFromTop(picture)) return LowCopy.of(rowsOf(await band(part.top, part.height)))
      const small = await decodePicture(picture, { box: { width: copySide, height: copySide }, depth: 8 })
      const scale = small.height / height
      const top = Math.round((part?.top ?? 0) * scale)
      return LowCopy.of(rowsOf(part ? cutOut(small, { left: 0, top, width: small.width, height: Math.max(1, Math.min(small.height - top, Math.round(part.height * scale))) }) : small))
    },
  }
}
