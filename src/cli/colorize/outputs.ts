import { extname, join, parse, resolve } from 'node:path'
import type { OutputFormat } from '../../contract/pictures.ts'
import { fault } from '../../core/texts/wording.ts'
import { UsageError } from '../terminal/statuses.ts'
import type { Input } from './inputs.ts'

const formatOfEnding: Record<string, OutputFormat> = {
  '.jpg': 'jpeg',
  '.jpeg': 'jpeg',
  '.jpe': 'jpeg',
  '.jfif': 'jpeg',
  '.png': 'png',
  '.tif': 'tiff',
  '.tiff': 'tiff',
  '.webp': 'webp',
  '.avif': 'avif',
}
const endings: Record<OutputFormat, string> = { jpeg: '.jpg', png: '.png', tiff: '.tiff', webp: '.webp', avif: '.avif' }

/** The format that a file name asks for, or null. */
export function formatOfName(name: string): OutputFormat | null {
  return formatOfEnding[extname(name).toLowerCase()] ?? null
}

export interface Target {
  readonly path: string
  readonly format: OutputFormat
  /** Path of the before/after picture, null where none is wanted. */
  readonly compare: string | null
}

export interface TargetOptions {
  readonly output?: string | undefined
  readonly outDir?: string | undefined
  readonly format?: OutputFormat | undefined
  readonly compare?: boolean | undefined
}

/** Names on a disk that may ignore case and compose accents its own way. */
const comparable = (path: string): string => path.normalize('NFC').toLowerCase()

/** Exactly one place for results must be named. */
export function checkPlace({ output, outDir }: TargetOptions): void {
  if ((output === undefined) === (outDir === undefined)) {
    throw new UsageError(fault('bad-input', 'fault.placeMissing', 'remedy.exampleColorize'))
  }
}

/**
 * One target for each input, in their order. Under `outDir` subfolders and names are kept and the ending is the
 * format's; where two would meet, the later ones get `-2`, `-3`. Formats that cannot be written become PNG.
 */
export function planTargets(inputs: readonly Input[], options: TargetOptions): Target[] {
  const { output, outDir } = options
  checkPlace(options)
  if (output !== undefined) {
    if (inputs.length > 1) throw new UsageError(fault('bad-input', 'fault.oneFileForMany', 'remedy.outDirForSeveral', { inputs: inputs.length }))
    const [input] = inputs
    if (!input) return []
    const format = options.format ?? formatOfName(output)
    if (!format) throw new UsageError(fault('bad-input', 'fault.formatUnsaid', 'remedy.endingOrFormat', { file: output }))
    const path = resolve(output)
    const { dir, name, ext } = parse(path)
    return [{ path, format, compare: options.compare ? join(dir, `${name}-compare${ext}`) : null }]
  }
  const taken = new Set<string>()
  return inputs.map((input) => {
    const own = formatOfName(input.path)
    const format = options.format ?? own ?? 'png'
    const { name, ext } = parse(input.path)
    const ending = own === format ? ext : endings[format]
    const folder = resolve(outDir ?? '.', input.folder)
    const named = (n: number): { path: string; compare: string | null } => {
      const stem = n === 1 ? name : `${name}-${n}`
      return { path: join(folder, stem + ending), compare: options.compare ? join(folder, `${stem}-compare${ending}`) : null }
    }
    const isFree = (target: { path: string; compare: string | null }): boolean =>
      !taken.has(comparable(target.path)) && (target.compare === null || !taken.has(comparable(target.compare)))
    let n = 1
    while (!isFree(named(n))) n += 1
    const target = named(n)
    taken.add(comparable(target.path))
    if (target.compare !== null) taken.add(comparable(target.compare))
    return { ...target, format }
  })
}
