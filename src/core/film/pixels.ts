/** Pixel formats of films, by ffmpeg's names: what their luma is, and what they become once they are in colour. */

export interface PixelKind {
  /** planar: luma is a plane of its own; packed: it can be made one without change; rgb: there is none. */
  readonly luma: 'planar' | 'packed' | 'rgb'
  readonly gray: boolean
  readonly alpha: boolean
  /** Bits of a sample. */
  readonly depth: number
  /** How colour is stored beside luma. */
  readonly chroma: '420' | '422' | '444' | 'other' | 'none'
  /** The name says full range (yuvj…). */
  readonly full: boolean
}

const depthOf = (bits: string | undefined): number => (bits ? Number(bits) : 8)

const packed: Readonly<Record<string, '420' | '422' | '444'>> = { nv12: '420', nv21: '420', nv16: '422', nv24: '444', nv42: '444', yuyv422: '422', uyvy422: '422', yvyu422: '422' }

/** What a pixel format is; formats that are not known count as RGB, which any can be converted to. */
export function pixelKind(format: string): PixelKind {
  const yuv = /^yuv(j|a)?(420|422|444|440|411|410)p(9|10|12|14|16)?(?:le|be)?$/.exec(format)
  if (yuv) {
    const [, flag, chroma = '', bits] = yuv
    return { luma: 'planar', gray: false, alpha: flag === 'a', depth: depthOf(bits), chroma: chroma === '420' || chroma === '422' || chroma === '444' ? chroma : 'other', full: flag === 'j' }
  }
  const gray = /^gray(9|10|12|14|16)?(?:le|be)?$/.exec(format)
  if (gray) return { luma: 'planar', gray: true, alpha: false, depth: depthOf(gray[1]), chroma: 'none', full: false }
  const half = /^p(0|2|4)(10|12|16)(?:le|be)?$/.exec(format)
  const of = half ? ({ 0: '420', 2: '422', 4: '444' } as const)[half[1] as '0' | '2' | '4'] : packed[format]
  if (of) return { luma: 'packed', gray: false, alpha: false, depth: half ? depthOf(half[2]) : 8, chroma: of, full: false }
  const alpha = /^(gbrap|rgba|bgra|argb|abgr|ya8|ya16|yuva|ayuv|vuya|pal8)/.test(format)
  const depth = /(?:48|64|32|16|14)(?:le|be)$/.test(format) ? 16 : /12(?:le|be)$/.test(format) ? 12 : /(?:9|10|30)(?:le|be)$/.test(format) ? 10 : 8
  return { luma: 'rgb', gray: false, alpha, depth, chroma: '444', full: false }
}

/** Bytes of a frame's planes, packed; null for formats that are not planes of whole samples. */
export function planesBytes(format: string, { width, height }: { readonly width: number; readonly height: number }): number | null {
  const { luma, chroma, alpha, depth } = pixelKind(format)
  if (luma !== 'planar' || chroma === 'other') return null
  const [across, down] = chroma === '444' ? [1, 1] : chroma === '422' ? [2, 1] : [2, 2]
  const color = chroma === 'none' ? 0 : 2 * Math.ceil(width / across) * Math.ceil(height / down)
  return (width * height * (alpha ? 2 : 1) + color) * (depth > 8 ? 2 : 1)
}

const planarName = (chroma: string, depth: number, alpha: boolean): string => `yuv${alpha ? 'a' : ''}${chroma}p${depth > 8 ? `${depth}le` : ''}`

/** Everything a writer has to know about the frames on their way through the graph. */
export interface Passage {
  /** Filters that give the source a plane of luma; empty where it has one. */
  readonly toPlanar: string
  /** The format with colour. */
  readonly format: string
  /** Luma, and colour to be written over, as one picture: 'direct' is the source itself. */
  readonly way: 'direct' | 'rebuilt'
  readonly alpha: boolean
}

/**
 * How frames of a format get colour without a change of luma.
 * @param size odd sides have no half: they go on with full colour where the encoder asks for even ones
 * @param keepAlpha whether the encoder can hold alpha
 * @param wholeColor colour is wanted at full size, and of RGB all that its luma may need (16 bits)
 */
export function passageOf(pixelFormat: string, size: { readonly width: number; readonly height: number }, options: { readonly evenSides: boolean; readonly keepAlpha: boolean; readonly wholeColor?: boolean }): Passage {
  const kind = pixelKind(pixelFormat)
  const alpha = kind.alpha && options.keepAlpha
  // FFV1 holds alpha beside 8, 9, 10 and 16 bits; 12 (ProRes 4444) go into 16, each value 16 times as high.
  const widened = alpha && (kind.depth === 12 || kind.depth === 14)
  // Some filters take the planes of these apart, and others do not understand them then.
  const swapped = pixelFormat.endsWith('be')
  const depth = kind.depth === 9 ? 10 : widened ? 16 : kind.depth
  const odd = size.width % 2 !== 0 || size.height % 2 !== 0
  const wanted = options.wholeColor ? '444' : kind.gray ? '420' : kind.chroma === 'other' || kind.chroma === 'none' ? '444' : kind.chroma
  const chroma = odd && options.evenSides && wanted !== '444' ? '444' : wanted
  const format = planarName(chroma, kind.luma === 'rgb' ? (options.wholeColor || (alpha && depth > 10) ? 16 : Math.min(depth, 12)) : depth, alpha)
  if (kind.luma === 'rgb') return { toPlanar: `scale=out_color_matrix=bt709:out_range=tv,format=${format}`, format, way: 'direct', alpha }
  const own = kind.gray ? `gray${kind.depth}le` : planarName(kind.chroma, widened ? depth : kind.depth, kind.alpha)
  const toPlanar = kind.luma === 'packed' || widened || swapped ? `format=${own}` : ''
  const same = own === format && !kind.full && !kind.gray
  return { toPlanar, format, way: same ? 'direct' : 'rebuilt', alpha: same && alpha }
}
