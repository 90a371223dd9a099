import { withFiles } from '../../core/steps/files.ts'
import { basename } from 'node:path'
import { lockedParams, showsNetworkHints, type PageParams } from '../../core/steps/page.ts'
import { analysePage, flattened, layoutOf, pagePixels } from '../pages/analysis.ts'
import { colorKindOfPage, onColor } from '../pages/coloring.ts'
import { layersPath, writeLayers } from '../pages/documents.ts'
import { draftFor } from '../pages/draft.ts'
import type { LayeredPage } from '../pages/layers.ts'
import { layersOfSets, lockedArea, withLocked, type LayerSet, type LayerSets } from '../pages/locks.ts'
import { planesOf } from '../pages/pageLayers.ts'
import { pageParams } from '../pages/params.ts'
import { assertRoomForLayers } from '../pages/room.ts'
import { settled } from '../pages/settling.ts'
import { solvePage } from '../pages/solving.ts'
import { assertFits } from '../pictures/limits.ts'
import { openPicture, type Pixels } from '../pictures/index.ts'
import { withLabel } from '../pictures/metadata/label.ts'
import { runRecipe } from '../steps/index.ts'
import type { TaskContext } from '../workers/context.ts'
import { fullOf } from './sources.ts'
import type { TaskInput, TaskOutput } from './task.ts'

/** A picture as a page of one layer. */
function oneLayer(pixels: Pixels, dpi: number | null): LayeredPage {
  const { data, width, height, channels } = pagePixels(flattened(pixels))
  const rgba = new Uint8Array(4 * width * height).fill(255)
  for (let i = 0; i < width * height; i++) for (let channel = 0; channel < 3; channel++) rgba[4 * i + channel] = data[i * channels + (channels === 3 ? channel : 0)] as number
  return { width, height, dpi, layers: [{ name: 'Page', kind: 'other', left: 0, top: 0, width, height, pixels: { rgba }, blend: 'normal', opacity: 1, hidden: false, group: [] }] }
}

/**
 * The page of a recipe in layers: what hints fill, hard-edged, what a network or a rough picture gave in a layer of its own,
 * and the page's lines and tones over it. A page that is in colour already and not coloured anew is one layer.
 */
export async function writePageLayers(input: TaskInput<'writePageLayers'>, task: TaskContext): Promise<TaskOutput<'writePageLayers'>> {
  const params = pageParams(input.recipe)
  const full = await fullOf(task, input.source)
  const { info, profile } = await openPicture(input.source.path)
  for (const format of input.formats) assertFits(format, info, layersPath(input.stem, format))
  assertRoomForLayers(info, input.stem, task.studio)
  const kept = onColor(await colorKindOfPage(task.studio.memo, full), params) !== 'page'
  let page: LayeredPage
  let models: { id: string; sha256: string }[] = []
  let fromNetwork = !kept && showsNetworkHints(params.hints)
  if (kept) {
    const context = { task, model: '', key: full.key, full: null, inPlace: false, window: null, times: { network: 0, compose: 0 } }
    page = oneLayer((await runRecipe(await full.pixels(), input.recipe, context)).pixels, info.density)
  } else {
    const setFor = async (own: PageParams): Promise<LayerSet> => {
      const analysis = await analysePage(task, full, own)
      task.check()
      const layout = layoutOf(analysis, own)
      const { fills } = solvePage(analysis, layout, own, () => task.check())
      const draft = await draftFor(full, analysis, fills, own, input.model, task)
      task.check()
      if (draft?.network) models = [{ id: draft.network.model.card.id, sha256: draft.network.model.card.sha256 }]
      const planes = await planesOf(await full.pixels(), analysis, layout, fills, own, draft, info.density, input.swatches, () => task.pause())
      await task.pause()
      return { planes: settled(planes, own.grow ?? undefined), lineOpacity: own.lineOpacity, fillOpacity: own.fillOpacity }
    }
    let sets: LayerSets = [await setFor(params)]
    for (const lock of params.linesOnly ? [] : params.locks) {
      const own = lockedParams(lock)
      fromNetwork ||= showsNetworkHints(own.hints)
      sets = withLocked(sets, await setFor(own), lockedArea(lock.box, sets[0].planes))
    }
    page = layersOfSets(sets)
  }
  const network = models.length > 0 || fromNetwork
  const label = { creatorTool: `Hourglass Studio ${task.studio.config.version}`, trained: true, recipe: withFiles(input.recipe, (path) => basename(path)), models, source: input.source.sha256 ?? null, work: '' }
  const { stem, overwrite, original } = input
  const xmp = network && input.label ? withLabel(null, label) : null
  const written = await task.abortable((signal) => writeLayers(page, input.formats, stem, { overwrite: overwrite || 'same', original, signal, xmp, converted: profile !== null && profile.kind !== 'srgb' }))
  return { files: written.map(({ format, path }) => ({ format, path })), layers: page.layers.length, network, notes: [...(written[0]?.notes ?? [])] }
}
