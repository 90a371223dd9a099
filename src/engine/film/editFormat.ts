import type { ClipPreset } from '../../contract/clips.ts'
import type { ClipIndex } from '../../contract/film.ts'
import type { Rational } from '../../contract/rational.ts'
import { pixelKind } from '../../core/film/pixels.ts'
import { shotSize } from '../../core/film/shots.ts'
import { filmTools, type FilmTools } from './ffmpeg.ts'
import { withFields } from './kept.ts'
import { readLuma } from './luma.ts'
import { openClip } from './openClip.ts'
import { usesFullRange } from './planning.ts'
import { settle, spaceFor, taggedRange, type Settled } from './settling.ts'
import type { TaskContext } from '../workers/context.ts'

/** A source of parts of an edit, and how a film of it is stored. */
export interface PartSource {
  readonly index: ClipIndex
  readonly settled: Settled
}

/** Frames that are looked at for the range of a clip's luma. */
const looks = 16

/** The range that luma uses all along a clip, where nothing but its values tells it; null: something else does. */
export async function untoldRange(tools: FilmTools, path: string, { index, settled }: PartSource, signal: AbortSignal): Promise<'tv' | 'pc' | null> {
  if (index.info.color.range !== null || !pixelKind(index.info.pixelFormat).gray) return null
  const pieces: Uint8Array[] = []
  const step = Math.max(1, Math.floor(index.pts.length / looks))
  for (let n = 0; n < index.pts.length; n += step) {
    await readLuma({ tools, path, index, threads: 1, toPlanar: settled.passage.toPlanar }, { from: n, to: n + 1 }, shotSize, (_, luma) => void pieces.push(luma.slice()), signal)
  }
  return usesFullRange(new Uint8Array(Buffer.concat(pieces))) ? 'pc' : 'tv'
}

/** Opens the source of a part. @throws HourglassError as `colorClip` would */
export async function openPart({ path, rate }: { readonly path: string; readonly rate: Rational | null }, target: string, preset: ClipPreset, span: { from: number; to: number | null }, cache: string | null, task: TaskContext, signal: AbortSignal): Promise<PartSource> {
  const { config } = task.studio
  const tools = await filmTools(config)
  const index = await openClip(path, { tools, cache, thoroughness: 'when-doubtful', threads: config.threads, signal, rate })
  const known = await withFields(tools, path, index, signal)
  return { index: known, settled: settle(path, target, known, preset, { ...span, bare: true }) }
}

/** What a film has but once: parts that agree in all of it are joined as they are. @param untold range of luma where the file does not say it */
export function formatOf({ index, settled }: PartSource, untold: 'tv' | 'pc' | null): string {
  const { width, height, sar, rotation, fieldOrder, rate, variableRate, timeBase, color } = index.info
  const { primaries, transfer } = color
  return JSON.stringify({ width, height, sar, rotation, fieldOrder, rate, variableRate, timeBase, primaries, transfer, matrix: settled.matrix, range: taggedRange(index, { range: untold ?? 'tv' }), format: settled.passage.format })
}

/** Room for all parts together. */
export async function spaceForParts(target: string, preset: ClipPreset, parts: readonly PartSource[]): Promise<{ neededMb: number; freeMb: number | null }> {
  const spaces = await Promise.all(parts.map(({ index, settled }) => spaceFor(target, preset, index, settled.span)))
  // The film stands beside its parts for a while, and these beside their chunks.
  return { neededMb: Math.ceil(spaces.reduce((sum, { neededMb }) => sum + 1.5 * neededMb, 0)), freeMb: spaces[0]?.freeMb ?? null }
}
