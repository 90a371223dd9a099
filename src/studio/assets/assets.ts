import { randomUUID } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { rm, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Asset, ChosenLayers } from '../../contract/assets.ts'
import type { EngineOutput } from '../../contract/engine.ts'
import { asHourglassError, HourglassError } from '../../contract/errors.ts'
import { assetId, versionId, type AssetId, type GestureId } from '../../contract/ids.ts'
import type { Wording } from '../../contract/texts.ts'
import { numberedName } from '../../core/film/sequences.ts'
import { stem } from '../../core/photos/naming.ts'
import { fault } from '../../core/texts/wording.ts'
import { defaultRecipe } from '../../core/steps/index.ts'
import { withParams } from '../../core/steps/withParams.ts'
import type { EngineClient } from '../engine-client/client.ts'
import type { Grant } from '../grants/grants.ts'
import type { Projects } from '../projects/projects.ts'
import type { Session } from '../projects/session.ts'
import { projectDocument, setField } from '../versions/documents.ts'
import { collect, naturalOrder, type Candidate, type Rejected } from './collect.ts'
import { originals, takeIn, takeInTogether } from './originals.ts'
import { inOrder } from './pool.ts'
import { toAsset, type AssetRecord } from './rows.ts'
import type { Thumbnails } from './thumbnails.ts'
import { unpackPages } from './unpacking.ts'

/** Files looked at together. */
const inspectWidth = 4

export interface AssetsOptions {
  readonly projects: Projects
  readonly engine: EngineClient
  readonly thumbnails: Thumbnails
  readonly samples: string
  /** Where indexes of clips are kept. */
  readonly indexes: string
}

type Inspected = { ok: true; facts: EngineOutput<'inspectClip'> } | { ok: false; error: HourglassError }

class KnownPicture extends HourglassError {
  constructor(name: string, known: string) {
    const { code, message, remedy, wording } = fault('bad-input', 'fault.knownAlready', 'remedy.keptOnce', { name, known })
    super(code, message, remedy, { wording })
  }
}

/** Whether a clip is the numbered pictures of which its file is one. */
const isOneOfMany = ({ kind, path }: AssetRecord): boolean => kind === 'clip' && numberedName(basename(path)) !== null

const forgetUpload = async ({ path, pictures = [path] }: Candidate): Promise<void> => {
  for (const each of pictures) await rm(each, { force: true })
}

/** The pictures of the open project. */
export class Assets {
  #options: AssetsOptions

  constructor(options: AssetsOptions) {
    this.#options = options
  }

  list(): Asset[] {
    return this.#options.projects.current?.assets.list().map(toAsset) ?? []
  }

  async add(grants: readonly Grant[], kind: Asset['kind'] = 'photo', chosen: ReadonlyMap<string, Omit<ChosenLayers, 'grant'>> = new Map()): Promise<{ added: Asset[]; rejected: Rejected[] }> {
    const session = await this.#options.projects.requireOrCreate()
    const collected = await collect(grants, kind)
    const { found, rejected, comicInfos, sweep } = kind === 'page' ? await unpackPages(this.#options.engine, collected.found, chosen) : { found: collected.found, rejected: [], comicInfos: [], sweep: async () => undefined }
    rejected.unshift(...collected.rejected)
    const added = await this.#addAll(session, found, kind, rejected).finally(sweep)
    for (const { folder, text } of comicInfos) if (added.some((asset) => asset.folder === folder || asset.folder.startsWith(`${folder}/`))) session.chapters.keepComicInfo(folder, text)
    if (found.length === 0 && rejected.length === 0) {
      const name = grants[0]?.name ?? ''
      rejected.push({ name, error: fault('bad-input', 'fault.noPictureInFolder', 'remedy.chooseFolderWithPictures', { folder: name }).toData() })
    }
    return { added, rejected }
  }

  async #addAll(session: Session, candidates: readonly Candidate[], kind: Asset['kind'], rejected: Rejected[], copy = false): Promise<Asset[]> {
    const added: AssetId[] = []
    await inOrder(
      candidates,
      inspectWidth,
      (candidate) => this.#inspect(candidate, kind),
      async (inspected, candidate) => {
        try {
          if (!inspected.ok) throw inspected.error
          if (this.#options.projects.current !== session) throw fault('bad-input', 'fault.closedMeanwhile', 'remedy.addAgain', { name: candidate.name })
          const id = await this.#take(session, candidate, inspected.facts, kind, copy)
          added.push(id)
          this.#options.thumbnails.want([id])
        } catch (error) {
          // An upload that is not taken belongs to nobody any more.
          if (candidate.uploaded) await forgetUpload(candidate)
          const name = candidate.folder ? `${candidate.folder}/${candidate.name}` : candidate.name
          rejected.push({ name, error: asHourglassError(error).toData(), ...(error instanceof KnownPicture && { known: true }) })
        }
      },
    )
    if (added.length > 0) session.announceProject()
    return added.flatMap((id) => session.assets.find(id) ?? []).map(toAsset)
  }

  async #inspect(candidate: Candidate, kind: Asset['kind']): Promise<Inspected> {
    try {
      if (kind === 'clip') return { ok: true, facts: await this.#options.engine.run('inspectClip', { path: candidate.path, cache: this.#options.indexes }, { priority: 'visible', resend: true }) }
      const facts = await this.#options.engine.run('inspect', { path: candidate.path, hash: true }, { priority: 'visible', resend: true })
      if (facts.sha256 === null) throw fault('internal', 'fault.readWithoutHash', 'remedy.tryAgain', { name: candidate.name })
      return { ok: true, facts: { info: facts.info, sha256: facts.sha256 } }
    } catch (error) {
      return { ok: false, error: asHourglassError(error) }
    }
  }

  /** Brings a candidate into the project; numbered pictures all together. */
  #takeOriginal({ project }: Session, { path, name, folder, uploaded, pictures }: Candidate): Promise<string> {
    return pictures ? takeInTogether(project, pictures, folder.split('/').at(-1) || stem(name), uploaded) : takeIn(project, originals, path, name, uploaded)
  }

