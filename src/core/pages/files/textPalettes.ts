/** Palettes as text: GIMP's `.gpl`, lists of hex colours, JSON. */
import { z } from 'zod'
import { fault } from '../../texts/wording.ts'
import { bytesOfHex, cleanName, hexOf, quoted, type FileSwatch, type PaletteFile } from './swatches.ts'

const lines = (text: string): string[] => text.split(/\r\n|\r|\n/)

export const isGpl = (text: string): boolean => /^GIMP Palette\s*(\r|\n|$)/.test(text)

/** Reads a GIMP palette: `r g b<tab>name` a line, channels 0…255. @throws HourglassError `bad-input` */
export function readGpl(text: string, file: string): PaletteFile {
  const swatches: FileSwatch[] = []
  let name = ''
  lines(text).forEach((line, at) => {
    if (at === 0 || line.trim() === '' || line.startsWith('#')) return
    const header = /^(Name|Columns):\s*(.*)$/.exec(line)
    if (header && swatches.length === 0) {
      if (header[1] === 'Name') name = cleanName(header[2] ?? '')
      return
    }
    const color = /^\s*(\d{1,3})\s+(\d{1,3})\s+(\d{1,3})(?:\s+(.*))?$/.exec(line)
    const channels = [Number(color?.[1]), Number(color?.[2]), Number(color?.[3])] as const
    if (!color || channels.some((value) => value > 255)) {
      throw fault('bad-input', 'fault.paletteLine', 'remedy.gplLine', { file: quoted(file), line: at + 1, text: line.slice(0, 40) })
    }
    const label = cleanName(color[4] ?? '')
    swatches.push({ name: label === 'Untitled' ? '' : label, color: hexOf(channels[0] / 255, channels[1] / 255, channels[2] / 255), group: '' })
  })
  return { name, swatches, skipped: 0 }
}

/** Names stand on one line; groups are not kept: the format has none. */
export function writeGpl({ name, swatches }: Pick<PaletteFile, 'name' | 'swatches'>): string {
  const rows = swatches.map((swatch) => {
    const channels = bytesOfHex(swatch.color).map((value) => String(value).padStart(3)).join(' ')
    return `${channels}\t${swatch.name === '' ? 'Untitled' : swatch.name}`
  })
  return ['GIMP Palette', `Name: ${name === '' ? 'Hourglass' : name}`, 'Columns: 0', '#', ...rows, ''].join('\n')
}

/** `#rgb`, `#rrggbb`, `#rrggbbaa`, the same without `#`; eight digits without it are alpha first, as paint.net writes them. */
function hexColorOf(text: string): string | null {
  const digits = /^(#?)([0-9a-f]{3}|[0-9a-f]{6}|[0-9a-f]{8})$/i.exec(text)
  const [, hash, value] = digits ?? []
  if (value === undefined) return null
  const six = value.length === 3 ? value.replace(/./g, '$&$&') : value.length === 8 ? (hash === '#' ? value.slice(0, 6) : value.slice(2)) : value
  return `#${six.toLowerCase()}`
}

/**
 * Reads a list of hex colours, one or several a line; what follows a colour alone on its line is its name. Lines that
 * begin with `;` or `//` are comments. Null where the text is no such list.
 */
export function readHexList(text: string): PaletteFile | null {
  const swatches: FileSwatch[] = []
  for (const line of lines(text)) {
    const content = line.trim()
    if (content === '' || content.startsWith(';') || content.startsWith('//')) continue
    const words = content.split(/[\s,;]+/).filter((word) => word !== '')
    const colors = words.map(hexColorOf)
    const [first] = colors
    if (first === null || first === undefined) return null
    if (colors.every((color) => color !== null)) swatches.push(...colors.map((color) => ({ name: '', color, group: '' })))
    else swatches.push({ name: cleanName(content.replace(/^[^\s,;]+[\s,;]*/, '')), color: first, group: '' })
  }
  return swatches.length === 0 ? null : { name: '', swatches, skipped: 0 }
}

/** One colour a line, `#rrggbb name`. */
export function writeHexList({ swatches }: Pick<PaletteFile, 'swatches'>): string {
  return swatches.map(({ color, name }) => (name === '' ? `${color}\n` : `${color} ${name}\n`)).join('')
}

const jsonSwatch = z.union([
  z.string(),
  z.object({ color: z.string().optional(), hex: z.string().optional(), name: z.string().default(''), group: z.string().default('') }),
])
const jsonList = z.array(jsonSwatch)
const jsonPalette = z.object({ name: z.string().default(''), swatches: jsonList.optional(), colors: jsonList.optional() })

/**
 * Reads our own `.json` palette (`{version, name, swatches: [{name, color, group}]}`), and what is near to it: a bare list
 * of hex colours or of objects with `color` or `hex`.
 * @throws HourglassError `bad-input`
 */
export function readJsonPalette(text: string, file: string): PaletteFile {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw fault('bad-input', 'fault.paletteUnknown', 'remedy.paletteJson', { file: quoted(file) })
  }
  const parsed = jsonPalette.safeParse(Array.isArray(json) ? { swatches: json } : json)
  const list = parsed.data?.swatches ?? parsed.data?.colors
  if (!parsed.success || !list) throw fault('bad-input', 'fault.paletteOtherJson', 'remedy.paletteJson', { file: quoted(file) })
  const swatches = list.map((entry, at): FileSwatch => {
    const { name, group, color } = typeof entry === 'string' ? { name: '', group: '', color: entry } : { ...entry, color: entry.color ?? entry.hex ?? '' }
    const hex = hexColorOf(color)
    if (hex === null) throw fault('bad-input', 'fault.paletteColor', 'remedy.paletteJson', { file: quoted(file), number: at + 1, text: color.slice(0, 40) })
    return { name: cleanName(name), color: hex, group: cleanName(group) }
  })
  return { name: cleanName(parsed.data?.name ?? ''), swatches, skipped: 0 }
}

export function writeJsonPalette({ name, swatches }: Pick<PaletteFile, 'name' | 'swatches'>): string {
  const rows = swatches.map((swatch) => `    ${JSON.stringify({ name: swatch.name, color: swatch.color, group: swatch.group })}`)
  return `{\n  "version": 1,\n  "name": ${JSON.stringify(name)},\n  "swatches": [\n${rows.join(',\n')}\n  ]\n}\n`
}
