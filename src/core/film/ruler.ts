/** Marks of a ruler over frames: the large ones carry labels. */
export interface Ruler {
  /** Frames between two large marks. */
  readonly large: number
  /** Frames between two small marks. */
  readonly small: number
}

/** Steps of a ruler in seconds, as editing desks have them; below them, single frames. */
const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600]

/**
 * The finest ruler whose labels do not touch.
 * @param base frames a second, whole (24 for 23.976)
 * @param perFrame pixels of one frame
 * @param label pixels that a label needs
 */
export function rulerOf(base: number, perFrame: number, label: number): Ruler {
  const fits = (frames: number): boolean => frames * perFrame >= label
  for (const frames of [1, 2, 5, 10]) if (frames < base && fits(frames)) return { large: frames, small: 1 }
  const seconds = steps.find((each) => fits(each * base)) ?? Math.ceil(label / (perFrame * base * 3600)) * 3600
  const small = [1, 0.5, 0.2, 0.1].map((share) => seconds * base * share).filter((frames) => Number.isInteger(frames) && frames * perFrame >= 6).at(-1)
  return { large: seconds * base, small: small ?? seconds * base }
}
