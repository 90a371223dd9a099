// System parts beside the npm packages: Chromium (browser tests), ffmpeg with ffprobe (film), a Chinese font
// (screenshots). Runs on Node 20 without packages; the vitest configuration uses `findChromium` too.
import { accessSync, constants, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { delimiter, dirname, join } from 'node:path'

const oneDay = 24 * 60 * 60 * 1000

/**
 * The full path of a program in PATH, or undefined.
 * @param {string} name
 * @returns {string | undefined}
 */
export function findInPath(name) {
  const endings = process.platform === 'win32' ? ['.exe', '.cmd', ''] : ['']
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    for (const ending of endings) {
      const file = join(folder, name + ending)
      try {
        accessSync(file, constants.X_OK)
        return file
      } catch {
        // not here: look in the next folder
      }
    }
  }
  return undefined
}

/**
 * A Chromium for the browser tests: HOURGLASS_CHROMIUM, then PATH, then the usual places of macOS and Windows.
 * @returns {string | undefined}
 */
export function findChromium() {
  const named = process.env['HOURGLASS_CHROMIUM']
  if (named) return existsSync(named) ? named : undefined
  for (const name of ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']) {
    const file = findInPath(name)
    if (file) return file
  }
  return [
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  ].find((file) => existsSync(file))
}

/** @returns {boolean} whether ffmpeg and ffprobe are both there */
export function hasFfmpeg() {
  const named = process.env['HOURGLASS_FFMPEG']
  if (named) return existsSync(named) && existsSync(join(dirname(named), `ffprobe${process.platform === 'win32' ? '.exe' : ''}`))
  return Boolean(findInPath('ffmpeg') && findInPath('ffprobe'))
}

function hasChineseFont() {
  if (process.platform !== 'linux') return true
  const listed = spawnSync('fc-list', [':lang=zh-cn', 'family'], { encoding: 'utf8' })
  return listed.status === 0 && listed.stdout.trim() !== ''
}

/** Name on Debian, how to tell that it is there, what it is for, and who needs it. */
const parts = [
  { name: 'ffmpeg', present: hasFfmpeg, purpose: 'film', needs: ['start', 'test'], elsewhere: 'ffmpeg 5.1 or newer with ffprobe (https://ffmpeg.org/download.html)' },
  { name: 'chromium', present: () => findChromium() !== undefined, purpose: 'browser tests', needs: ['test'], elsewhere: 'Chromium or Chrome' },
  { name: 'fonts-noto-cjk', present: hasChineseFont, purpose: 'Chinese texts in browser tests', needs: ['test'], elsewhere: 'a Chinese font, such as Noto Sans CJK' },
]

/** @param {string[]} names @param {(text: string) => void} say */
function installWithApt(names, say) {
  const limits = ['-o', 'Acquire::http::Timeout=20', '-o', 'Acquire::Retries=1']
  const options = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, stdio: /** @type {import('node:child_process').StdioOptions} */ (['ignore', 'ignore', 2]), timeout: 600_000 }
  say(`installing with apt-get: ${names.join(', ')} …`)
  const install = () => spawnSync('apt-get', ['install', '-y', '--no-install-recommends', ...limits, ...names], options).status === 0
  if (install()) return
  spawnSync('apt-get', ['update', ...limits], options)
  if (!install()) say('apt-get did not succeed; the lines above say why.')
}

/**
 * Finds what `command` needs beside npm packages; on Debian as root installs what is missing, elsewhere says what
 * to install. Nothing here is fatal: film and browser tests are skipped (and counted so) without their parts.
 * `start` asks at most once a day, so that a machine without network opens at once.
 *
 * @param {'start' | 'test'} command
 * @param {string} cacheFolder where the time of the last try is kept
 * @param {(text: string) => void} say
 */
export function ensureSystemParts(command, cacheFolder, say) {
  const missing = () => parts.filter((part) => part.needs.includes(command) && !part.present())
  if (missing().length === 0) return
  const noteFile = join(cacheFolder, `system-parts-${command}`)
  if (command === 'start' && existsSync(noteFile) && Date.now() - Number(readFileSync(noteFile, 'utf8')) < oneDay) return
  mkdirSync(cacheFolder, { recursive: true })
  writeFileSync(noteFile, String(Date.now()))
  if (process.getuid?.() === 0 && findInPath('apt-get')) {
    installWithApt(missing().map((part) => part.name), say)
  }
  for (const part of missing()) {
    const how = findInPath('apt-get') ? `sudo apt-get install ${part.name}` : `install ${part.elsewhere}`
    say(`${part.purpose}: ${part.name} is missing, so this part is left out. To have it: ${how}`)
  }
}
