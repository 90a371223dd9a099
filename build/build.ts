// `npm run build`: kernels, then main, preload and page into out/.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { isBuilt, markBuilt } from './fresh.ts'
import { repositoryRoot, runNode, say } from './run.ts'

/** Builds into out/; throws when a part fails. `onlyIfStale` leaves a build of the present sources as it is. */
export async function build({ onlyIfStale }: { onlyIfStale: boolean }): Promise<void> {
  if (onlyIfStale && isBuilt(repositoryRoot)) return
  say('building …')
  // electron-vite empties out/main, out/preload and out/renderer; the kernels have a folder of their own.
  const steps: [string, string[]][] = [
    ['build/kernels.mjs', []],
    ['node_modules/electron-vite/bin/electron-vite.js', ['build', '--logLevel', 'warn']],
  ]
  for (const [script, args] of steps) {
    if (!existsSync(join(repositoryRoot, script))) continue
    const status = await runNode(script, args)
    if (status !== 0) throw new Error(`${script} ended with status ${status}; the lines above say why.`)
  }
  markBuilt(repositoryRoot)
}

if (import.meta.main) {
  try {
    await build({ onlyIfStale: process.argv.includes('--if-stale') })
  } catch (error) {
    say(error instanceof Error ? error.message : String(error))
    process.exitCode = 1
  }
}
