import type { Hint } from '../../contract/hints.ts'
import type { PageReport } from '../../contract/pageReport.ts'
import { emptyPalette, type Palette } from '../../contract/pages.ts'
import type { Size } from '../../contract/pictures.ts'
import type { Recipe } from '../../contract/recipe.ts'
import type { Wording } from '../../contract/texts.ts'
import { colourHints, swatchColor } from '../../core/pages/palette.ts'
import { sheetShare } from '../../core/pages/sheet.ts'
import type { Edit } from '../photos/editing.ts'
import type { RegionMap, RegionOutline } from '../stage/overlay/regionMap.ts'
import type { Box, Lockable, OverlayScene, SceneSource } from '../stage/overlay/scene.ts'
import { tools, type ToolId } from '../stage/tools/index.ts'
import { MarkBoard } from '../stage/tools/MarkBoard.ts'
import { takePaint, useMarking } from '../stage/tools/marking.ts'
import { applyEdits, noMarks, type MarkEdit, type Marks } from '../stage/tools/marks.ts'
import type { Board, Paint } from '../stage/tools/tool.ts'
import { changeHint, editMarks, marksOf, pageParams } from './editing.ts'
import { lockablesOf, lockedAt, lockedBox } from './locking.ts'
import { usePages } from './state.ts'
import { outlineColor } from '../ui/theme/tokens.ts'

/** With these the hand colours the region under it. */
const outlining: ReadonlySet<ToolId> = new Set(['hint', 'stroke'])

type Sampler = (x: number, y: number) => string | null

/** The open page as tools and overlay know it: between two drawings of the window it is always up to date. */
export class PageBoard extends MarkBoard implements Board, SceneSource {
  size: Size
  #save: (edit: Edit) => void
  #sampler: Sampler = () => null
  #recipe: Recipe | null = null
  #palette: Palette = emptyPalette
  #scene: string | null = null
  #coloured: Marks = noMarks
  #frame: Box | null = null
  #report: PageReport | null = null
  #regions: RegionMap | null = null
  #proposals: OverlayScene['proposals'] = { hints: [], chosen: null }
  #lockables: { readonly panels: readonly Lockable[]; readonly locked: readonly Lockable[] } = { panels: [], locked: [] }

  constructor(size: Size, save: (edit: Edit) => void) {
    super()
    this.size = size
    this.#save = save
  }

  /** Who saves its changes from now on. */
  saveWith(save: (edit: Edit) => void): void {
    this.#save = save
  }

  /** Where the colours of the result are read. */
  sampleFrom(sampler: Sampler): void {
    this.#sampler = sampler
  }

