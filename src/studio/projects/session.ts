import type { EditState } from '../../contract/edit.ts'
import type { AssetId, GestureId, VersionId } from '../../contract/ids.ts'
import type { Wording } from '../../contract/texts.ts'
import type { Version } from '../../contract/versions.ts'
import { toAsset } from '../assets/rows.ts'
import { AssetStore } from '../assets/store.ts'
import type { EventBus } from '../events.ts'
import { EditStore } from '../film/edit-store.ts'
import { FilmStore } from '../film/film-store.ts'
import { ReviewStore } from '../film/review-store.ts'
import { ShotStore } from '../film/shot-store.ts'
import type { Log } from '../log.ts'
import { Documents, editDocument, nothingTouched, paletteDocument, reviewDocument, shotsDocument, type Touched } from '../versions/documents.ts'
import { History, type Change } from '../versions/history.ts'
import { ChapterStore } from '../pages/chapter-store.ts'
import { PaletteStore } from '../pages/palette-store.ts'
import { VersionStore, type VersionRecord } from '../versions/store.ts'
import type { OpenProject } from './open-project.ts'

export interface SessionOptions {
  readonly bus: EventBus
  readonly log: Log
  readonly isDoing: (asset: AssetId) => boolean
}

/** An open project with its tables. Whatever changes in it goes through `edit`: one transaction, then the events. */
export class Session {
  readonly project: OpenProject
  readonly assets: AssetStore
  readonly versions: VersionStore
  readonly palette: PaletteStore
  readonly chapters: ChapterStore
  readonly shots: ShotStore
  readonly films: FilmStore
  readonly reviews: ReviewStore
  readonly editing: EditStore
  readonly history: History
  #bus: EventBus

  constructor(project: OpenProject, options: SessionOptions) {
    this.project = project
    this.#bus = options.bus
    const { database, folder } = project
    this.assets = new AssetStore(database, { projectFolder: folder, isDoing: options.isDoing, log: options.log })
    this.versions = new VersionStore(database, options.log)
    this.palette = new PaletteStore(database, options.log)
    this.chapters = new ChapterStore(database)
    this.shots = new ShotStore(database, options.log)
    this.films = new FilmStore(database, options.log)
    this.reviews = new ReviewStore(database, options.log)
    this.editing = new EditStore(database, options.log)
    this.history = new History(database, new Documents(database, this))
  }

  /** Runs a change as one transaction and tells what it touched. */
  edit<Result>(work: (touched: Touched) => Result): Result {
    const touched = nothingTouched()
    const result = this.project.database.transaction(() => {
      const made = work(touched)
      if (touched.assets.size + touched.versions.size + touched.clips.size > 0 || touched.swatches || touched.edit) this.project.touch()
      return made
    })
    this.announce(touched)
    return result
  }

  /** One gesture: applied, recorded with its inverse, told. */
  gesture(version: VersionId | null, label: Wording, changes: readonly Change[]): GestureId {
    return this.edit((touched) => this.history.record(version, label, changes, touched, version === null ? [] : this.scopeOf(version)))
  }

  announce({ assets, versions, clips, swatches, edit }: Touched): void {
    if (edit) this.#bus.emit({ type: 'edit.changed', edit: this.describeEdit() })
    if (swatches) this.#bus.emit({ type: 'palette.changed', palette: this.palette.get(), swatches: [...swatches] })
    const records = [...assets].flatMap((id) => this.assets.find(id) ?? [])
    const present = records.filter((record) => !record.removed).map(toAsset)
    const gone = records.filter((record) => record.removed).map((record) => record.id)
    if (present.length > 0) this.#bus.emit({ type: 'asset.changed', assets: present })
    if (gone.length > 0) this.#bus.emit({ type: 'asset.removed', ids: gone })
    const ofClips = [...clips].flatMap((id) => {
      const [clip, shots] = [this.assets.find(id), this.shots.find(id)]
      if (shots) this.#bus.emit({ type: 'shots.changed', asset: id, shots })
      if (clip) this.#bus.emit({ type: 'review.changed', asset: id, review: this.reviews.get(id) })
      // What can be undone in front of a clip counts changes of its shots and notes.
      return clip ? [clip.currentVersion] : []
    })
    for (const id of new Set([...versions, ...ofClips])) {
      const version = this.versions.find(id)
      if (version) this.#bus.emit({ type: 'version.changed', version: this.describe(version) })
    }
  }

  announceAssets(...ids: AssetId[]): void {
    this.announce({ ...nothingTouched(), assets: new Set(ids) })
  }

  announceProject(): void {
    this.#bus.emit({ type: 'project.changed', project: this.project.describe() })
  }

  /** What undo works on in front of a version: its recipe; of a page the palette too, since its colours are the page's; of a clip its shots and notes. */
  scopeOf(id: VersionId): readonly string[] {
    const { asset } = this.versions.require(id)
    const also = { photo: [], page: [paletteDocument], clip: [shotsDocument(asset), reviewDocument(asset)] }
    return [id, ...also[this.assets.find(asset)?.kind ?? 'photo']]
  }

  /** The edit as pages know it. */
  describeEdit(): EditState {
    const { undo, redo } = this.history.can([editDocument])
    return { ...this.editing.get(), canUndo: undo, canRedo: redo }
  }

  /** A version as pages know it. */
  describe(record: VersionRecord): Version {
    const { undo, redo } = this.history.can(this.scopeOf(record.id))
    const { result: _result, removed: _removed, ...plain } = record
    return { ...plain, canUndo: undo, canRedo: redo }
  }
}
