import type { Hint } from '../../../contract/hints.ts'
import type { PageReport } from '../../../contract/pageReport.ts'
import type { Marks } from '../tools/marks.ts'
import type { RegionOutline } from './regionMap.ts'

export type Box = PageReport['panels'][number]

/** A box that can be locked: a panel, a bubble. */
export interface Lockable {
  readonly box: Box
  readonly kind: 'panel' | 'bubble'
  readonly locked: boolean
}

/** What the overlay shows right now. */
export interface OverlayScene {
  /** With what is only shown, and with the colours of the swatches. */
  readonly marks: Marks
  readonly selected: number | null
  /** Where the pointer is, in fractions of the page; null: not over it. */
  readonly pointer: { readonly x: number; readonly y: number } | null
  /** Circle of the brush at the pointer, fractions of the longer side; null: none. */
  readonly brush: { readonly radius: number; readonly color: string | null } | null
  /** Edge of the region that the hand would colour; null: none. */
  readonly outline: RegionOutline | null
  /** Hints that are only proposed; those that are less sure are fainter. */
  readonly proposals: { readonly hints: readonly Hint[]; readonly chosen: number | null }
  /** What is locked, and while it can be locked what is not. */
  readonly lockables: readonly Lockable[]
  /** The lock tool is in the hand: boxes are framed. */
  readonly isLocking: boolean
  /** Drawn by the hand right now. */
  readonly frame: Box | null
}

/** Holds the scene outside of React, so that a pointer event paints without rendering anything. */
export interface SceneSource {
  scene(): OverlayScene
  /** Calls back after every change; answers how to stop. */
  onChange(listener: () => void): () => void
}
