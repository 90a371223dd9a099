import type { PageState } from '../../contract/assets.ts'
import { HourglassError } from '../../contract/errors.ts'
import type { AssetId, GestureId } from '../../contract/ids.ts'
import { emptyPalette, type Palette } from '../../contract/pages.ts'
import type { Label, RecipePatch } from '../../contract/recipe.ts'
import type { Projects } from '../projects/projects.ts'
import { paletteDocument, projectDocument, setField } from '../versions/documents.ts'

/** What pages have beside what every asset has: a shared palette, the colorist's word, a note. */
export class Pages {
  #projects: Projects

  constructor(projects: Projects) {
    this.#projects = projects
  }

  palette(): Palette {
    return this.#projects.current?.palette.get() ?? emptyPalette
  }

  /** One gesture over the palette. Linked pages follow by themselves: the change is told with the swatches it touched. */
  changePalette(patches: readonly RecipePatch[], label: Label): Palette {
    this.#projects.require().gesture(null, label, [{ document: paletteDocument, patches }])
    return this.palette()
  }

  /** @throws HourglassError `bad-input` where one of them is no page, or nothing is said. */
  mark(ids: readonly AssetId[], marks: { state?: PageState; note?: string }): GestureId {
    const session = this.#projects.require()
    const patches = [...new Set(ids)].flatMap((id) => {
      const { kind, name } = session.assets.require(id)
      if (kind !== 'page') throw new HourglassError('bad-input', `${name} is not a page.`, 'Mark pages only.')
      return [
        ...(marks.state === undefined ? [] : [setField('assets', id, 'page_state', marks.state)]),
        ...(marks.note === undefined ? [] : [setField('assets', id, 'note', marks.note)]),
      ]
    })
    if (patches.length === 0) throw new HourglassError('bad-input', 'Neither a state nor a note was given.', 'Say what to mark.')
    const label: Label = marks.state === undefined ? { key: 'history.pageNote' } : { key: 'history.pageState', values: { state: marks.state, count: ids.length } }
    return session.gesture(null, label, [{ document: projectDocument, patches }])
  }
}
