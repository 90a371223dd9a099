import type { Hint } from '../../../contract/hints.ts'
import type { Size } from '../../../contract/pictures.ts'
import type { Wording } from '../../../contract/texts.ts'
import { takePaint, usePages } from '../../pages/state.ts'
import type { OverlayScene, SceneSource } from '../../stage/overlay/scene.ts'
import { tools } from '../../stage/tools/index.ts'
import { applyEdits, noMarks, type MarkEdit, type Marks } from '../../stage/tools/marks.ts'
import type { Board, Paint } from '../../stage/tools/tool.ts'
import { useFilm } from '../state.ts'

type Save = (hints: readonly Hint[], label: Wording) => void

/** The hints of the frame under the playhead as tools and overlay know them. */
export class FrameBoard implements Board, SceneSource {
  readonly size: Size
  #save: Save = () => undefined
  #marks: Marks = noMarks
  #shown: readonly MarkEdit[] = []
  #pointer: OverlayScene['pointer'] = null
  #listeners = new Set<() => void>()

  constructor(size: Size) {
    this.size = size
  }

  /** Another frame, or its hints as they are saved. */
  setHints(hints: readonly Hint[], save: Save): void {
    this.#save = save
    if (hints === this.#marks.hints) return
    this.#marks = { ...noMarks, hints }
    const { selected } = usePages.getState()
    if (selected !== null && selected >= hints.length) usePages.setState({ selected: null })
    this.#tell()
  }

  marks(): Marks {
    return this.#marks
  }

  show(edits: readonly MarkEdit[]): void {
    this.#shown = edits
    this.#tell()
  }

  commit(edits: readonly MarkEdit[], label: Wording): void {
    this.#shown = []
    this.#marks = applyEdits(this.#marks, edits)
    this.#save(this.#marks.hints, label)
    this.#tell()
  }

  /** Takes up a colour, and gives it to the chosen hint. */
  recolour(paint: Paint): void {
    this.take(paint)
    const { selected } = usePages.getState()
    const hint = selected === null ? undefined : this.#marks.hints[selected]
    if (selected !== null && hint) this.commit([{ list: 'hints', op: 'replace', at: selected, value: { ...hint, color: paint.color } }], { key: 'history.hint.recolour' })
  }

  paint(): Paint {
    // Swatches and paper belong to pages.
    return { ...usePages.getState().paint, swatch: null, empty: false }
  }

  radius(): number {
    return usePages.getState().radius
  }

  selected(): number | null {
    return usePages.getState().selected
  }

  select(at: number | null): void {
    if (usePages.getState().selected !== at) usePages.setState({ selected: at })
    this.#tell()
  }

  take(paint: Paint): void {
    takePaint({ color: paint.color, swatch: null, empty: false })
    this.#tell()
  }

  // What follows is of pages alone: no tool of a frame asks for it.
  sample(): string | null {
    return null
  }

  lockAt(): void {}

  lockBox(): void {}

  frame(): void {}

  hover(at: OverlayScene['pointer']): void {
    this.#pointer = at
    this.#tell()
  }

  scene(): OverlayScene {
    const { radius, selected } = usePages.getState()
    const { tool } = useFilm.getState()
    return {
      marks: applyEdits(this.#marks, this.#shown),
      selected,
      pointer: this.#pointer,
      outline: null,
      lockables: [],
      isLocking: false,
      frame: null,
      proposals: { hints: [], chosen: null },
      brush: tools[tool].hasBrush ? { radius, color: tool === 'eraser' ? null : this.paint().color } : null,
    }
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    const stops = [usePages.subscribe(listener), useFilm.subscribe(listener)]
    return () => {
      this.#listeners.delete(listener)
      for (const stop of stops) stop()
    }
  }

  #tell(): void {
    for (const listener of this.#listeners) listener()
  }
}
