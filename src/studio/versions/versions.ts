import type { AssetId, GestureId, VersionId } from '../../contract/ids.ts'
import { recipe as recipeSchema, type Recipe, type RecipePatch } from '../../contract/recipe.ts'
import type { Wording } from '../../contract/texts.ts'
import type { Gesture, HistoryScope as Asked, Version } from '../../contract/versions.ts'
import { applyPatches } from '../../core/history/patches.ts'
import { fault } from '../../core/texts/wording.ts'
import { defaultRecipe } from '../../core/steps/index.ts'
import type { Projects } from '../projects/projects.ts'
import { checkFiles } from '../references/references.ts'
import type { Session } from '../projects/session.ts'
import { editDocument, projectDocument, setField } from './documents.ts'
import type { HistoryScope } from './history.ts'

/** Versions of pictures and the history of everything, over the open project. */
export class Versions {
  #projects: Projects

  constructor(projects: Projects) {
    this.#projects = projects
  }

  list(asset: AssetId): Version[] {
    const session = this.#projects.require()
    return session.versions.listOf(asset).map((version) => session.describe(version))
  }

  get(id: VersionId): Version {
    const session = this.#projects.require()
    return session.describe(session.versions.require(id))
  }

  change(id: VersionId, patches: readonly RecipePatch[], label: Wording): Version {
    const session = this.#projects.require()
    const { recipe } = session.versions.require(id)
    const changed = recipeSchema.safeParse(applyPatches(recipe, patches).document)
    // What is no recipe is refused, with its reason, where it is applied.
    if (changed.success) checkFiles(session, changed.data, recipe)
    session.gesture(id, label, [{ document: id, patches }])
    return this.get(id)
  }

  /** The same recipe for many; each keeps its own hints unless they are asked for too. */
  paste(recipe: Recipe, to: readonly VersionId[], withHints: boolean): GestureId {
    const session = this.#projects.require()
    checkFiles(session, recipe, undefined)
    const changes = [...new Set(to)].map((id) => {
      const target = session.versions.require(id)
      const pasted = withHints ? recipe : keepHints(recipe, target.recipe)
      return { document: id as string, patches: [{ op: 'replace' as const, path: ['steps'], value: pasted.steps }] }
    })
    return session.gesture(to.length === 1 ? (to[0] ?? null) : null, { key: 'history.paste', values: { count: changes.length } }, changes)
  }

  create(asset: AssetId, from?: VersionId, name?: string): Version {
    const session = this.#projects.require()
    const { kind } = session.assets.require(asset)
    const recipe = from ? session.versions.require(from).recipe : defaultRecipe(kind)
    const made = session.edit((touched) => {
      const version = session.versions.insert(asset, recipe, name)
      touched.versions.add(version.id)
      return version
    })
    return session.describe(made)
  }

  rename(id: VersionId, name: string): Version {
    this.#projects.require().gesture(null, { key: 'history.renameVersion', values: { name } }, [
      { document: projectDocument, patches: [setField('versions', id, 'name', name)] },
    ])
    return this.get(id)
  }

  /** Takes a version away; the last one of a picture stays. Where it was the current one, another becomes it. */
  remove(id: VersionId): void {
    const session = this.#projects.require()
    const version = session.versions.require(id)
    const others = session.versions.listOf(version.asset).filter((other) => other.id !== id)
    const heir = others.at(-1)
    if (!heir) throw fault('bad-input', 'fault.onlyVersion', 'remedy.otherVersionFirst')
    const patches = [setField('versions', id, 'removed', 1)]
    if (session.assets.require(version.asset).currentVersion === id) patches.push(setField('assets', version.asset, 'current_version', heir.id))
    session.gesture(null, { key: 'history.removeVersion', values: { name: version.name } }, [{ document: projectDocument, patches }])
  }

  choose(id: VersionId): void {
    const session = this.#projects.require()
    const version = session.versions.require(id)
    if (session.assets.require(version.asset).currentVersion === id) return
    session.gesture(null, { key: 'history.chooseVersion', values: { name: version.name } }, [
      { document: projectDocument, patches: [setField('assets', version.asset, 'current_version', id)] },
    ])
  }

  history(version: Asked, limit: number): Gesture[] {
    const session = this.#projects.require()
    return session.history.list(scopeIn(session, version), limit)
  }

  undo(version: Asked): Gesture | null {
    const session = this.#projects.require()
    return session.edit((touched) => session.history.undo(scopeIn(session, version), touched))
  }

  redo(version: Asked): Gesture | null {
    const session = this.#projects.require()
    return session.edit((touched) => session.history.redo(scopeIn(session, version), touched))
  }

  goTo(version: Asked, gesture: GestureId | null): void {
    const session = this.#projects.require()
    session.edit((touched) => session.history.goTo(scopeIn(session, version), gesture, touched))
  }
}

const scopeIn = (session: Session, asked: Asked): HistoryScope => (asked === null ? null : asked === 'edit' ? [editDocument] : session.scopeOf(asked))

/** `recipe` with the hints that the target's steps of the same name hold. */
function keepHints(recipe: Recipe, target: Recipe): Recipe {
  const steps = recipe.steps.map((step) => {
    const { hints: _hints, ...params } = step.params
    const own = target.steps.find((other) => other.step === step.step)?.params['hints']
    return { ...step, params: own === undefined ? params : { ...params, hints: own } }
  })
  return { ...recipe, steps }
}
