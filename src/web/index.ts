import { spawn } from 'node:child_process'
import { parseArgs } from 'node:util'
import { asHourglassError } from '../contract/errors.ts'
import { fault } from '../core/texts/wording.ts'
import { forkEngine } from '../studio/hosting/fork-engine.ts'
import { hostTexts } from '../studio/hosting/language.ts'
import { locate } from '../studio/hosting/locations.ts'
import { studioOptions } from '../studio/hosting/options.ts'
import { createStudio } from '../studio/index.ts'
import { openFolder } from '../studio/hosting/open-folder.ts'
import { startWebHost } from './server.ts'
import { join } from 'node:path'

export interface ServeOptions {
  readonly port?: number | undefined
  readonly open?: boolean | undefined
  /** A folder with pictures, or a project. */
  readonly folder?: string | undefined
}

/** Opens an address with the system's browser; that none opens is no failure, the address is printed anyway. */
function openBrowser(address: string): void {
  const [program, ...args] = process.platform === 'darwin' ? ['open', address] : process.platform === 'win32' ? ['cmd', '/c', 'start', '', address] : ['xdg-open', address]
  const child = spawn(program ?? 'xdg-open', args, { stdio: 'ignore', detached: true })
  child.on('error', () => undefined)
  child.unref()
}

/**
 * Runs the studio for a browser until the process is told to end. Prints its address alone on a line on stdout
 * once it is ready; ends by itself, cleanly, on SIGINT and SIGTERM.
 */
export async function serve(options: ServeOptions = {}): Promise<void> {
  const places = locate()
  const studio = createStudio(studioOptions(places, forkEngine({ entry: places.engine }), process.env))
  let ending = false
  const end = async (host: { close(): Promise<void> } | null, status: number): Promise<void> => {
    if (ending) return
    ending = true
    await host?.close()
    await studio.close()
    process.exit(status)
  }
  let host: Awaited<ReturnType<typeof startWebHost>> | null = null
  try {
    host = await startWebHost({ studio, renderer: places.renderer, icon: join(places.resources, 'logo-small.svg'), uploads: join(places.data, 'uploads'), projects: join(places.data, 'projects'), port: options.port ?? 0 })
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end(host, 0))
    if (options.folder !== undefined) await openFolder(studio, places.data, options.folder)
    process.stdout.write(`Hourglass Studio: ${host.address}\n`)
    if (options.open) openBrowser(host.address)
  } catch (thrown) {
    await host?.close()
    await studio.close()
    throw thrown
  }
}

async function main(): Promise<void> {
  try {
    const { values, positionals } = parseArgs({ options: { port: { type: 'string' }, open: { type: 'boolean' } }, allowPositionals: true })
    const port = values.port === undefined ? undefined : Number(values.port)
    if (port !== undefined && !(Number.isInteger(port) && port >= 0 && port <= 65_535)) {
      throw fault('bad-input', 'fault.noPort', 'remedy.portRange', { port: values.port ?? '' })
    }
    await serve({ port, open: values.open, folder: positionals[0] })
  } catch (thrown) {
    const { message, remedy } = (await hostTexts(locate().data, process.env)).told(asHourglassError(thrown))
    process.stderr.write(`hourglass: ${message}\n  → ${remedy}\n`)
    process.exit(1)
  }
}

if (import.meta.main) await main()
