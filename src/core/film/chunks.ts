/** How a clip is cut into pieces of work: at shots, and within a long shot where it has to be. */

/** Frames [from, to) that belong together. */
export interface Span {
  readonly from: number
  readonly to: number
}

/** What is lost at most when the power goes, in frames. */
export const longestChunk = 125
/** Frames on either side of a cut within a shot over which the colours of one part pass into those of the next; no part is shorter. */
export const bridgeReach = 48

/** Shots of a clip from the frames at which they begin. */
export const shotsOf = (starts: readonly number[], frames: number): Span[] => starts.map((from, i) => ({ from, to: starts[i + 1] ?? frames }))

/**
 * Whole shots together up to `longestChunk` frames; a longer shot in parts of equal length.
 * @param apart every shot is a chunk of its own, so that one can be made anew without its neighbours
 */
export function chunksOf(shots: readonly Span[], apart = false): Span[] {
  const chunks: Span[] = []
  for (const shot of shots) {
    const last = chunks.at(-1)
    if (!apart && last && shot.to - last.from <= longestChunk) {
      chunks[chunks.length - 1] = { from: last.from, to: shot.to }
      continue
    }
    const frames = shot.to - shot.from
    const parts = Math.ceil(frames / longestChunk)
    for (let part = 0; part < parts; part++) chunks.push({ from: shot.from + Math.round((part * frames) / parts), to: shot.from + Math.round(((part + 1) * frames) / parts) })
  }
  return chunks
}

export interface Segment {
  readonly shot: Span
  /** Frames that are looked at: the chunk's and what bridges its cuts, never beyond the shot. */
  readonly read: Span
  /** Frames whose colour is wanted. */
  readonly wanted: Span
  /** First frames of the parts that begin and end at a cut within the shot. */
  readonly cuts: readonly number[]
}

/** The parts of shots that lie in a chunk. */
export function segmentsOf(chunk: Span, shots: readonly Span[]): Segment[] {
  return shots
    .filter(({ from, to }) => from < chunk.to && to > chunk.from)
    .map((shot) => {
      const wanted = { from: Math.max(shot.from, chunk.from), to: Math.min(shot.to, chunk.to) }
      return {
        shot,
        wanted,
        read: { from: bridgeOver(wanted.from, shot).from, to: bridgeOver(wanted.to, shot).to },
        cuts: [wanted.from, wanted.to].filter((cut) => cut > shot.from && cut < shot.to),
      }
    })
}

/** The frames around a cut within a shot that are coloured together, whichever part is asked for: where the parts meet, both have these colours. */
export const bridgeOver = (cut: number, shot: Span): Span => ({ from: Math.max(shot.from, cut - bridgeReach), to: Math.min(shot.to, cut + bridgeReach) })

/** Share of the bridge's colours in a frame: nearly all of it on both sides of the cut, none where the bridge ends. */
export const bridgeShare = (frame: number, cut: number): number => Math.max(0, 1 - Math.abs(frame + 0.5 - cut) / bridgeReach)

/** Whether the model looks at a frame: every `step`-th of its shot, and the last. */
export const isAsked = (frame: number, shot: Span, step: number): boolean => (frame - shot.from) % step === 0 || frame === shot.to - 1
