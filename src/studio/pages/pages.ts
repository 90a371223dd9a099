import type { PageState } from '../../contract/assets.ts'
import type { AssetId, GestureId } from '../../contract/ids.ts'
import { emptyPalette, type Palette } from '../../contract/pages.ts'
import type { RecipePatch } from '../../contract/recipe.ts'
import type { Wording } from '../../contract/texts.ts'
import { fault } from '../../core/texts/wording.ts'
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
  changePalette(patches: readonly RecipePatch[], label: Wording): Palette {
    this.#projects.require().gesture(null, label, [{ document: paletteDocument, patches }])
    return this.palette()
  }

  /** @throws HourglassError `bad-input` where one of them is no page, or nothing is said. */
  mark(ids: readonly AssetId[], marks: { state?: PageState; note?: string }): GestureId {
    const session = this.#projects.require()
    const patches = [...new Set(ids)].flatMap((id) => {
      const { kind, name } = session.assets.require(id)
      if (kind !== 'page') throw fault('bad-input', 'fault.notAPage', 'remedy.markPagesOnly', { name })
      return [
        ...(marks.state === undefined ? [] : [setField('assets', id, 'page_state', marks.state)]),
        ...(marks.note === undefined ? [] : [setField('assets', id, 'note', marks.note)]),
      ]
    })
    if (patches.length === 0) throw fault('bad-input', 'fault.nothingSaidOfPage', 'remedy.sayWhatToMark')
    const label: Wording = marks.state === undefined ? { key: 'history.pageNote' } : { key: 'history.pageState', values: { state: marks.state, count: ids.length } }
    return session.gesture(null, label, [{ document: projectDocument, patches }])
  }
}
