import { rmSync } from 'node:fs'
import type { z } from 'zod'
import type { Still } from '../../contract/clipFrames.ts'
import type { colorStillRequest } from '../../contract/coloring.ts'
import type { Recipe } from '../../contract/recipe.ts'
import type { EngineClient } from '../engine-client/client.ts'
import type { Models } from '../models/models.ts'
import { modelForFilm } from '../models/film.ts'
import { keyOf, type PictureCache } from '../previews/cache.ts'
import { hashOf, lookKey } from '../previews/keys.ts'
import type { Projects } from '../projects/projects.ts'
import { checkFiles } from '../references/references.ts'
import type { Film } from './film.ts'

interface ColoringOptions {
  readonly projects: Projects
  readonly engine: EngineClient
  readonly models: Pick<Models, 'forRecipe'>
  readonly cache: PictureCache
  /** Knows clips and where they lie. */
  readonly film: Pick<Film, 'clip' | 'pathOf'>
  /** Where indexes of clips are kept. */
  readonly indexes: string
  /** The memory setting, MB: it bounds what `auto` tries. */
  readonly memoryMb: () => number
}

/** Clips of the open project in colour. */
export class Coloring {
  readonly #options: ColoringOptions

  constructor(options: ColoringOptions) {
    this.#options = options
  }

  #modelFor(recipe: Recipe): ReturnType<Models['forRecipe']> {
    return modelForFilm(recipe, (each) => this.#options.models.forRecipe(each))
  }

  /** Exactly this frame in colour, from the cache or the engine. @throws HourglassError */
  async still({ asset: id, frame, recipe, box, lane, priority }: z.output<typeof colorStillRequest>, signal?: AbortSignal): Promise<Still> {
    const { cache, engine, film, indexes, memoryMb, projects } = this.#options
    const clip = film.clip(id)
    checkFiles(projects.require(), recipe, undefined)
    const model = this.#modelFor(recipe)
    const key = keyOf(hashOf({ coloured: lookKey(clip.sha256, recipe, model?.card ?? null), frame, box, memoryMb: memoryMb() }), 'jpg')
    if (cache.lookUp(key) !== null) {
      engine.supersede(lane)
      return { key, frame }
    }
    const out = cache.temporary('jpg')
    try {
      const { pts } = await engine.run('clipColorStill', { path: film.pathOf(clip), cache: indexes, frame, box, recipe, model: model?.folder ?? '', out }, { priority, lane, signal, resend: true })
      cache.keep(key, out, { pts })
      return { key, frame }
    } finally {
      rmSync(out, { force: true })
    }
  }
}
