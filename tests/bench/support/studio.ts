// The studio in a real browser, as a person uses it.
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Browser, chromium, type Locator, type Page } from 'playwright-core'
import { findChromium } from '../../../build/system.mjs'
import { repository } from './processes.ts'

/** Starts a command that prints the studio's address; answers both. */
export async function startHost(program: string, args: readonly string[], env: Record<string, string>): Promise<{ child: ChildProcess; address: string }> {
  const child = spawn(program, args, { cwd: repository, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  let errors = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text))
  const address = await new Promise<string>((resolve, reject) => {
    let output = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text
      const found = /^Hourglass Studio: (http\S+)$/m.exec(output)
      if (found) resolve(found[1]!)
    })
    child.once('exit', (code) => reject(new Error(`the host ended with status ${code} before it was ready:\n${errors.slice(-2000)}`)))
  })
  return { child, address }
}

export async function endHost(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await Promise.race([ended, sleep(5000)])
  child.kill('SIGKILL')
}

export async function openBrowser(): Promise<Browser> {
  const executablePath = findChromium()
  if (!executablePath) throw new Error('Chromium is missing, which this benchmark needs.')
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] })
}

/** The button that adds files: of the first screen, or of the room. */
export function addButton(page: Page): Locator {
  return page.getByRole('button', { name: /^(Add photos|Choose files)/ }).first()
}

export async function addPhotos(page: Page, files: readonly string[]): Promise<void> {
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), addButton(page).click()])
  await chooser.setFiles([...files])
}

/** The result on the stage. */
export function colouredPicture(page: Page): Locator {
  return page.locator('img[alt="Coloured"]').first()
}

/** Opens the first photo of the grid unless one is open already, and waits for its colours. */
export async function openFirstPhoto(page: Page): Promise<void> {
  const slider = page.getByRole('slider', { name: 'Render factor' })
  const cell = page.getByRole('gridcell').or(page.getByRole('option')).first()
  await slider.or(cell).first().waitFor()
  if (!(await colouredPicture(page).isVisible().catch(() => false)) && (await cell.isVisible())) await cell.dblclick()
  await colouredPicture(page).waitFor()
}

/** Asks the host that carries `loop-delay.ts` for the delay since the last time. */
export async function readLoopDelay(pid: number, file: string): Promise<{ p50: number; p99: number; max: number; count: number }> {
  rmSync(file, { force: true })
  process.kill(pid, 'SIGUSR2')
  for (let tries = 0; !existsSync(file) && tries < 100; tries += 1) await sleep(20)
  return JSON.parse(readFileSync(file, 'utf8'))
}

export const loopDelayProbe: string = join(repository, 'tests/bench/support/loop-delay.ts')
export const webHost: string = join(repository, 'out/main/web.js')
