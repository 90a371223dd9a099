import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hasFfmpeg } from '../engine/film/clips.ts'
import { drawFilmFrames } from './support/pictures.ts'
import { startStudio, type RunningStudio } from './support/studio.ts'

const patiently = { timeout: 60_000, interval: 50 }
let studio: RunningStudio
let folder: string
let pictures: string[]

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hourglass-numbered-'))
  if (!hasFfmpeg) return
  await drawFilmFrames(join(folder, 'scans'), 15, { width: 160, height: 120 })
  pictures = readdirSync(join(folder, 'scans')).sort().map((name) => join(folder, 'scans', name))
  studio = await startStudio()
})
afterAll(async () => {
  await studio?.close()
  rmSync(folder, { recursive: true, force: true })
})

const labelAt = (page: Page): Promise<string> => page.getByRole('textbox', { name: 'Timecode', exact: true }).inputValue()

describe.skipIf(!hasFfmpeg)('a clip of numbered pictures', { timeout: 180_000 }, () => {
  test('is run at the rate that is typed: timecode follows at once, Ctrl+Z takes it back, and a reload keeps it', async () => {
    const { page, errors } = await studio.open({ path: '#/film' })
    const chooser = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: 'Add clips', exact: true }).click()
    await (await chooser).setFiles(pictures)
    await page.getByText('24 fps', { exact: true }).waitFor({ timeout: patiently.timeout })
    await page.getByText('Exact', { exact: true }).waitFor({ timeout: patiently.timeout })
    await page.keyboard.press('End')
    await expect.poll(() => labelAt(page), patiently).toBe('00:00:01:05')

    await page.getByRole('tab', { name: 'Clip', exact: true }).click()
    const rate = page.getByRole('combobox', { name: 'Frames a second', exact: true })
    expect(await rate.inputValue()).toBe('24')
    await rate.fill('0.5')
    await page.getByText('From 1 to 240, such as 18, 16.667 or 50/3.', { exact: true }).waitFor()
    await rate.fill('18')
    await page.keyboard.press('Enter')
    await page.getByText('18 fps', { exact: true }).first().waitFor()
    await expect.poll(() => labelAt(page), patiently).toBe('00:00:01:11')
    await page.reload()
    await page.getByText('18 fps', { exact: true }).first().waitFor({ timeout: patiently.timeout })

    await page.getByRole('tab', { name: 'Shots', exact: true }).click()
    await page.keyboard.press('Control+z')
    await page.getByText('24 fps', { exact: true }).first().waitFor({ timeout: patiently.timeout })
    expect(errors).toEqual([])
  })
})
