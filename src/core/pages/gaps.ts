import type { Relief } from './relief.ts'

/**
 * Which passes between pieces of a page count as closed. On line art a pass is closed where it is narrow and both sides
 * are clearly wider (a corridor of even width is no gap); on toned pages where both sides are clearly brighter.
 */
export interface GapRule {
  readonly kind: Relief['kind']
  /** Height from which a pass is open whatever its sides are: 3 · half the width in pixels. */
  readonly wide: number
}

/** Sides this much higher than the pass make it a narrowing. */
const narrowing = 1.6
/** Levels of grey by which a line of a toned page lies below what it parts. */
const toneContrast = 24
/** Smallest radius that is closed, in pixels; and the share of the page's shorter side that it grows with. */
const leastRadius = 4
const radiusShare = 0.0025

/**
 * The rule for a page.
 * @param gap widest gap to close in pixels; null: by the page's size
 */
export function gapRule(relief: Relief, gap: number | null): GapRule {
  const radius = gap === null ? Math.max(leastRadius, radiusShare * Math.min(relief.width, relief.height)) : Math.max(1.5, gap / 2 + 2.5)
  return { kind: relief.kind, wide: Math.round(3 * radius) }
}

/** True where colour may go through a pass between two pieces whose highest summits are these. */
export function isOpen({ kind, wide }: GapRule, saddle: number, peak: number, otherPeak: number): boolean {
  const lower = peak < otherPeak ? peak : otherPeak
  if (kind === 'tones') return lower - saddle <= toneContrast
  return saddle >= wide || lower < narrowing * saddle
}
