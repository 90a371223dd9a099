import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser, type Page } from 'playwright-core'
import { findChromium } from '../../../build/system.mjs'

const root = join(import.meta.dirname, '../../..')
/** Keep Chromium from talking to anybody and from using what a test machine lacks. */
const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']

export interface RunningStudio {
  readonly address: string
  readonly data: string
  readonly host: ChildProcess
  readonly browser: Browser
  /** A new tab of the studio; what the page logs as an error is collected. */
  open(options?: { width?: number; height?: number; path?: string }): Promise<{ page: Page; errors: string[] }>
  /** Ends the host the hard way and starts it again on the same data. */
  restart(): Promise<void>
  close(): Promise<void>
}

/** Starts the built web host on a free port with data of its own, and waits for the address it prints. */
async function startHost(data: string, args: readonly string[]): Promise<{ host: ChildProcess; address: string }> {
  const host = spawn(process.execPath, [join(root, 'bin/hourglass'), 'serve', '--port', '0', ...args], {
    env: { ...process.env, HOURGLASS_DATA: data, HOURGLASS_LANG: undefined },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  const address = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`The web host gave no address within 30 s. It said:\n${said}`)), 30_000)
    const listen = (chunk: Buffer) => {
      said += chunk.toString()
      const found = /^Hourglass Studio: (http:\/\/127\.0\.0\.1:\d+\/\?token=\S+)$/m.exec(said)
      if (!found?.[1]) return
      clearTimeout(timer)
      resolve(found[1])
    }
    host.stdout.on('data', listen)
    host.stderr.on('data', listen)
    host.once('exit', (code) => reject(new Error(`The web host ended with ${code}. It said:\n${said}`)))
  })
  return { host, address }
}

function stop(host: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (host.exitCode !== null || host.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => {
    host.once('exit', () => resolve())
    host.kill(signal)
  })
}

/** The studio as a user of the browser has it: host, engine, page, all real. */
export async function startStudio(args: readonly string[] = []): Promise<RunningStudio> {
  const data = mkdtempSync(join(tmpdir(), 'hourglass-web-'))
  const executablePath = findChromium()
  if (!executablePath) throw new Error('No Chromium: these tests are skipped without one.')
  const [started, browser] = await Promise.all([startHost(data, args), chromium.launch({ executablePath, args: flags })])
  const running = {
    ...started,
    data,
    browser,
    async open(options: { width?: number; height?: number; path?: string } = {}) {
      const context = await browser.newContext({ viewport: { width: options.width ?? 1440, height: options.height ?? 900 }, acceptDownloads: true })
      const page = await context.newPage()
      const errors: string[] = []
      page.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
      page.on('pageerror', (error) => errors.push(String(error)))
      // As long as nobody listens the browser opens dialogs itself, and a key can be there before it hears otherwise.
      page.on('filechooser', () => undefined)
      await page.goto(running.address + (options.path ?? ''))
      return { page, errors }
    },
    async restart() {
      await stop(running.host, 'SIGKILL')
      Object.assign(running, await startHost(data, args))
    },
    async close() {
      await browser.close()
      await stop(running.host, 'SIGTERM')
      rmSync(data, { recursive: true, force: true })
    },
  }
  return running
}
