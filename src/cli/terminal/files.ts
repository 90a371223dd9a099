import { rm, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { createFileStudio, type FileStudio } from '../../studio/files.ts'
import type { EngineWork } from '../../studio/hosting/fork-engine.ts'
import { locate } from '../../studio/hosting/locations.ts'
import { readEnvironment } from '../../studio/settings/environment.ts'
import { takeEngine } from './early-engine.ts'

export interface TerminalStudio extends FileStudio {
  /** Removes what a killed engine of this run was still writing in these folders. */
  sweep(folders: Iterable<string>): Promise<void>
}

/** The studio for single files, with an engine that starts at once; `verbose` lets the log be seen. */
export function openFileStudio(verbose: boolean, work: EngineWork = 'photos'): TerminalStudio {
  const places = locate()
  const say = (text: string): void => {
    if (verbose) process.stderr.write(text.endsWith('\n') ? text : `${text}\n`)
  }
  const early = takeEngine(verbose, work)
  const studio = createFileStudio({
    paths: { data: places.data, bundledModels: [places.bundledModels], extraModels: places.extraModels },
    spawnEngine: early.spawn,
    version: places.version,
    environment: readEnvironment(process.env),
    log: (area, text) => say(`${area}: ${text}`),
  })
  return {
    ...studio,
    async close() {
      early.discard()
      await studio.close()
    },
    async sweep(folders) {
      for (const folder of folders) {
        for (const name of await readdir(folder).catch((): string[] => [])) {
          const pid = /^\.hourglass-[0-9a-f]{8}-(\d+)-[0-9a-f]{8}\.tmp$/.exec(name)?.[1]
          if (pid !== undefined && early.pids.has(Number(pid))) await rm(join(folder, name), { force: true })
        }
      }
    },
  }
}
