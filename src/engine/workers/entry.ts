import { existsSync } from 'node:fs'

/**
 * The file that threads are started with: `worker.ts` beside this one when Node runs the sources, `worker.js` beside
 * the engine's entry (or above its chunks) when the bundler built them.
 */
export function workerEntry(): URL {
  const candidates = import.meta.url.endsWith('.ts') ? ['./worker.ts'] : ['./worker.js', '../worker.js']
  const found = candidates.map((name) => new URL(name, import.meta.url)).find((url) => existsSync(url))
  if (!found) throw new Error(`the engine's worker file is not beside ${import.meta.url}`)
  return found
}
