import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ffmpeg, hasFfmpeg } from '../engine/film/clips.ts'
import { startStudio, type RunningStudio } from './support/studio.ts'

let studio: RunningStudio
let folder: string
let clip: string
let other: string

/** Level of a frame, of 255: no two neighbours are alike, and all lie far enough apart to survive the codec. */
const levelOf = (n: number): number => 20 + ((n * 37) % 41) * 5
/** Full-range grey that a player makes of a level of film. */
const shownAs = (level: number): number => ((level - 16) * 255) / 219
const frames = 60

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hourglass-clips-'))
  clip = join(folder, 'reel.mp4')
  other = join(folder, 'turned.mkv')
  if (!hasFfmpeg) return
  const levels = `lum='20+mod(N*37,41)*5':cb=128:cr=128`
  const grey = ['-f', 'lavfi', '-i', `color=gray:size=160x120:rate=25,trim=end_frame=${frames},format=yuv420p,geq=${levels}`]
  await ffmpeg(...grey, '-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '4', '-x264-params', 'keyint=20:bframes=3:b-adapt=0', '-timecode', '01:00:00:00', clip)
  await ffmpeg('-f', 'lavfi', '-i', 'testsrc2=size=96x64:rate=24,trim=end_frame=12', '-c:v', 'ffv1', other)
  studio = await startStudio()
})
afterAll(async () => {
  await studio?.close()
  rmSync(folder, { recursive: true, force: true })
})

const patiently = { timeout: 30_000, interval: 50 }

async function add(page: Page, files: string[]): Promise<void> {
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Add clips', exact: true }).click()
  await (await chooser).setFiles(files)
}

/** Mean grey of what the stage shows. */
async function greyOf(page: Page, frame: number): Promise<number> {
  const shot = await page.getByRole('img', { name: `Frame ${frame}`, exact: true }).screenshot()
  const { channels } = await sharp(shot).stats()
  return channels[0]?.mean ?? -1
}

const shown = (page: Page): Promise<string> => page.getByRole('status', { name: 'Frame', exact: true }).innerText()

describe.skipIf(!hasFfmpeg)('a film clip', () => {
  test('is opened, stepped, played and gone through by number: the stage shows that very frame, and it is still there after a reload', async () => {
    const { page, errors } = await studio.open({ path: '#/film' })
    await add(page, [clip, other])
    await page.getByRole('button', { name: 'reel.mp4' }).click()
    await expect.poll(() => shown(page), patiently).toBe('0')
    expect(Math.abs((await greyOf(page, 0)) - shownAs(levelOf(0)))).toBeLessThan(2)

    for (let n = 1; n <= 3; n++) {
      await page.keyboard.press('ArrowRight')
      await expect.poll(() => shown(page), patiently).toBe(String(n))
      expect(Math.abs((await greyOf(page, n)) - shownAs(levelOf(n)))).toBeLessThan(2)
    }
    await page.getByText('Exact', { exact: true }).waitFor({ timeout: patiently.timeout })

    // By timecode, counted from the clip's own, and by number.
    const timecode = page.getByRole('textbox', { name: 'Timecode', exact: true })
    await timecode.fill('01:00:01:14')
    await page.keyboard.press('Enter')
    await expect.poll(() => shown(page), patiently).toBe('39')
    expect(Math.abs((await greyOf(page, 39)) - shownAs(levelOf(39)))).toBeLessThan(2)
    await timecode.fill('17')
    await page.keyboard.press('Enter')
    await expect.poll(() => shown(page), patiently).toBe('17')
    expect(await timecode.inputValue()).toBe('01:00:00:17')
    // Outside the clip: nothing happens.
    await timecode.fill('999')
    await page.keyboard.press('Enter')
    expect(await timecode.inputValue()).toBe('01:00:00:17')

    // In and out hold the playing; it ends at the last frame of the range.
    await page.keyboard.press('i')
    await page.keyboard.press('Shift+ArrowRight')
    await expect.poll(() => shown(page), patiently).toBe('27')
    await page.keyboard.press('o')
    await page.keyboard.press('Space')
    await page.getByRole('button', { name: 'Pause', exact: true }).waitFor()
    await page.getByRole('button', { name: 'Play', exact: true }).waitFor({ timeout: patiently.timeout })
    await expect.poll(() => shown(page), patiently).toBe('27')

    await expect.poll(() => page.url(), patiently).toMatch(/\/27$/)
    await page.reload()
    await expect.poll(() => shown(page), patiently).toBe('27')
    expect(errors).toEqual([])
    await page.close()
  })

  test('that is none is left out with what is wrong with it', async () => {
    const { page } = await studio.open({ path: '#/film' })
    const text = join(folder, 'letter.mp4')
    writeFileSync(text, 'Dear grandmother,\n'.repeat(50))
    await page.getByRole('slider', { name: 'Playhead', exact: true }).waitFor()
    await add(page, [text])
    await page.getByText(/letter\.mp4/).first().waitFor({ timeout: patiently.timeout })
    await page.close()
  })
})
