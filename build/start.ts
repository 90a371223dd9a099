// `npm start`: the studio in its Electron window, or in the browser where there can be no window.
//
//   npm start [-- --web] [-- --no-open] [-- --port N] [FOLDER]
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from './build.ts'
import { repositoryRoot, run, runNode, say } from './run.ts'

const electronFolder = join(repositoryRoot, 'node_modules/electron')
const cacheFolder = join(repositoryRoot, 'node_modules/.cache/hourglass')
const downloadLimitMs = 180_000
const retryAfterMs = 24 * 60 * 60 * 1000

/** The Electron binary that is already here. `require('electron')` is not asked: it would start a download. */
function electronBinary(): string | undefined {
  try {
    const file = join(electronFolder, 'dist', readFileSync(join(electronFolder, 'path.txt'), 'utf8').trim())
    return existsSync(file) ? file : undefined
  } catch {
    return undefined
  }
}

/** Fetches Electron with its own installer; a failed try is not repeated for a day, so that a start stays quick. */
function fetchElectron(): string | undefined {
  const failedAt = join(cacheFolder, 'electron-download-failed')
  if (existsSync(failedAt) && Date.now() - Number(readFileSync(failedAt, 'utf8')) < retryAfterMs) return undefined
  say('fetching Electron (once, at most three minutes) …')
  spawnSync(process.execPath, [join(electronFolder, 'install.js')], { cwd: electronFolder, stdio: 'ignore', timeout: downloadLimitMs })
  const binary = electronBinary()
  if (!binary) {
    mkdirSync(cacheFolder, { recursive: true })
    writeFileSync(failedAt, String(Date.now()))
  }
  return binary
}

/** The window's binary, or the reason why the browser is used. */
export function chooseHost(options: { web: boolean; env: NodeJS.ProcessEnv; platform: string; isRoot: boolean; findBinary: () => string | undefined }): { electron: string } | { reason: string } {
  if (options.web) return { reason: 'asked for with --web' }
  if (options.platform === 'linux' && !options.env['DISPLAY'] && !options.env['WAYLAND_DISPLAY']) {
    return { reason: 'no display for a window here' }
  }
  if (options.platform === 'linux' && options.isRoot) {
    return { reason: "Electron's sandbox cannot run as root" }
  }
  const electron = options.findBinary()
  return electron ? { electron } : { reason: 'the Electron binary is not here and could not be downloaded' }
}

const usage = `npm start [-- OPTIONS] [FOLDER]: the studio, in its window or, where there can be none, in the browser.

  --web       in the browser all the same
  --no-open   do not open the browser; the address is printed
  --port N    the browser's port
  FOLDER      pictures to begin with

The terminal's commands: bin/hourglass --help`

async function start(): Promise<number> {
  if (process.argv.includes('--help') || process.argv.includes('-h')) {
    process.stdout.write(`${usage}\n`)
    return 0
  }
  await build({ onlyIfStale: true })
  const args = process.argv.slice(2).filter((argument) => argument !== '--web' && argument !== '--no-open')
  const host = chooseHost({
    web: process.argv.includes('--web'),
    env: process.env,
    platform: process.platform,
    isRoot: process.getuid?.() === 0,
    findBinary: () => electronBinary() ?? fetchElectron(),
  })
  if ('electron' in host) {
    say('opening the studio in its own window (Electron).')
    return run(host.electron, ['.', ...args])
  }
  say(`the studio opens in the browser: ${host.reason}.`)
  const open = process.argv.includes('--no-open') ? [] : ['--open']
  return runNode('out/main/web.js', [...open, ...args])
}

if (import.meta.main) {
  try {
    process.exitCode = await start()
  } catch (error) {
    say(error instanceof Error ? error.message : String(error))
    process.exitCode = 1
  }
}
