import type { ClipInfo } from '../../contract/film.ts'
import type { Size } from '../../contract/pictures.ts'
import { parse } from './rational.ts'

type Shape = Pick<ClipInfo, 'width' | 'height' | 'sar' | 'rotation'>

const isTurned = ({ rotation }: Pick<ClipInfo, 'rotation'>): boolean => rotation % 180 !== 0

/** The picture as it is seen: pixels made square by widening or heightening, never by dropping any, and turned upright. */
export function shownSize(clip: Shape): Size {
  const sar = parse(clip.sar)
  const ratio = sar === null || sar.num <= 0 ? 1 : sar.num / sar.den
  const width = Math.round(clip.width * Math.max(1, ratio))
  const height = Math.round(clip.height * Math.max(1, 1 / ratio))
  return isTurned(clip) ? { width: height, height: width } : { width, height }
}
