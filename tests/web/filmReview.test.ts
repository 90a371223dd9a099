import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ffmpeg, hasFfmpeg } from '../engine/film/clips.ts'
import { becomesColor } from './support/pixels.ts'
import { patiently } from './support/stage.ts'
import { startStudio, type RunningStudio } from './support/studio.ts'

let studio: RunningStudio
let folder: string
const frames = 30

/** A grey film, the same one in one colour, and one that is shorter. */
const files = { reel: 'reel.mkv', colored: 'reel colour.mkv', short: 'short.mkv' }

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hourglass-review-'))
  if (!hasFfmpeg) return
  const film = (count: number) => ['-f', 'lavfi', '-i', `color=gray:size=160x120:rate=25,trim=end_frame=${count},format=yuv420p,geq=lum='40+mod(X+N*5,160)':cb=128:cr=128`]
  await ffmpeg(...film(frames), '-c:v', 'ffv1', '-g', '10', join(folder, files.reel))
  await ffmpeg(...film(frames), '-vf', "geq=lum='lum(X,Y)':cb=100:cr=170:i=nearest", '-c:v', 'ffv1', '-g', '10', join(folder, files.colored))
  await ffmpeg(...film(12), '-c:v', 'ffv1', join(folder, files.short))
  studio = await startStudio()
}, 60_000)
afterAll(async () => {
  await studio?.close()
  rmSync(folder, { recursive: true, force: true })
})

const shown = (page: Page): Promise<string> => page.getByRole('status', { name: 'Frame', exact: true }).innerText()

async function choose(page: Page, button: string, ...names: string[]): Promise<void> {
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: button, exact: true }).click()
  await (await chooser).setFiles(names.map((name) => join(folder, name)))
}

describe.skipIf(!hasFfmpeg)('reviewing a film', () => {
  test('compares it with its colouring, split, side by side and by difference, and proves that luma is the same', async () => {
    const { page, errors } = await studio.open({ path: '#/film' })
    await choose(page, 'Add clips', files.reel, files.short)
    await page.getByRole('button', { name: files.reel, exact: true }).click()
    await expect.poll(() => shown(page), patiently).toBe('0')
    await page.getByRole('tab', { name: 'Clip', exact: true }).click()
    // Nothing to compare with: the ways to compare say what is missing.
    expect(await page.getByRole('radio', { name: 'Split', exact: true }).isDisabled()).toBe(true)
    await page.getByRole('combobox', { name: 'Compare with', exact: true }).click()
    expect(await page.getByRole('option', { name: `${files.short} · 12 frames, 160 × 120` }).getAttribute('data-combobox-disabled')).toBe('true')
    await page.keyboard.press('Escape')

    await choose(page, 'Add a film to compare with', files.colored)
    await becomesColor(page, files.colored, { x: 0.9, y: 0.5 }, 'red')
    await page.getByRole('slider', { name: 'Split', exact: true }).waitFor()
    for (let n = 1; n <= 2; n++) {
      await page.keyboard.press('ArrowRight')
      await expect.poll(() => shown(page), patiently).toBe(String(n))
    }
    await page.getByText('Side by side', { exact: true }).click()
    await expect.poll(() => page.getByRole('img', { name: files.colored, exact: true }).count(), patiently).toBe(1)
    await becomesColor(page, 'Original', { x: 0.9, y: 0.5 }, 'grey')

    await page.getByText('Difference', { exact: true }).click()
    await page.getByText('Luma is the same: not one of 19,200 samples differs', { exact: true }).waitFor({ timeout: patiently.timeout })
    await becomesColor(page, 'Difference, frame 2', { x: 0.5, y: 0.5 }, 'coloured')
    await page.getByText('Luma', { exact: true }).click()
    await becomesColor(page, 'Difference, frame 2', { x: 0.5, y: 0.5 }, 'black')
    await page.getByText('Colour alone', { exact: true }).click()
    await becomesColor(page, 'Difference, frame 2', { x: 0.5, y: 0.5 }, 'red')
    expect(errors).toEqual([])
    await page.close()
  })

  test('measures the frame on the stage with waveform, vectorscope and histogram', async () => {
    const { page, errors } = await studio.open({ path: '#/film' })
    await page.getByRole('button', { name: files.reel, exact: true }).click()
    await expect.poll(() => shown(page), patiently).toBe('0')
    await page.keyboard.press('w')
    await page.getByRole('img', { name: 'Waveform of frame 0', exact: true }).waitFor({ timeout: patiently.timeout })
    await page.keyboard.press('ArrowRight')
    for (const scope of ['Waveform', 'Vectorscope', 'Histogram']) await page.getByRole('img', { name: `${scope} of frame 1`, exact: true }).waitFor({ timeout: patiently.timeout })
    await page.keyboard.press('w')
    await expect.poll(() => page.getByRole('img', { name: 'Waveform of frame 1', exact: true }).count(), patiently).toBe(0)
    expect(errors).toEqual([])
    await page.close()
  })
})
