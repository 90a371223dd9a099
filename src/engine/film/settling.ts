import { accessSync, constants, existsSync, statSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import type { ClipPreset } from '../../contract/clips.ts'
import type { ClipIndex, ClipInfo } from '../../contract/film.ts'
import type { Note } from '../../contract/pictures.ts'
import type { Span } from '../../core/film/chunks.ts'
import { firstOutOfOrder } from '../../core/film/indexing.ts'
import { passageOf, pixelKind, planesBytes, type Passage } from '../../core/film/pixels.ts'
import { encodingOf, endingOf, endingsHolding, endingsOf, takesAudio, type Encoding } from '../../core/film/presets.ts'
import { guessedMatrix, knownMatrices } from '../../core/film/yuv.ts'
import { fault, noted } from '../../core/texts/wording.ts'
import { named, writeFailure } from '../pictures/failures.ts'
import type { Manifest } from './workFolder.ts'

/** Transfer curves of high dynamic range: the models know none of them. */
const highRange = new Set(['smpte2084', 'arib-std-b67'])

export interface Settled {
  readonly span: Span
  readonly encoding: Encoding
  readonly passage: Passage
  readonly matrix: string
  readonly notes: readonly Note[]
}

/** Bytes of a pixel of film, about, as encoded. */
const bytesPerPixel: Readonly<Record<ClipPreset, number>> = { exact: 1.1, visual: 0.12, h265: 0.06, prores: 0.6, sequence: 3 }

/** Memory that all processes take, measured with 4K and 8K at 8 and 10 bits: so many frames, and what is there without any. From the second figure on it is worth a word. */
const memory = { frames: 65, withoutMb: 250, tellFromMb: 1500 }

/** Megabytes of memory that a film of such frames takes, about; null: not known for the format. */
function memoryMbFor(format: string, size: { readonly width: number; readonly height: number }): number | null {
  const bytes = planesBytes(format, size)
  return bytes === null ? null : Math.round(memory.withoutMb + (memory.frames * bytes) / 2 ** 20)
}

/** Megabytes that chunks and film need together, about, and those that are free beside the target; null: not known. */
export async function spaceFor(target: string, preset: ClipPreset, index: ClipIndex, span: Span): Promise<{ neededMb: number; freeMb: number | null }> {
  const { width, height } = index.info
  // Chunks and the joined film stand side by side for a while.
  const neededMb = Math.ceil((2 * bytesPerPixel[preset] * width * height * (span.to - span.from)) / 2 ** 20)
  const disk = await statfs(dirname(resolve(target))).catch(() => null)
  // Places that are no disk (/proc) have no size at all.
  return { neededMb, freeMb: disk && disk.blocks > 0 ? Math.floor((disk.bavail * disk.bsize) / 2 ** 20) : null }
}

/** @throws HourglassError `no-space` where chunks and film together will not fit */
export async function checkSpace(target: string, preset: ClipPreset, index: ClipIndex, span: Span): Promise<void> {
  const { neededMb, freeMb } = await spaceFor(target, preset, index, span)
  if (freeMb !== null && freeMb < neededMb) throw fault('no-space', 'fault.clipSpace', 'remedy.freeSpace', { file: named(target), needed: neededMb, free: freeMb })
}

/** Refuses a place that could never be written, before any work. */
export function checkTarget(target: string, source: string, overwrite: boolean): void {
  const there = existsSync(target) ? statSync(target) : null
  const original = statSync(source)
  if (there && there.ino === original.ino && there.dev === original.dev) throw fault('not-writable', 'fault.isOriginal', 'remedy.otherNameOrFolder', { file: named(target) })
  if (there?.isDirectory()) throw fault('not-writable', 'fault.targetIsFolder', 'remedy.chooseFileName', { file: named(target) })
  if (there && !overwrite) throw fault('not-writable', 'fault.exists', 'remedy.otherNameOrOverwrite', { file: named(target) })
  const folder = dirname(resolve(target))
  if (!existsSync(folder)) throw fault('not-writable', 'fault.cannotBeWrittenThere', 'remedy.writableFolder', { file: named(target) })
  try {
    accessSync(folder, constants.W_OK)
  } catch (thrown) {
    throw writeFailure(target, thrown)
  }
}

function spanOf(path: string, index: ClipIndex, from: number, to: number | null): Span {
  const frames = index.pts.length
  if (from >= (to ?? frames) || (to ?? frames) > frames) throw fault('bad-input', 'fault.clipRange', 'remedy.clipRange', { file: named(path), last: frames - 1, from, to: to ?? frames })
  return { from, to: to ?? frames }
}

/** The matrix that the file names; null where it names none that is known. */
const taggedMatrix = ({ color }: Pick<ClipInfo, 'color'>): string | null => (color.matrix !== null && knownMatrices.includes(color.matrix) ? color.matrix : null)

/** The matrix by which luma and colour of a film belong together: RGB is converted by BT.709; else its tag, or what players take. */
export const matrixOf = (info: Pick<ClipInfo, 'pixelFormat' | 'height' | 'color'>): string => (pixelKind(info.pixelFormat).luma === 'rgb' ? 'bt709' : (taggedMatrix(info) ?? guessedMatrix(info.height)))

/** Range of the written file: what the source says; where luma alone says it (grey), what its values are. */
export function taggedRange({ info }: Pick<ClipIndex, 'info'>, plan: Pick<Manifest, 'range'>): 'tv' | 'pc' | null {
  const kind = pixelKind(info.pixelFormat)
  if (kind.luma === 'rgb') return 'tv'
  if (kind.full) return 'pc'
  return info.color.range ?? (kind.gray ? plan.range : null)
}

/**
 * Everything that can be decided before the first frame is coloured; what cannot be done well is refused here.
 * @throws HourglassError `unsupported` or `bad-input`, with what to do instead
 */
export function settle(path: string, target: string, index: ClipIndex, preset: ClipPreset, range: { from: number; to: number | null; bare?: boolean }): Settled {
  const { info } = index
  const notes: Note[] = []
  if (info.warnings.some(({ code }) => code === 'size-changes')) throw fault('unsupported', 'fault.clipSizeChanges', 'remedy.clipSplit', { file: named(path) })
  const ending = preset === 'sequence' ? '' : endingOf(target)
  if (preset !== 'sequence' && !endingsOf[preset].includes(ending)) throw fault('bad-input', 'fault.clipEnding', 'remedy.clipEndings', { file: named(target), preset, ending, endings: endingsOf[preset].map((each) => `.${each}`).join(', ') })
  const span = spanOf(path, index, range.from, range.to)
  const astray = firstOutOfOrder(index.pts.slice(span.from, span.to))
  if (astray !== null) throw fault('unsupported', 'fault.clipTimes', 'remedy.clipTimes', { file: named(path), frame: span.from + astray })
  if (info.color.transfer !== null && highRange.has(info.color.transfer)) throw fault('unsupported', 'fault.clipTransfer', 'remedy.clipToSdr', { file: named(path), transfer: info.color.transfer })
  const sound = preset === 'sequence' || range.bare ? undefined : info.audio.find(({ codec }) => !takesAudio(ending, codec))
  if (sound) {
    const others = endingsHolding(preset, info.audio.map(({ codec }) => codec))
    const values = { file: named(target), codec: sound.codec }
    if (others.length === 0) throw fault('unsupported', 'fault.clipSound', 'remedy.clipConvertSound', values)
    throw fault('unsupported', 'fault.clipSound', 'remedy.clipEndings', { ...values, endings: others.map((each) => `.${each}`).join(', ') })
  }
  const encoding = encodingOf(preset, ending, info.pixelFormat)
  const kind = pixelKind(info.pixelFormat)
  if (kind.alpha && !encoding.keepAlpha) throw fault('unsupported', 'fault.clipAlpha', 'remedy.clipAlphaPreset', { file: named(path), encoding: encoding.title })
  const passage = passageOf(info.pixelFormat, info, encoding)
  const matrix = matrixOf(info)
  if (kind.luma === 'rgb') notes.push(noted('rgb-source', 'note.clip.rgb'))
  else if (taggedMatrix(info) === null) notes.push(noted('matrix-guessed', 'note.clip.matrix', { matrix }))
  if ((info.width % 2 !== 0 || info.height % 2 !== 0) && encoding.evenSides) notes.push(noted('odd-size', 'note.clip.odd'))
  const memoryMb = memoryMbFor(passage.format, info)
  if (memoryMb !== null && memoryMb >= memory.tellFromMb) notes.push(noted('large-frames', 'note.clip.largeFrames', { width: info.width, height: info.height, memoryMb: Math.round(memoryMb / 100) * 100 }))
  if (ending === 'mkv' && info.rotation !== 0 && !range.bare) notes.push(noted('turn-left-out', 'note.clip.turn', { degrees: Math.abs(info.rotation) }))
  return { span, encoding, passage, matrix, notes }
}