  async #take(session: Session, candidate: Candidate, facts: { info: AssetRecord['info']; sha256: string }, kind: Asset['kind'], copy: boolean): Promise<AssetId> {
    const twins = session.assets.findBySha(facts.sha256)
    const known = candidate.inArchive ? twins.find(({ name, folder }) => name === candidate.name && folder === candidate.folder) : twins[0]
    if (known && !known.removed) {
      throw new KnownPicture(candidate.name, known.name)
    }
    const own = candidate.uploaded || copy
    if (known) {
      const isThere = (await stat(known.path).catch(() => null)) !== null
      const path = !own ? candidate.path : isThere ? null : await this.#takeOriginal(session, candidate)
      session.edit((touched) => {
        session.assets.restore(known.id)
        if (known.kind !== kind) session.assets.setKind(known.id, kind, session.versions.insert(known.id, defaultRecipe(kind)).id)
        if (path !== null) session.assets.setPath(known.id, path, own ? 'copied' : 'linked')
        touched.assets.add(known.id)
      })
      if (candidate.uploaded) await forgetUpload(candidate)
      return known.id
    }
    const path = own ? await this.#takeOriginal(session, candidate) : candidate.path
    const id = assetId.parse(randomUUID())
    const version = versionId.parse(randomUUID())
    const { name, folder } = candidate
    const recipe = defaultRecipe(kind)
    const rough = candidate.rough === undefined ? null : await takeIn(session.project, `references/${facts.sha256.slice(0, 12)}`, candidate.rough, name, true)
    session.edit((touched) => {
      session.assets.insert({ id, kind, name, folder, sha256: facts.sha256, path, storage: own ? 'copied' : 'linked', info: facts.info, version })
      session.versions.insert(id, rough === null ? recipe : withParams(recipe, 'page', { rough }), undefined, version)
      touched.assets.add(id)
    })
    return id
  }

  /** What a layered file is made of. @throws HourglassError where it is none */
  async layersOf(grant: Grant): Promise<Pick<EngineOutput<'listLayers'>, 'layers' | 'lines'>> {
    const { layers, lines } = await this.#options.engine.run('listLayers', { path: grant.path }, { priority: 'interactive', resend: true })
    return { layers, lines }
  }

  /** The studio's own pictures of one kind, copied in; those that are there already are answered too. */
  async addSamples(kind: Asset['kind']): Promise<Asset[]> {
    const session = await this.#options.projects.requireOrCreate()
    const { samples } = this.#options
    const names = readdirSync(samples, { withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.startsWith(`${kind}-`))
      .map((entry) => entry.name)
      .sort(naturalOrder)
    const candidates = names.map((name) => ({ path: join(samples, name), name, folder: '', uploaded: false }))
    await this.#addAll(session, candidates, kind, [], true)
    const wanted = new Set(names)
    return this.list().filter((asset) => wanted.has(asset.name) && asset.storage === 'copied')
  }

  mark(ids: readonly AssetId[], marks: { stars?: number; flag?: Asset['flag'] }): GestureId {
    const session = this.#options.projects.require()
    const patches = ids.flatMap((id) => {
      session.assets.require(id)
      return [
        ...(marks.stars === undefined ? [] : [setField('assets', id, 'stars', marks.stars)]),
        ...(marks.flag === undefined ? [] : [setField('assets', id, 'flag', marks.flag)]),
      ]
    })
    if (patches.length === 0) throw fault('bad-input', 'fault.nothingToMark', 'remedy.sayWhatToMark')
    const count = ids.length
    const label: Wording =
      marks.stars === undefined ? { key: 'history.flag', values: { flag: marks.flag ?? 'none', count } } : { key: 'history.stars', values: { stars: marks.stars, count } }
    return session.gesture(null, label, [{ document: projectDocument, patches }])
  }

  /** Out of the project; the files and everything known of them stay, and undo brings them back. */
  remove(ids: readonly AssetId[]): GestureId {
    const session = this.#options.projects.require()
    const patches = [...new Set(ids)].map((id) => setField('assets', session.assets.require(id).id, 'removed', 1))
    const gesture = session.gesture(null, { key: 'history.removeAssets', values: { count: patches.length } }, [{ document: projectDocument, patches }])
    session.announceProject()
    return gesture
  }

  /** Notes which originals are not where they were (or are other files now); runs after a project was opened. */
  async findMissing(session: Session): Promise<void> {
    const changed: AssetId[] = []
    for (const asset of session.assets.list()) {
      const facts = await stat(asset.path).catch(() => null)
      // The bytes of numbered pictures are those of all of them.
      const missing = facts === null || (facts.size !== asset.info.bytes && !isOneOfMany(asset))
      if (this.#options.projects.current !== session) return
      if (missing === asset.missing) continue
      session.assets.setMissing(asset.id, missing)
      changed.push(asset.id)
    }
    if (changed.length > 0) session.announceAssets(...changed)
  }

  /**
   * Points a moved original to its new place. The bytes must be the same; from a folder every missing original is
   * searched.
   */
  async relink(id: AssetId, grant: Grant): Promise<AssetId[]> {
    const session = this.#options.projects.require()
    const asset = session.assets.require(id)
    const relinked: AssetId[] = []
    if (!grant.isFolder) {
      if ((await this.#shaOf(grant.path, asset.kind)) !== asset.sha256) {
        throw fault('bad-input', 'fault.otherBytes', 'remedy.chooseFileItself', { file: grant.name, name: asset.name })
      }
      // What a host received must be kept; what the user has stays where it is.
      if (grant.ownership === 'uploaded') this.#point(session, asset.id, await takeIn(session.project, originals, grant.path, asset.name, true), 'copied')
      else this.#point(session, asset.id, grant.path, 'linked')
      return [asset.id]
    }
    const wanted = session.assets.list().filter((other) => (other.kind === 'clip') === (asset.kind === 'clip') && (other.missing || other.id === id))
    const { found } = await collect([grant], asset.kind)
    for (const candidate of found) {
      const facts = await stat(candidate.path).catch(() => null)
      const bySize = wanted.filter((other) => (candidate.pictures || other.info.bytes === facts?.size) && !relinked.includes(other.id))
      if (bySize.length === 0) continue
      const sha256 = await this.#shaOf(candidate.path, asset.kind)
      const match = bySize.find((other) => other.sha256 === sha256)
      if (!match) continue
      if (candidate.uploaded) this.#point(session, match.id, await this.#takeOriginal(session, candidate), 'copied')
      else this.#point(session, match.id, candidate.path, 'linked')
      relinked.push(match.id)
    }
    if (relinked.length === 0) throw fault('bad-input', 'fault.originalNotIn', 'remedy.otherFolder', { name: asset.name, folder: grant.name })
    return relinked
  }

  #point(session: Session, id: AssetId, path: string, storage: AssetRecord['storage']): void {
    session.edit((touched) => {
      session.assets.setPath(id, path, storage)
      touched.assets.add(id)
    })
    this.#options.thumbnails.want([id])
  }

  async #shaOf(path: string, kind: Asset['kind']): Promise<string | null> {
    const inspected = await this.#inspect({ path, name: basename(path), folder: '', uploaded: false }, kind)
    return inspected.ok ? inspected.facts.sha256 : null
  }
}
