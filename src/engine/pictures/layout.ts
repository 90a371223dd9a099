import type { OutputFormat } from '../../contract/pictures.ts'
import type { Pixels } from './decode.ts'
import { srgbToRgb } from './icc/convert.ts'
import type { ColorProfile } from './icc/profile.ts'
import type { Picture } from './open.ts'
import { toEightBit, toSixteenBit, withAlpha, type Samples } from './samples.ts'

/** How pixels lie in the file. */
export interface Layout {
  channels: 1 | 3 | 4
  depth: 8 | 16
  /** The source's profile, into which sRGB pixels are converted back; null where they stay. */
  back: ColorProfile | null
  icc: Buffer | null
  iccKept: boolean
}

const depthOf = (format: OutputFormat, depth: 8 | 16): 8 | 16 => (format === 'png' || format === 'tiff' ? depth : 8)

const atDepth = (samples: Samples, depth: 8 | 16): Samples => {
  if (depth === 8) return samples instanceof Uint16Array ? toEightBit(samples) : samples
  return samples instanceof Uint8Array ? toSixteenBit(samples) : samples
}

/** How a picture's pixels will lie in a file of a format. */
export function layoutOf(shape: { channels: 1 | 3; hasAlpha: boolean }, { format, depth, source }: { format: OutputFormat; depth: 8 | 16; source: Picture | null }): Layout {
  const profile = source && !source.grey && !source.cmyk ? source.profile : null
  const back = shape.channels === 3 && profile?.kind === 'rgb-matrix' ? profile : null
  const channels = shape.hasAlpha ? 4 : shape.channels
  const own = profile && (back || profile.kind === 'srgb') ? profile.bytes : null
  return { channels, depth: depthOf(format, depth), back, icc: channels === 1 ? null : own, iccKept: own !== null && channels !== 1 }
}

/** Pixels (all, or whole rows) as the encoder takes them: in the profile and depth of the file, alpha put back in. */
export function laidOut(pixels: Pixels, { depth, back }: Layout): Samples {
  const color = atDepth(back ? srgbToRgb(pixels.data, back) : pixels.data, depth)
  return pixels.alpha ? withAlpha(color, pixels.channels, atDepth(pixels.alpha, depth)) : color
}
