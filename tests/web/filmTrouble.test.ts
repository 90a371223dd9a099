import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Texts } from '../../src/core/texts/texts.ts'
import { cutOff, ffmpeg, hasFfmpeg, makeClips, makeNoise } from '../engine/film/clips.ts'
import { goTo, openClip, patiently, shownFrame } from './support/film.ts'
import { startStudioIn } from './support/languages.ts'
import type { RunningStudio } from './support/studio.ts'

let studio: RunningStudio
let texts: Texts
let folder: string
const at = (name: string): string => join(folder, name)

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hourglass-trouble-'))
  if (!hasFfmpeg) return
  await makeClips(folder, ['single.mp4', 'tiny.mp4'])
  await ffmpeg('-f', 'lavfi', '-i', 'testsrc2=size=160x120:rate=25,trim=end_frame=30', '-vf', 'format=gray', '-pix_fmt', 'yuv420p', '-c:v', 'libx264', '-preset', 'ultrafast', at('reel.mp4'))
  await ffmpeg('-f', 'lavfi', '-i', 'sine=duration=1', '-c:a', 'aac', at('sound.mp4'))
  await ffmpeg(...makeNoise(600), at('noise.mp4'))
  writeFileSync(at('text.mp4'), 'not a film')
  writeFileSync(at('empty.mp4'), '')
  cutOff(at('reel.mp4'), at('cut.mp4'))
  ;({ studio, texts } = await startStudioIn('en'))
})
afterAll(async () => {
  await studio?.close()
  rmSync(folder, { recursive: true, force: true })
})

async function choose(page: Page, button: string, ...names: string[]): Promise<void> {
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: button, exact: true }).first().click()
  await (await chooser).setFiles(names.map(at))
}
const add = (page: Page, ...names: string[]): Promise<void> => choose(page, 'Add clips', ...names)

/** Where the studio keeps a file that was handed over. */
function keptPath(name: string): string {
  const found = readdirSync(studio.data, { recursive: true, encoding: 'utf8' }).find((path) => path.includes('originals') && path.endsWith(name))
  if (found === undefined) throw new Error(`${name} is not kept.`)
  return join(studio.data, found)
}

describe.skipIf(!hasFfmpeg)('the Film room in trouble', { timeout: 180_000 }, () => {
  test('says of each file that is no film why, and what to do; the smallest and shortest films are films', async () => {
    const { page, errors } = await studio.open({ path: '#/film' })
    for (const [name, why, remedy] of [
      ['text.mp4', 'is not a film, whatever its name says', 'Choose a film'],
      ['empty.mp4', 'is empty', 'Get the file again'],
      ['cut.mp4', 'its table of frames (moov), which stands at the end, is missing', 'Copy it again'],
      ['sound.mp4', 'holds no moving pictures', 'Choose the file with the pictures'],
    ] as const) {
      await add(page, name)
      const told = page.getByRole('alert').filter({ hasText: name })
      await told.getByText(why).waitFor({ timeout: patiently.timeout })
      expect(await told.innerText()).toContain(remedy)
    }
    await add(page, 'single.mp4', 'tiny.mp4')
    for (const [name, checked, last] of [['single.mp4', '1 frame checked', '0'], ['tiny.mp4', '10 frames checked', '9']] as const) {
      await openClip(page, name)
      await page.getByText(checked, { exact: true }).waitFor({ timeout: patiently.timeout })
      await page.keyboard.press('End')
      await expect.poll(() => shownFrame(page, texts), patiently).toBe(last)
    }
    expect(errors).toEqual([])
    await page.close()
  })

  test('finds a film again that has gone since it was added, with all that was done to it', async () => {
    const { page } = await studio.open({ path: '#/film' })
    await add(page, 'reel.mp4')
    await page.getByText('30 frames checked', { exact: true }).waitFor({ timeout: patiently.timeout })
    // Cuts are made in shots, which are looked for first.
    await page.getByText('1 shot', { exact: true }).waitFor({ timeout: patiently.timeout })
    await goTo(page, texts, 10)
    await page.keyboard.press('s')
    await page.getByText('2 shots', { exact: true }).waitFor({ timeout: patiently.timeout })
    rmSync(keptPath('reel.mp4'))
    await page.reload()
    await page.getByText('The file is not where it was', { exact: true }).waitFor({ timeout: patiently.timeout })
    // Another film is refused: bytes decide.
    await choose(page, 'Find it…', 'single.mp4')
    await page.getByRole('alert').filter({ hasText: 'single.mp4' }).waitFor({ timeout: patiently.timeout })
    await choose(page, 'Find it…', 'reel.mp4')
    await expect.poll(() => page.getByText('The file is not where it was', { exact: true }).count(), patiently).toBe(0)
    await page.getByText('30 frames checked', { exact: true }).waitFor({ timeout: patiently.timeout })
    await page.getByText('2 shots', { exact: true }).waitFor({ timeout: patiently.timeout })
    await page.close()
  })

  test('says that the disk filled up half way, loses nothing, and goes on when there is room', async ({ skip }) => {
    const exports = join(studio.data, 'exports')
    mkdirSync(exports, { recursive: true })
    // Only somebody who may mount file systems can fill one up.
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1500k', 'tmpfs', exports]).status !== 0) return skip('no file system may be mounted here')
    try {
      const { page } = await studio.open({ path: '#/film' })
      await add(page, 'noise.mp4')
      await page.getByText('600 frames checked', { exact: true }).waitFor({ timeout: patiently.timeout })
      await page.getByText('1 shot', { exact: true }).waitFor({ timeout: patiently.timeout })
      await page.getByRole('button', { name: 'Export film', exact: true }).click()
      const go = page.getByRole('button', { name: 'Colour and export', exact: true })
      await expect.poll(() => go.isEnabled(), patiently).toBe(true)
      await go.click()
      await page.getByRole('navigation').getByRole('button', { name: /^Queue/ }).click()
      await page.getByText(/no space left|disk is full/i).first().waitFor({ timeout: patiently.timeout })
      expect(readdirSync(exports, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(mp4|tmp)$/.test(name))).toEqual([])
      spawnSync('mount', ['-o', 'remount,size=8m', exports])
      await page.getByRole('button', { name: 'Try again', exact: true }).click()
      await page.getByRole('button', { name: 'Download', exact: true }).first().waitFor({ timeout: patiently.timeout })
      await page.goto(`${studio.address}#/film`)
      await page.getByRole('button', { name: 'noise.mp4', exact: true }).click()
      await page.getByRole('tab', { name: 'Clip', exact: true }).click()
      await page.getByRole('button', { name: 'More of noise-colour.mp4', exact: true }).waitFor({ timeout: patiently.timeout })
      await page.close()
    } finally {
      spawnSync('umount', ['-l', exports])
    }
  })
})
