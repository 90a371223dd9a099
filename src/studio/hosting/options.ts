import type { SpawnEngine } from '../../contract/engine.ts'
import type { StudioOptions } from '../index.ts'
import { readEnvironment } from '../settings/environment.ts'
import type { Locations } from './locations.ts'

/** What every host tells the studio, from where things lie and what the environment says. */
export function studioOptions(places: Locations, spawnEngine: SpawnEngine, env: NodeJS.ProcessEnv): StudioOptions {
  return {
    paths: { data: places.data, bundledModels: [places.bundledModels], extraModels: places.extraModels, resources: places.resources },
    spawnEngine,
    version: places.version,
    environment: readEnvironment(env),
  }
}
