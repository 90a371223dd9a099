import { chunksOf, shotsOf, type Span } from '../../core/film/chunks.ts'
import type { LookOf } from '../../core/film/looks.ts'
import { ShotFinder, shotSize } from '../../core/film/shots.ts'
import type { Colorist } from './colorist.ts'
import { readLuma, type Footage } from './luma.ts'
import type { Manifest } from './workFolder.ts'

/** Share of samples outside 16…235 from which untagged luma counts as full range. */
const fullShare = 0.001

const isOutside = (value: number): boolean => value < 16 || value > 235

/** Whether luma uses more than the 220 steps of limited range. */
export const usesFullRange = (luma: Uint8Array): boolean => luma.reduce((count, value) => count + (isOutside(value) ? 1 : 0), 0) > fullShare * luma.length

/** Shots, and the range that luma uses, from one decode of all frames at thumbnail size. */
export async function findShots(footage: Footage, span: Span, onFrame: (done: number) => void, signal?: AbortSignal): Promise<{ shots: Span[]; range: 'tv' | 'pc' }> {
  const finder = new ShotFinder()
  let outside = 0
  await readLuma(footage, span, shotSize, (n, luma) => {
    finder.push(luma)
    for (const value of luma) if (isOutside(value)) outside++
    onFrame(n + 1 - span.from)
  }, signal)
  const frames = span.to - span.from
  const shots = shotsOf(finder.starts(), frames).map(({ from, to }) => ({ from: from + span.from, to: to + span.from }))
  return { shots, range: outside > fullShare * frames * shotSize.width * shotSize.height ? 'pc' : 'tv' }
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

export const planOf = (shots: Manifest['shots'], range: Manifest['range']): Omit<Manifest, 'key' | 'version'> => ({ shots, chunks: chunksOf(shots), range })
