import type { EngineTaskName } from '../../contract/engine.ts'
import { archiveStamp } from '../pages/archive.ts'
import { readStamp as readLabelStamp } from '../pictures/index.ts'
import type { TaskContext } from '../workers/context.ts'
import { clipColorFrame, clipColorStill, clipFrame, clipIndex, clipInfo, clipStill, inspectClip } from './clips.ts'
import { clipShots } from '../film/clipShots.ts'
import { clipPreflight } from '../film/preflight.ts'
import { colorClip } from '../film/colorClip.ts'
import { conformFilm } from '../film/conformFilm.ts'
import { editPreflight } from '../film/editPreflight.ts'
import { joinFilms } from '../film/joinFilms.ts'
import { compare, meanColor } from './evaluate.ts'
import { examinePage } from './examinePage.ts'
import { exportPicture } from './export.ts'
import { findFfmpeg } from './ffmpeg.ts'
import { frechet } from './frechet.ts'
import { inspect } from './inspect.ts'
import { measureModel, recognizeModel, verifyModel } from './models.ts'
import * as pageFiles from './pageFiles.ts'
import { writePageLayers } from './pageLayers.ts'
import { regionMap } from './regionMap.ts'
import { render } from './render.ts'
import { contactSheet } from './contactSheet.ts'
import { clipFlicker, clipScopes, compareClips, estimateProxy, makeProxy } from './review.ts'
import { compareTakes, takeStill } from './takes.ts'
import { suggestColors } from './suggestColors.ts'
import { suggestFactor } from './suggestFactor.ts'
import { listProviders, memory, probeProvider } from './system.ts'
import type { TaskRunner } from './task.ts'
import { original, thumbnail } from './views.ts'

/** All that can be asked of the engine. */
const runners: { readonly [Name in EngineTaskName]: TaskRunner<Name> } = {
  inspect,
  thumbnail,
  original,
  render,
  export: exportPicture,
  readStamp: async ({ path }) => ({ stamp: (await readLabelStamp(path))?.work || (await archiveStamp(path)) }),
  suggestFactor,
  examinePage,
  suggestColors,
  contactSheet,
  regionMap,
  verifyModel,
  measureModel,
  recognizeModel,
  listProviders,
  probeProvider,
  probeFfmpeg: (_input, task) => findFfmpeg(task.studio.config),
  memory,
  meanColor,
  compare,
  frechet,
  ...pageFiles,
  writePageLayers,
  clipInfo,
  clipIndex,
  clipStill,
  clipColorStill,
  clipColorFrame,
  clipPreflight,
  inspectClip,
  clipFrame,
  colorClip,
  editPreflight,
  conformFilm,
  joinFilms,
  clipShots,
  compareClips,
  takeStill,
  compareTakes,
  clipScopes,
  clipFlicker,
  estimateProxy,
  makeProxy,
}

/** Runs one task; the engine's loop has checked its input, and checks its output. */
export async function runTask(name: EngineTaskName, input: unknown, task: TaskContext): Promise<unknown> {
  const run = runners[name] as (input: unknown, task: TaskContext) => Promise<unknown>
  return run(input, task)
}
