import type { OutputFormat, PictureInfo } from '../../contract/pictures.ts'

/** Extension of each output format, without the dot. */
export const extensions: Readonly<Record<OutputFormat, string>> = { jpeg: 'jpg', png: 'png', tiff: 'tif', webp: 'webp', avif: 'avif' }

const formatsByExtension: Readonly<Record<string, OutputFormat>> = {
  jpg: 'jpeg',
  jpeg: 'jpeg',
  jpe: 'jpeg',
  jfif: 'jpeg',
  png: 'png',
  tif: 'tiff',
  tiff: 'tiff',
  webp: 'webp',
  avif: 'avif',
}

/** The format that a file's name asks for; null where it asks for none that can be written. */
export function formatOfName(name: string): OutputFormat | null {
  const dot = name.lastIndexOf('.')
  return dot < 0 ? null : (formatsByExtension[name.slice(dot + 1).toLowerCase()] ?? null)
}

/** The source's own format where it can be written, else TIFF for 16 bit and PNG for 8, so that nothing is lost. */
export function formatLike(info: Pick<PictureInfo, 'format' | 'depth'>): OutputFormat {
  return formatsByExtension[info.format.toLowerCase()] ?? (info.depth === 16 ? 'tiff' : 'png')
}

/** `IMG_1.tif` → `IMG_1`; a leading dot is part of the name. */
export function stem(name: string): string {
  const dot = name.lastIndexOf('.')
  return dot > 0 ? name.slice(0, dot) : name
}

/** Characters that some file system refuses, and names that Windows keeps for itself. */
const forbidden = /[<>:"/\\|?*\u0000-\u001f]/g
const reserved = /^(con|prn|aux|nul|com\d|lpt\d)$/i

/** A name that every common file system takes; never empty, at most 150 characters. */
export function safeName(name: string): string {
  const cleaned = name.replace(forbidden, '_').trim().replace(/[. ]+$/, '')
  const short = [...cleaned].slice(0, 150).join('')
  if (short === '') return '_'
  return reserved.test(short) ? `_${short}` : short
}

/** The name of an exported file: `{name}` in the pattern is the source's name without its extension. */
export function exportName(pattern: string, sourceName: string, format: OutputFormat): string {
  return `${safeName(pattern.replaceAll('{name}', stem(sourceName)))}.${extensions[format]}`
}

/** `a.jpg` → `a-2.jpg`, `a-3.jpg`, … : the `n`th name (1 is the name itself). */
export function numbered(name: string, n: number): string {
  if (n <= 1) return name
  const base = stem(name)
  return `${base}-${n}${name.slice(base.length)}`
}

/** The longest folder that holds all of these (parts joined by `/`); '' where there is none. */
export function commonFolder(folders: readonly string[]): string {
  const [first = '', ...others] = folders
  const parts = first.split('/')
  const shared = others.reduce((count, folder) => {
    const own = folder.split('/')
    const differs = parts.slice(0, count).findIndex((part, n) => own[n] !== part)
    return differs < 0 ? count : differs
  }, parts.length)
  return parts.slice(0, shared).join('/')
}
