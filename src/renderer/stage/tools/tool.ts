import type { Hint } from '../../../contract/hints.ts'
import type { Size } from '../../../contract/pictures.ts'
import type { Wording } from '../../../contract/texts.ts'
import type { Box } from '../overlay/scene.ts'
import type { MarkEdit, Marks } from './marks.ts'

/** Where the pointer is on the page: fractions of width and height, pressure 0…1. */
export interface Pointer {
  readonly x: number
  readonly y: number
  readonly pressure: number
  /** How near counts as hit, and one screen pixel, both in fractions of the longer side. */
  readonly reach: number
  readonly pixel: number
}

/** The colour that the hand holds: a plain one, a swatch's, or none (keeps the paper). */
export interface Paint {
  readonly color: string
  readonly swatch: string | null
  readonly empty: boolean
}

/** What tools work on. While the pointer is down they only show; on release they commit one gesture. */
export interface Board {
  /** Upright size of the page in pixels. */
  readonly size: Size
  /** As saved, without what is only shown. */
  marks(): Marks
  /** Edits drawn over what is saved, instead of those shown before. */
  show(edits: readonly MarkEdit[]): void
  /** Saves edits as one gesture. */
  commit(edits: readonly MarkEdit[], label: Wording): void
  paint(): Paint
  /** Radius of dots and strokes, in fractions of the longer side. */
  radius(): number
  /** Place of the chosen hint in the list; null: none. */
  selected(): number | null
  select(at: number | null): void
  /** Takes up a colour. */
  take(paint: Paint): void
  /** Colour of the result at a place, `#rrggbb`; null where no result is shown. */
  sample(x: number, y: number): string | null
  /** Locks the panel or bubble at a place, or unlocks it. */
  lockAt(x: number, y: number): void
  /** Locks an area drawn by hand. */
  lockBox(box: Box): void
  /** Shows an area that is being drawn; null: none any more. */
  frame(box: Box | null): void
}

type Next = State | null | void

/** One state of a tool. An answered state is entered, null goes back to idle, nothing stays. */
export interface State {
  readonly name: string
  enter?(board: Board): void
  down?(pointer: Pointer, board: Board): Next
  move?(pointer: Pointer, board: Board): Next
  up?(pointer: Pointer, board: Board): Next
}

/** A tool as a state machine; its folder holds one file a state. */
export interface ToolStates {
  /** null: the pointer belongs to the view (the hand). */
  readonly idle: State | null
}

/** Runs one tool. Leaving idle marks the history; `cancel` goes back to the mark. */
export class Machine {
  readonly #board: Board
  readonly #idle: State | null
  #state: State | null
  #mark: { readonly selected: number | null } | null = null

  constructor(tool: ToolStates, board: Board) {
    this.#board = board
    this.#idle = tool.idle
    this.#state = tool.idle
  }

  get state(): string | null {
    return this.#state?.name ?? null
  }

  get isBusy(): boolean {
    return this.#mark !== null
  }

  send(event: 'down' | 'move' | 'up', pointer: Pointer): void {
    const next = this.#state?.[event]?.(pointer, this.#board)
    if (next === undefined) return
    if (next === null) {
      this.#mark = null
      this.#state = this.#idle
      return
    }
    this.#mark ??= { selected: this.#board.selected() }
    this.#state = next
    next.enter?.(this.#board)
  }

  /** Nothing has happened: what was shown goes, the choice is what it was. */
  cancel(): void {
    if (this.#mark === null) return
    this.#board.show([])
    this.#board.frame(null)
    this.#board.select(this.#mark.selected)
    this.#mark = null
    this.#state = this.#idle
  }
}

/** The colour's part of a new hint. */
export function colorOf({ color, swatch, empty }: Paint): Pick<Hint, 'color' | 'swatch' | 'empty'> {
  return { color, ...(swatch === null ? {} : { swatch }), ...(empty ? { empty } : {}) }
}
