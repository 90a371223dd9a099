import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { drawScans } from './support/pictures.ts'
import { startStudio, type RunningStudio } from './support/studio.ts'

let studio: RunningStudio
let folder: string
let scans: string[]

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hourglass-scans-'))
  scans = await drawScans(folder, 3)
  studio = await startStudio()
})
afterAll(async () => {
  await studio?.close()
  rmSync(folder, { recursive: true, force: true })
})

/** A browser and an engine on a busy machine: what must become true has half a minute to do so. */
const patiently = { timeout: 30_000, interval: 50 }

/** Mean chroma (largest minus smallest channel) of what the page shows of a picture. */
async function colorOf(page: Page, picture: string): Promise<number> {
  const shot = await page.getByRole('img', { name: picture, exact: true }).first().screenshot()
  const { data, info } = await sharp(shot).removeAlpha().raw().toBuffer({ resolveWithObject: true })
  let sum = 0
  for (let at = 0; at < data.length; at += info.channels) sum += Math.max(data[at]!, data[at + 1]!, data[at + 2]!) - Math.min(data[at]!, data[at + 1]!, data[at + 2]!)
  return sum / (info.width * info.height)
}

async function choose(page: Page, button: string, files: string[]): Promise<void> {
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: button, exact: true }).click()
  await (await chooser).setFiles(files)
}

describe('a family photo in the browser', () => {
  test('comes out in colour, is compared, changed, undone, exported, and is still there after a reload', async () => {
    const { page, errors } = await studio.open()
    await choose(page, 'Choose files', [scans[0]!])

    // A single photo opens by itself.
    await page.getByText('Single', { exact: true }).click()
    const result = page.getByRole('img', { name: 'Coloured', exact: true })
    await result.waitFor()
    expect(await colorOf(page, 'Coloured')).toBeGreaterThan(3)

    // Strength 0 gives the grey original back; undo brings the colour again.
    const strength = page.getByRole('slider', { name: 'Strength', exact: true })
    await strength.focus()
    const before = await result.getAttribute('src')
    await page.keyboard.press('Home')
    await expect.poll(() => result.getAttribute('src'), patiently).not.toBe(before)
    expect(await colorOf(page, 'Coloured')).toBeLessThan(0.5)
    await expect.poll(() => page.getByRole('button', { name: 'Undo', exact: true }).getAttribute('aria-disabled'), patiently).not.toBe('true')
    await page.getByRole('button', { name: 'Undo', exact: true }).click()
    await expect.poll(() => result.getAttribute('src'), patiently).toBe(before)

    // The render factor changes what the network sees.
    const factor = page.getByRole('slider', { name: 'Render factor', exact: true })
    await factor.focus()
    await page.keyboard.press('Shift+ArrowRight')
    await expect.poll(() => result.getAttribute('src'), patiently).not.toBe(before)

    // A run of keys counts as one change, saved when it ends, or when the page goes away before.
    await page.reload()
    // The slider may be there before the version that it belongs to has been read.
    await expect.poll(async () => Number(await factor.getAttribute('aria-valuenow')), patiently).toBeGreaterThan(12)

    // Export: a download with the size of the scan, in colour, the scan untouched.
    const untouched = readFileSync(scans[0]!)
    await page.getByRole('button', { name: 'Export', exact: true }).click()
    const download = page.waitForEvent('download')
    await page.getByRole('dialog').getByRole('button', { name: 'Export', exact: true }).click()
    const file = await (await download).path()
    const stats = await sharp(file).stats()
    expect(await sharp(file).metadata()).toMatchObject({ format: 'jpeg', width: 800, height: 600 })
    expect(stats.channels.length).toBe(3)
    expect(Math.abs(stats.channels[0]!.mean - stats.channels[2]!.mean)).toBeGreaterThan(1)
    expect(readFileSync(scans[0]!).equals(untouched)).toBe(true)
    expect(errors).toEqual([])
  })

  test('of several, all are coloured by one press, and a second tab sees it', async () => {
    const { page } = await studio.open()
    const { page: second } = await studio.open()
    await choose(page, 'Add photos', scans)
    await expect.poll(() => page.getByRole('option').count(), patiently).toBe(3)
    await page.getByRole('button', { name: /^Colour all \d+$/ }).click()
    await expect.poll(() => page.getByRole('option', { name: /(Done|Doubtful)/ }).count(), patiently).toBe(3)
    await expect.poll(() => second.getByRole('option', { name: /(Done|Doubtful)/ }).count(), patiently).toBe(3)
  })

  test('is still there when the host was killed', async () => {
    await studio.restart()
    const { page } = await studio.open()
    await expect.poll(() => page.getByRole('option').count(), patiently).toBe(3)
  })
})
