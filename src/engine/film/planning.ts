import { z } from 'zod'
import { chunksOf, shotsOf, type Span } from '../../core/film/chunks.ts'
import { FilmColorJudge } from '../../core/film/colorKind.ts'
import type { LookOf } from '../../core/film/looks.ts'
import { pixelKind } from '../../core/film/pixels.ts'
import { ShotFinder, shotSize } from '../../core/film/shots.ts'
import type { Colorist } from './colorist.ts'
import { readColor, readLuma, type Footage } from './luma.ts'
import { taggedRange } from './settling.ts'
import { putBy, type LumaStore } from './storedLuma.ts'
import { keyOf, type Manifest, type WorkFolder } from './workFolder.ts'

/** Share of samples outside 16…235 from which untagged luma counts as full range. */
const fullShare = 0.001

const isOutside = (value: number): boolean => value < 16 || value > 235

/** Whether luma uses more than the 220 steps of limited range. */
export const usesFullRange = (luma: Uint8Array): boolean => luma.reduce((count, value) => count + (isOutside(value) ? 1 : 0), 0) > fullShare * luma.length

/** What one decode of all frames at thumbnail size tells of a film. */
const found = z.object({
  shots: z.array(z.object({ from: z.number().int(), to: z.number().int() })),
  /** The range that luma uses. */
  range: z.enum(['tv', 'pc']),
  /** The film is in colour already. */
  inColor: z.boolean(),
})
type Found = z.infer<typeof found>

/** It is kept with the chunks, under a key that tells of what film it is true. */
const keptFound = found.extend({ key: z.string() })

/**
 * Looks through a range of a film.
 * @param matrix by which its colour is stored
 * @param beside where luma that will be needed again is put by
 */
export async function lookThrough(footage: Footage, matrix: string, span: Span, onFrame: (done: number) => void, signal?: AbortSignal, beside: LumaStore | null = null): Promise<Found> {
  const { gray } = pixelKind(footage.index.info.pixelFormat)
  const finder = new ShotFinder()
  const judge = new FilmColorJudge({ matrix, range: taggedRange(footage.index, { range: 'tv' }) ?? 'tv' })
  const pixels = shotSize.width * shotSize.height
  let outside = 0
  const see = (n: number, planes: Uint8Array): void => {
    const luma = planes.subarray(0, pixels)
    finder.push(luma)
    if (!gray) judge.push(planes)
    for (const value of luma) if (isOutside(value)) outside++
    onFrame(n + 1 - span.from)
  }
  await (gray ? readLuma : readColor)(footage, span, shotSize, see, signal, beside)
  const frames = span.to - span.from
  const shots = shotsOf(finder.starts(), frames).map(({ from, to }) => ({ from: from + span.from, to: to + span.from }))
  return { shots, range: outside > fullShare * frames * pixels ? 'pc' : 'tv', inColor: !gray && judge.isColor }
}

/**
 * The same, kept in the film's folder: one that is brought up to date was looked through before.
 * @param made of what the film is made, for the key
 * @param store where luma that will be needed again is put by
 */
export async function lookOnce(folder: WorkFolder, made: unknown, store: LumaStore, ...[footage, matrix, span, onFrame, signal]: Parameters<typeof lookThrough>): Promise<Found> {
  const key = keyOf({ made, matrix, span })
  const there = await folder.read('found.json', keptFound)
  if (there?.key === key) return there
  const seen = await putBy(store, (file) => lookThrough(footage, matrix, span, onFrame, signal, file === null ? null : { ...store, file }))
  // Where the disk is full the film is not made, and that is said where it matters.
  await folder.write('found.json', { ...seen, key } satisfies z.input<typeof keptFound>).catch(() => undefined)
  return seen
}

/** The factor of each shot: its look's, or the best for the frame in its middle. */
export async function withFactors(shots: readonly Span[], lookOf: LookOf, colorist: Colorist, footage: Footage, signal?: AbortSignal): Promise<Manifest['shots']> {
  const found: Manifest['shots'] = []
  for (const shot of shots) {
    const { params } = lookOf(shot.from)
    let factor = params.renderFactor === 'auto' ? null : params.renderFactor
    if (params.renderFactor === 'auto') {
      const middle = (shot.from + shot.to) >> 1
      await readLuma(footage, { from: middle, to: middle + 1 }, colorist.size, async (_, luma) => void (factor = await colorist.factorOf(luma, colorist.size, params)), signal)
    }
    found.push({ ...shot, factor })
  }
  return found
}

/** @param apart every shot is a chunk of its own */
export const planOf = (shots: Manifest['shots'], range: Manifest['range'], apart: boolean): Omit<Manifest, 'key' | 'version'> => ({ shots, chunks: chunksOf(shots, apart), range })
