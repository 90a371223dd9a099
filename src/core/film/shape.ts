import type { ClipInfo } from '../../contract/film.ts'
import type { Size } from '../../contract/pictures.ts'
import { parse } from './rational.ts'

type Stored = Pick<ClipInfo, 'width' | 'height' | 'sar'>

/** A stored picture with its pixels made square: widened or heightened, none dropped. */
export function squareSize({ width, height, sar }: Stored): Size {
  const shape = parse(sar)
  const ratio = shape === null || shape.num <= 0 ? 1 : shape.num / shape.den
  return { width: Math.round(width * Math.max(1, ratio)), height: Math.round(height * Math.max(1, 1 / ratio)) }
}

/** The picture as it is seen: in square pixels, and turned upright. */
export function shownSize(clip: Stored & Pick<ClipInfo, 'rotation'>): Size {
  const { width, height } = squareSize(clip)
  return clip.rotation % 180 === 0 ? { width, height } : { width: height, height: width }
}
