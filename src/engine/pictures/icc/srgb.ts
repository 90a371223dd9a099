import { sharp } from '../vips.ts'

let made: Promise<Buffer> | null = null

/** The compact sRGB profile that libvips carries (about half a kilobyte), to tag results with. */
export function srgbProfile(): Promise<Buffer> {
  made ??= makeProfile()
  return made
}

async function makeProfile(): Promise<Buffer> {
  const picture = await sharp({ create: { width: 1, height: 1, channels: 3, background: '#000000' } }).withIccProfile('srgb').png().toBuffer()
  const { icc } = await sharp(picture).metadata()
  if (!icc) throw new Error('libvips gave no sRGB profile')
  return icc
}
