import { implement } from '@orpc/server'
import { contract } from '../contract/index.ts'
import { fault } from '../core/texts/wording.ts'
import type { Rooms } from './rooms.ts'
import { laneOf, type CallContext } from './hosting/calls.ts'
import { evaluateFolders } from './evaluate/evaluate.ts'
import { projectFolderOf } from './projects/open-project.ts'
import { examine } from './system/doctor.ts'

/** Binds every call of the contract to the room that answers it. No logic lives here but the spending of grants. */
export function createRouter(rooms: Rooms) {
  const on = implement(contract).$context<CallContext>()
  const { assets, coloring, editing, film, grants, insight, jobs, models, pages, paletteFiles, previews, projects, proxies, queueing, references, review, settings, shots, system, takes, versions } = rooms
  return on.router({
    projects: {
      current: on.projects.current.handler(async () => {
        await rooms.ready
        return projects.current?.project.describe() ?? null
      }),
      create: on.projects.create.handler(({ input }) => projects.create(input.name, input.folder && grants.resolveTarget(input.folder).path)),
      open: on.projects.open.handler(({ input }) => {
        if ('grant' in input) return projects.open(projectFolderOf(grants.resolve(input.grant).path))
        const folder = projects.recent.find(input.id)
        if (!folder) throw fault('bad-input', 'fault.notRecent', 'remedy.openFromFolder')
        return projects.open(folder)
      }),
      close: on.projects.close.handler(() => projects.close()),
      rename: on.projects.rename.handler(({ input }) => projects.rename(input.name)),
      notReopened: on.projects.notReopened.handler(async () => {
        await rooms.ready
        return projects.notReopened
      }),
      recent: on.projects.recent.handler(() => projects.recent.list()),
    },
    assets: {
      list: on.assets.list.handler(async () => {
        await rooms.ready
        return assets.list()
      }),
      add: on.assets.add.handler(async ({ input }) => {
        await rooms.ready
        return assets.add(input.grants.map((id) => grants.resolve(id)), input.kind, new Map(input.layers.map(({ grant, ...chosen }) => [grants.resolve(grant).path, chosen])))
      }),
      layers: on.assets.layers.handler(({ input }) => assets.layersOf(grants.resolve(input.grant))),
      addSamples: on.assets.addSamples.handler(async ({ input }) => {
        await rooms.ready
        return assets.addSamples(input.kind)
      }),
      mark: on.assets.mark.handler(({ input }) => ({ gesture: assets.mark(input.ids, input) })),
      remove: on.assets.remove.handler(({ input }) => ({ gesture: assets.remove(input.ids) })),
      relink: on.assets.relink.handler(async ({ input }) => ({ relinked: await assets.relink(input.id, grants.resolve(input.grant)) })),
    },
    versions: {
      list: on.versions.list.handler(({ input }) => versions.list(input.asset)),
      get: on.versions.get.handler(({ input }) => versions.get(input.id)),
      change: on.versions.change.handler(({ input }) => versions.change(input.id, input.patches, input.label)),
      paste: on.versions.paste.handler(({ input }) => ({ gesture: versions.paste(input.recipe, input.to, input.withHints) })),
      create: on.versions.create.handler(({ input }) => versions.create(input.asset, input.from, input.name)),
      rename: on.versions.rename.handler(({ input }) => versions.rename(input.id, input.name)),
      remove: on.versions.remove.handler(({ input }) => versions.remove(input.id)),
      choose: on.versions.choose.handler(({ input }) => versions.choose(input.id)),
    },
    history: {
      list: on.history.list.handler(({ input }) => versions.history(input.version, input.limit)),
      undo: on.history.undo.handler(({ input }) => versions.undo(input.version)),
      redo: on.history.redo.handler(({ input }) => versions.redo(input.version)),
      goTo: on.history.goTo.handler(({ input }) => versions.goTo(input.version, input.gesture)),
    },
    photos: {
      preview: on.photos.preview.handler(({ input, context, signal }) => previews.preview({ ...input, lane: laneOf(context, input.lane) }, signal)),
      original: on.photos.original.handler(({ input, signal }) => previews.original(input.asset, input.box, input.crop, signal)),
      suggestFactor: on.photos.suggestFactor.handler(({ input, context, signal }) => previews.suggestFactor(input.asset, input.recipe, laneOf(context, input.lane), signal)),
      reference: on.photos.reference.handler(({ input }) => references.describe(input.version)),
      setReference: on.photos.setReference.handler(({ input }) => references.set(input.version, input.grant === null ? null : grants.resolve(input.grant))),
      findReference: on.photos.findReference.handler(({ input }) => references.find(input.version, grants.resolve(input.grant))),
      colorAll: on.photos.colorAll.handler(({ input }) => ({ jobs: queueing.colorAll(input.assets, input.again) })),
      export: on.photos.export.handler(({ input }) => ({
        jobs: queueing.export(input.versions, input.folder === null ? null : grants.resolveTarget(input.folder), input.options),
      })),
    },
    pages: {
      report: on.pages.report.handler(({ input, signal }) => insight.report(input.asset, input.recipe, input.lane, signal)),
      regionMap: on.pages.regionMap.handler(({ input, signal }) => insight.regionMap(input.asset, input.recipe, signal)),
      suggest: on.pages.suggest.handler(async ({ input, signal }) => ({ hints: await insight.suggest(input.version, signal) })),
      colorsAt: on.pages.colorsAt.handler(({ input, context, signal }) => insight.colorsAt({ ...input, lane: laneOf(context, input.lane) }, signal)),
      proposals: on.pages.proposals.handler(async ({ input, signal }) => ({ hints: await insight.proposals(input.asset, input.from, input.toPalette, signal) })),
      reference: on.pages.reference.handler(({ input, signal }) => insight.reference(grants.resolve(input.grant), signal)),
      export: on.pages.export.handler(({ input }) => ({
        jobs: queueing.export(input.versions, input.folder === null ? null : grants.resolveTarget(input.folder), input.options),
      })),
      mark: on.pages.mark.handler(({ input }) => ({ gesture: pages.mark(input.ids, input) })),
    },
    palette: {
      get: on.palette.get.handler(async () => {
        await rooms.ready
        return pages.palette()
      }),
      read: on.palette.read.handler(({ input }) => paletteFiles.read(grants.resolve(input.grant), input.count)),
      write: on.palette.write.handler(({ input }) => paletteFiles.write(input.format, input.scene, input.folder === null ? null : grants.resolveTarget(input.folder))),
      change: on.palette.change.handler(({ input }) => pages.changePalette(input.patches, input.label)),
    },
    film: {
      open: on.film.open.handler(({ input, signal }) => film.open(input.asset, signal)),
      check: on.film.check.handler(({ input, signal }) => film.check(input.asset, signal)),
      still: on.film.still.handler(({ input, signal }) => film.still(input, signal)),
    },
    shots: {
      get: on.shots.get.handler(({ input }) => shots.get(input.asset)),
      find: on.shots.find.handler(({ input, signal }) => shots.find(input.asset, signal)),
      change: on.shots.change.handler(({ input }) => shots.change(input.asset, input.patches, input.label)),
    },
    coloring: {
      still: on.coloring.still.handler(({ input, context, signal }) => coloring.still({ ...input, lane: laneOf(context, input.lane) }, signal)),
      preflight: on.coloring.preflight.handler(({ input, signal }) => coloring.preflight(input, input.folder === null ? null : grants.resolveTarget(input.folder), signal)),
      start: on.coloring.start.handler(async ({ input, signal }) => ({ jobs: await coloring.start(input, input.folder === null ? null : grants.resolveTarget(input.folder), signal) })),
      saveFrame: on.coloring.saveFrame.handler(({ input, signal }) => coloring.saveFrame(input, input.folder === null ? null : grants.resolveTarget(input.folder), signal)),
      films: on.coloring.films.handler(({ input }) => coloring.films(input.asset)),
      again: on.coloring.again.handler(async ({ input, signal }) => ({ jobs: await coloring.again(input.film, signal) })),
    },
    review: {
      get: on.review.get.handler(({ input }) => review.get(input.asset)),
      change: on.review.change.handler(({ input }) => review.change(input.asset, input.patches, input.label)),
      proxy: on.review.proxy.handler(({ input }) => proxies.get(input.asset)),
      estimateProxy: on.review.estimateProxy.handler(({ input, signal }) => proxies.estimate(input.asset, signal)),
      makeProxy: on.review.makeProxy.handler(async ({ input, signal }) => ({ job: await proxies.make(input.asset, signal) })),
      csv: on.review.csv.handler(({ input, signal }) => review.csv(input.asset, input.of, input.folder === null ? null : grants.resolveTarget(input.folder), signal)),
      compare: on.review.compare.handler(({ input, signal }) => review.compare(input, signal)),
      flicker: on.review.flicker.handler(({ input, signal }) => review.flicker(input.asset, input.shotsOf, signal)),
      scopes: on.review.scopes.handler(({ input, signal }) => review.scopes(input.asset, input.frame, signal)),
    },
    takes: {
      list: on.takes.list.handler(({ input }) => takes.list(input.asset)),
      still: on.takes.still.handler(({ input, signal }) => takes.still(input, signal)),
      compare: on.takes.compare.handler(({ input, signal }) => takes.compare(input, signal)),
      use: on.takes.use.handler(({ input }) => takes.use(input.asset, input.take, input.frame)),
    },
    edit: {
      get: on.edit.get.handler(() => editing.get()),
      change: on.edit.change.handler(({ input }) => editing.change(input.patches, input.label)),
      preflight: on.edit.preflight.handler(({ input, signal }) => editing.preflight(input, input.folder === null ? null : grants.resolveTarget(input.folder), signal)),
      start: on.edit.start.handler(async ({ input, signal }) => ({ jobs: await editing.start(input, input.folder === null ? null : grants.resolveTarget(input.folder), signal) })),
    },
    jobs: {
      list: on.jobs.list.handler(async () => {
        await rooms.ready
        return jobs.list()
      }),
      pause: on.jobs.pause.handler(({ input }) => jobs.pause(input)),
      resume: on.jobs.resume.handler(({ input }) => jobs.resume(input)),
      cancel: on.jobs.cancel.handler(({ input }) => jobs.cancel(input)),
      retry: on.jobs.retry.handler(({ input }) => jobs.retry(input)),
      clear: on.jobs.clear.handler(({ input }) => jobs.clear(input.states)),
    },
    models: {
      list: on.models.list.handler(({ input }) => models.list(input.task)),
      get: on.models.get.handler(({ input }) => ({ job: queueing.fetchModel(input.id) })),
      add: on.models.add.handler(({ input }) => models.add(grants.resolve(input.grant), input.card ? grants.resolve(input.card) : null)),
      verify: on.models.verify.handler(({ input }) => models.verify(input.id)),
      remove: on.models.remove.handler(({ input }) => models.remove(input.id)),
      setDefault: on.models.setDefault.handler(({ input }) => models.setDefault(input.id)),
      measure: on.models.measure.handler(({ input }) => models.measure(input.id)),
    },
    settings: {
      get: on.settings.get.handler(() => settings.current),
      change: on.settings.change.handler(({ input }) => settings.change(input)),
    },
    evaluate: {
      folders: on.evaluate.folders.handler(({ input, signal }) => evaluateFolders({ engine: rooms.doctor.engine, grants }, input, signal)),
    },
    system: {
      info: on.system.info.handler(() => system.info()),
      doctor: on.system.doctor.handler(() => examine(rooms.doctor)),
      probe: on.system.probe.handler(() => system.probe()),
      clearCache: on.system.clearCache.handler(() => system.clearCache()),
      events: on.system.events.handler(({ signal }) => {
        // A page has come: its first picture should not wait for the engine's start.
        rooms.doctor.engine.warm()
        return rooms.bus.subscribe(signal)
      }),
    },
  })
}
export type StudioRouter = ReturnType<typeof createRouter>
