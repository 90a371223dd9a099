import type { OverlayScene } from '../overlay/scene.ts'
import { useMarking } from './marking.ts'
import { noMarks, type MarkEdit, type Marks } from './marks.ts'

/** What boards of all rooms have in common: their marks, what is only shown over them, the pointer, and who listens. */
export abstract class MarkBoard {
  /** As saved. */
  protected saved: Marks = noMarks
  protected shown: readonly MarkEdit[] = []
  protected pointer: OverlayScene['pointer'] = null
  readonly #listeners = new Set<() => void>()

  marks(): Marks {
    return this.saved
  }

  show(edits: readonly MarkEdit[]): void {
    this.shown = edits
    this.tell()
  }

  radius(): number {
    return useMarking.getState().radius
  }

  selected(): number | null {
    return useMarking.getState().selected
  }

  select(at: number | null): void {
    if (useMarking.getState().selected !== at) useMarking.setState({ selected: at })
    this.tell()
  }

  hover(at: OverlayScene['pointer']): void {
    this.pointer = at
    this.tell()
  }

  /** Other marks, as saved: a hint that is there no more is no longer chosen. */
  protected setMarks(marks: Marks): void {
    this.saved = marks
    const selected = this.selected()
    if (selected !== null && selected >= marks.hints.length) useMarking.setState({ selected: null })
  }

  /** Calls `listener` whenever the scene may look otherwise; the answer ends that. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    const stop = useMarking.subscribe(listener)
    return () => {
      this.#listeners.delete(listener)
      stop()
    }
  }

  protected tell(): void {
    for (const listener of this.#listeners) listener()
  }
}
