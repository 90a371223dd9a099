import type { Hint } from '../../../contract/hints.ts'
import type { Size } from '../../../contract/pictures.ts'
import type { Wording } from '../../../contract/texts.ts'
import type { OverlayScene, SceneSource } from '../../stage/overlay/scene.ts'
import { tools } from '../../stage/tools/index.ts'
import { MarkBoard } from '../../stage/tools/MarkBoard.ts'
import { takePaint, useMarking } from '../../stage/tools/marking.ts'
import { applyEdits, noMarks, type MarkEdit } from '../../stage/tools/marks.ts'
import type { Board, Paint } from '../../stage/tools/tool.ts'
import { useFilm } from '../state.ts'

type Save = (hints: readonly Hint[], label: Wording) => void

/** The hints of the frame under the playhead as tools and overlay know them. */
export class FrameBoard extends MarkBoard implements Board, SceneSource {
  readonly size: Size
  #save: Save = () => undefined

  constructor(size: Size) {
    super()
    this.size = size
  }

  /** Another frame, or its hints as they are saved. */
  setHints(hints: readonly Hint[], save: Save): void {
    this.#save = save
    if (hints === this.saved.hints) return
    this.setMarks({ ...noMarks, hints })
    this.tell()
  }

  commit(edits: readonly MarkEdit[], label: Wording): void {
    this.shown = []
    this.saved = applyEdits(this.saved, edits)
    this.#save(this.saved.hints, label)
    this.tell()
  }

  /** Takes up a colour, and gives it to the chosen hint. */
  recolour(paint: Paint): void {
    this.take(paint)
    const selected = this.selected()
    const hint = selected === null ? undefined : this.saved.hints[selected]
    if (selected !== null && hint) this.commit([{ list: 'hints', op: 'replace', at: selected, value: { ...hint, color: paint.color } }], { key: 'history.hint.recolour' })
  }

  paint(): Paint {
    // Swatches and paper belong to pages.
    return { ...useMarking.getState().paint, swatch: null, empty: false }
  }

  take(paint: Paint): void {
    takePaint({ color: paint.color, swatch: null, empty: false })
    this.tell()
  }

  // What follows is of pages alone: no tool of a frame asks for it.
  sample(): string | null {
    return null
  }

  lockAt(): void {}

  lockBox(): void {}

  frame(): void {}

  scene(): OverlayScene {
    const { radius, selected } = useMarking.getState()
    const { tool } = useFilm.getState()
    return {
      marks: applyEdits(this.saved, this.shown),
      selected,
      pointer: this.pointer,
      outline: null,
      lockables: [],
      isLocking: false,
      frame: null,
      proposals: { hints: [], chosen: null },
      brush: tools[tool].hasBrush ? { radius, color: tool === 'eraser' ? null : this.paint().color } : null,
    }
  }

  override onChange(listener: () => void): () => void {
    const stops = [super.onChange(listener), useFilm.subscribe(listener)]
    return () => {
      for (const stop of stops) stop()
    }
  }
}
