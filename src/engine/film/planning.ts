import { chunksOf, shotsOf, type Span } from '../../core/film/chunks.ts'
import { FilmColorJudge } from '../../core/film/colorKind.ts'
import type { LookOf } from '../../core/film/looks.ts'
import { pixelKind } from '../../core/film/pixels.ts'
import { ShotFinder, shotSize } from '../../core/film/shots.ts'
import type { Colorist } from './colorist.ts'
import { readColor, readLuma, type Footage } from './luma.ts'
import { taggedRange } from './settling.ts'
import type { Manifest } from './workFolder.ts'

/** Share of samples outside 16…235 from which untagged luma counts as full range. */
const fullShare = 0.001

const isOutside = (value: number): boolean => value < 16 || value > 235

/** Whether luma uses more than the 220 steps of limited range. */
export const usesFullRange = (luma: Uint8Array): boolean => luma.reduce((count, value) => count + (isOutside(value) ? 1 : 0), 0) > fullShare * luma.length

/** What one decode of all frames at thumbnail size tells of a film. */
export interface Found {
  readonly shots: Span[]
  /** The range that luma uses. */
  readonly range: 'tv' | 'pc'
  /** The film is in colour already. */
  readonly inColor: boolean
}

/** Looks through a range of a film. @param matrix by which its colour is stored */
export async function lookThrough(footage: Footage, matrix: string, span: Span, onFrame: (done: number) => void, signal?: AbortSignal): Promise<Found> {
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
  await (gray ? readLuma : readColor)(footage, span, shotSize, see, signal)
  const frames = span.to - span.from
  const shots = shotsOf(finder.starts(), frames).map(({ from, to }) => ({ from: from + span.from, to: to + span.from }))
  return { shots, range: outside > fullShare * frames * pixels ? 'pc' : 'tv', inColor: !gray && judge.isColor }
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
