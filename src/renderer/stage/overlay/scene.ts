import type { Marks } from '../tools/marks.ts'

/** What the overlay shows right now. */
export interface OverlayScene {
  /** With what is only shown, and with the colours of the swatches. */
  readonly marks: Marks
  readonly selected: number | null
  /** Where the pointer is, in fractions of the page; null: not over it. */
  readonly pointer: { readonly x: number; readonly y: number } | null
  /** Circle of the brush at the pointer, fractions of the longer side; null: none. */
  readonly brush: { readonly radius: number; readonly color: string | null } | null
}

/** Holds the scene outside of React, so that a pointer event paints without rendering anything. */
export interface SceneSource {
  scene(): OverlayScene
  /** Calls back after every change; answers how to stop. */
  onChange(listener: () => void): () => void
}
