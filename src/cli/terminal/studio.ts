import { existsSync } from 'node:fs'
import { createRouterClient } from '@orpc/server'
import type { GrantId } from '../../contract/ids.ts'
import { fault } from '../../core/texts/wording.ts'
import { directInterceptors } from '../../studio/hosting/calls.ts'
import { createStudio, type Studio } from '../../studio/index.ts'
import { studioOptions } from '../../studio/hosting/options.ts'
import { forkEngine } from '../../studio/hosting/fork-engine.ts'
import { locate } from '../../studio/hosting/locations.ts'

function callsOf(studio: Studio) {
  return createRouterClient(studio.router, { context: {}, interceptors: directInterceptors })
}

/** The whole studio in this process, for commands that need more than single files. */
export interface StudioAtHand {
  readonly calls: ReturnType<typeof callsOf>
  readonly studio: Studio
  /** Permission for a path that was named on the command line. */
  grant(path: string, options?: { write?: boolean }): GrantId
}

function standing(path: string): string {
  if (!existsSync(path)) throw fault('bad-input', 'fault.notThere', 'remedy.checkPathQuoted', { file: path })
  return path
}

/** Runs `work` with the studio and closes it afterwards, whatever happened. */
export async function withStudio<Result>(verbose: boolean, work: (at: StudioAtHand) => Promise<Result>): Promise<Result> {
  const places = locate()
  const onLog = (text: string): void => void (verbose && process.stderr.write(text))
  const studio = createStudio({ ...studioOptions(places, forkEngine({ entry: places.engine, onLog }), process.env), reopen: false })
  try {
    return await work({ studio, calls: callsOf(studio), grant: (path, options) => studio.grants.give(standing(path), options).grant })
  } finally {
    await studio.close()
  }
}
