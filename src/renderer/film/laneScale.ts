/** Where frames lie along the lanes of the timeline, in pixels from their left edge. */
export interface LaneScale {
  /** Width of the lanes. */
  readonly width: number
  /** The frame at the left edge, in parts of frames too. */
  readonly first: number
  readonly perFrame: number
  x(frame: number): number
  /** The frame at a place, not kept inside the clip. */
  frameAt(x: number): number
}

/** What of a clip the lanes show, as fractions of it. */
export interface Seen {
  readonly from: number
  readonly share: number
}

/** Share of the lanes that stays before a playhead that has run out of them: a page is turned. */
const turned = 0.1

/** What is to be seen so that frame `frame` of `frames` is: the same where it is, a page on or back where it has just left, around it after a leap. */
export function following(seen: Seen, frame: number, frames: number): Seen {
  const { from, share } = seen
  const at = (frame + 0.5) / Math.max(1, frames)
  if (at >= from && at <= from + share) return seen
  const isNear = at > from - share && at < from + 2 * share
  const before = isNear ? (at > from ? turned : 1 - turned) : 0.5
  return { from: Math.max(0, Math.min(1 - share, at - before * share)), share }
}

/** @param seen what of the clip's `frames` frames is shown */
export function laneScale(width: number, frames: number, seen: Seen): LaneScale {
  const first = seen.from * frames
  const perFrame = width / Math.max(1, frames * seen.share)
  return { width, first, perFrame, x: (frame) => (frame - first) * perFrame, frameAt: (x) => first + x / Math.max(1e-9, perFrame) }
}
