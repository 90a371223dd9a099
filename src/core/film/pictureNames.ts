import type { ClipPreset } from '../../contract/clips.ts'

/** Names that numbered pictures are written under. */
export interface PictureNames {
  readonly folder: string
  readonly prefix: string
  readonly digits: number
  readonly suffix: string
  readonly format: 'png' | 'tiff'
}

/**
 * Where a target says that pictures go: `out/reel_####.tif` or `out/reel_%04d.tif`, or a folder alone (`out`), which gets
 * `frame_000000.png`. null: a name that is neither.
 */
export function pictureNames(target: string): PictureNames | null {
  const parts = /^(.*?[/\\])?([^/\\#%]*)(#+|%0?\d*d)([^/\\#%]*\.(png|tiff?))$/i.exec(target)
  if (parts) {
    const [, folder = '', prefix = '', number = '', suffix = '', ending = ''] = parts
    if (folder === '') return null
    return { folder: folder.length > 1 ? folder.slice(0, -1) : folder, prefix, digits: number.startsWith('#') ? number.length : Number(/\d+/.exec(number)?.[0] ?? 1), suffix, format: ending.toLowerCase() === 'png' ? 'png' : 'tiff' }
  }
  const bare = target.replace(/[/\\]+$/, '')
  return /\.[^./\\]+$/.test(bare) || /[#%]/.test(bare) ? null : { folder: bare, prefix: 'frame_', digits: 6, suffix: '.png', format: 'png' }
}

/** The name of pictures of whose names nothing was said, without its ending. */
export const usualPictureName = 'frame_######'

/** The file, or the folder of numbered pictures, that a target means. */
export const placeOf = (target: string, preset: ClipPreset): string => (preset === 'sequence' ? pictureNames(target)?.folder : null) ?? target

export const pictureName = ({ prefix, digits, suffix }: PictureNames, number: number): string => `${prefix}${String(number).padStart(digits, '0')}${suffix}`

/** Whether a file's name is one that these names could have given. */
export function isPictureName({ prefix, suffix }: PictureNames, name: string): boolean {
  return name.startsWith(prefix) && name.endsWith(suffix) && /^\d+$/.test(name.slice(prefix.length, name.length - suffix.length))
}