  /** The recipe as it is saved, or as another part of the window has changed it. */
  setRecipe(recipe: Recipe, palette: Palette): void {
    if (recipe === this.#recipe && palette === this.#palette) return
    this.#recipe = recipe
    this.#palette = palette
    this.#scene = pageParams(recipe).scene
    const marks = marksOf(recipe)
    this.#coloured = this.#colour(marks)
    this.#lockables = lockablesOf(recipe, this.#report)
    this.setMarks(marks)
    this.tell()
  }

  /** What the studio has found on the page; null: not known. */
  tellReport(report: PageReport | null): void {
    this.#report = report
    this.#lockables = lockablesOf(this.#recipe, report)
    this.tell()
  }

  /** Which region is where; null: not known. */
  tellRegions(regions: RegionMap | null): void {
    this.#regions = regions
    this.tell()
  }

  #colour(marks: Marks): Marks {
    return { ...marks, hints: colourHints(marks.hints, this.#palette, this.#scene) }
  }

  commit(edits: readonly MarkEdit[], label: Wording): void {
    if (!this.#recipe) return
    this.shown = []
    this.#ask(edits)
    this.#change(editMarks(this.#recipe, edits, label))
  }

  /** A dot on a region that had no hint: the colours that are likely there are looked up. Anything else ends the question. */
  #ask(edits: readonly MarkEdit[]): void {
    const [edit, ...others] = edits
    const dot = others.length === 0 && edit?.list === 'hints' && edit.op === 'add' && edit.value.kind === 'dot' ? edit.value : null
    const region = dot && this.#regions?.at(dot.x, dot.y)
    const isOpen = region !== null && (this.#report?.unhinted.some((each) => each.region === region) ?? false)
    usePages.setState({ asked: dot && isOpen && dot.auto !== true ? { x: dot.x, y: dot.y, hint: this.saved.hints.length, hasKeys: false } : null })
  }

  /** Asks for the likely colours of the chosen hint, or of the place under the pointer, with the digits as their keys. */
  ask(): void {
    const { asked } = usePages.getState()
    const selected = this.selected()
    const hint = selected === null ? undefined : this.saved.hints[selected]
    if (asked && !asked.hasKeys) usePages.setState({ asked: { ...asked, hasKeys: true } })
    else if (hint) {
      const [x, y] = hint.kind === 'dot' ? [hint.x, hint.y] : (hint.points[0] ?? [0, 0])
      usePages.setState({ asked: { x, y, hint: selected, hasKeys: true } })
    } else if (this.pointer) usePages.setState({ asked: { ...this.pointer, hint: null, hasKeys: true } })
  }

  /** Hints that are only proposed, and which of them is chosen. */
  propose(hints: readonly Hint[], chosen: number | null): void {
    this.#proposals = { hints, chosen }
    this.tell()
  }

  #change(edit: Edit): void {
    if (edit.patches.length === 0) return
    this.setRecipe(edit.recipe, this.#palette)
    this.#save(edit)
  }

  paint(): Paint {
    return useMarking.getState().paint
  }

  take(paint: Paint): void {
    const swatch = this.#palette.swatches.find(({ id }) => id === paint.swatch)
    takePaint(swatch ? { ...paint, color: swatchColor(swatch, this.#scene) } : { ...paint, swatch: null })
    this.tell()
  }

  /** Takes up a colour, and gives it to the chosen hint. */
  recolour(paint: Paint): void {
    this.take(paint)
    const selected = this.selected()
    if (selected === null || !this.#recipe) return
    const { color, swatch, empty } = this.paint()
    const edit = changeHint(this.#recipe, selected, { color, swatch: swatch ?? undefined, empty: empty || undefined }, { key: 'history.hint.recolour' })
    this.#change(edit)
  }

  /** Another name for a hint, shown or hidden, and the like. */
  change(at: number, change: Partial<Hint>, label: Wording): void {
    if (this.#recipe) this.#change(changeHint(this.#recipe, at, change, label))
  }

  sample(x: number, y: number): string | null {
    return this.#sampler(x, y)
  }

  lockAt(x: number, y: number): void {
    if (this.#recipe) this.#change(lockedAt({ x, y }, this.#recipe, this.#palette, this.#report))
  }

  lockBox(box: Box): void {
    if (this.#recipe) this.#change(lockedBox(box, this.#recipe, this.#palette))
  }

  frame(box: Box | null): void {
    if (this.#frame === box) return
    this.#frame = box
    this.tell()
  }

  /** Adds hints as one gesture. */
  add(hints: readonly Hint[], label: Wording): void {
    this.commit(hints.map((value) => ({ list: 'hints', op: 'add', value })), label)
  }

  #outline(): RegionOutline | null {
    if (!this.pointer || !this.#regions) return null
    return this.#regions.outline(this.#regions.at(this.pointer.x, this.pointer.y), outlineColor)
  }

  scene(): OverlayScene {
    const { tool } = usePages.getState()
    const { paint, selected } = useMarking.getState()
    const { hasBrush } = tools[tool]
    return {
      marks: this.shown.length === 0 ? this.#coloured : this.#colour(applyEdits(this.saved, this.shown)),
      selected,
      pointer: this.pointer,
      outline: outlining.has(tool) ? this.#outline() : null,
      lockables: tool === 'lock' ? this.#lockables.panels : this.#lockables.locked,
      isLocking: tool === 'lock',
      proposals: this.#proposals,
      frame: this.#frame,
      brush: hasBrush ? { radius: this.radius(), color: tool === 'eraser' || paint.empty ? null : paint.color } : null,
    }
  }

  /** What is a share of a page is one of a sheet's on a strip. */
  override radius(): number {
    return super.radius() * sheetShare(this.size)
  }

  override onChange(listener: () => void): () => void {
    const stops = [super.onChange(listener), usePages.subscribe(listener)]
    return () => {
      for (const stop of stops) stop()
    }
  }
}
