import type { FaultKey } from '../../core/texts/wording.ts'

/** Formats that can be read. `heif` is HEIC or AVIF in a HEIF container: the codec decides which. */
export type PictureFormat = 'jpeg' | 'png' | 'gif' | 'webp' | 'tiff' | 'bmp' | 'heif'

/** What a file is that is known and not read. */
type ForeignKind = Extract<FaultKey, `fault.kind.${string}`>

export type Sniffed = { kind: 'picture'; format: PictureFormat } | { kind: 'foreign'; what: ForeignKind } | { kind: 'unknown' }

const latin = (bytes: Uint8Array, from: number, to: number): string => Buffer.from(bytes.subarray(from, to)).toString('latin1')

const picture = (format: PictureFormat): Sniffed => ({ kind: 'picture', format })
const foreign = (what: ForeignKind): Sniffed => ({ kind: 'foreign', what })

const heifBrands = new Set(['avif', 'avis', 'heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'hevm', 'hevs', 'mif1', 'msf1', 'miaf'])

/** Brands of an ISO base media file: the major one and the compatible ones. */
function brandsOf(head: Uint8Array): string[] {
  const length = Math.min(new DataView(head.buffer, head.byteOffset).getUint32(0), head.length)
  const brands = [latin(head, 8, 12)]
  for (let at = 16; at + 4 <= length; at += 4) brands.push(latin(head, at, at + 4))
  return brands
}

/**
 * What a file is, by its first bytes (64 are enough), whatever its name says.
 * @param head first bytes of the file
 */
export function sniffPicture(head: Uint8Array): Sniffed {
  const start = latin(head, 0, 16)
  if (start.startsWith('\xff\xd8\xff')) return picture('jpeg')
  if (start.startsWith('\x89PNG\r\n\x1a\n')) return picture('png')
  if (start.startsWith('GIF87a') || start.startsWith('GIF89a')) return picture('gif')
  if (start.startsWith('RIFF') && start.slice(8, 12) === 'WEBP') return picture('webp')
  if (start.startsWith('II*\0') && start.slice(8, 10) === 'CR') return foreign('fault.kind.cameraRaw')
  if (['II*\0', 'MM\0*', 'II+\0', 'MM\0+'].includes(start.slice(0, 4))) return picture('tiff')
  if (start.startsWith('BM')) return picture('bmp')
  if (start.slice(4, 8) === 'ftyp') {
    const brands = brandsOf(head)
    if (brands.some((brand) => heifBrands.has(brand))) return picture('heif')
    return foreign(brands[0] === 'crx ' ? 'fault.kind.cameraRaw' : 'fault.kind.film')
  }
  if (start.startsWith('8BPS')) return foreign('fault.kind.photoshop')
  if (start.startsWith('%PDF')) return foreign('fault.kind.pdf')
  if (start.startsWith('\0\0\0\x0cjP  ') || start.startsWith('\xff\x4f\xff\x51')) return foreign('fault.kind.jpeg2000')
  if (start.startsWith('\0\0\0\x0cJXL ') || start.startsWith('\xff\x0a')) return foreign('fault.kind.jpegXl')
  if (start.startsWith('IIU\0') || start.startsWith('FUJIFILM') || start.startsWith('IIRO')) return foreign('fault.kind.cameraRaw')
  if (start.startsWith('PK\x03\x04')) return foreign('fault.kind.zip')
  if (/^\s*(<\?xml|<svg)/i.test(latin(head, 0, Math.min(head.length, 64)))) return foreign('fault.kind.svg')
  if (/^P[1-7][\s#]/.test(start)) return foreign('fault.kind.netpbm')
  return { kind: 'unknown' }
}
