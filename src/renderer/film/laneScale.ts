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

/** @param seen what of the clip's `frames` frames is shown, as fractions of it */
export function laneScale(width: number, frames: number, seen: { readonly from: number; readonly share: number }): LaneScale {
  const first = seen.from * frames
  const perFrame = width / Math.max(1, frames * seen.share)
  return { width, first, perFrame, x: (frame) => (frame - first) * perFrame, frameAt: (x) => first + x / Math.max(1e-9, perFrame) }
}
