import { mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { drawScans } from './support/pictures.ts'
import { startStudio, type RunningStudio } from './support/studio.ts'

let studio: RunningStudio
let folder: string
let scan: string
let blue: string
let red: string

/** A coloured scene: everything in shades of one hue, so that what is taken over can be told. */
async function drawReference(path: string, hue: 'red' | 'blue'): Promise<void> {
  const [strong, weak] = hue === 'red' ? ['#b02020', '#f0b0a0'] : ['#2030b0', '#a0b0f0']
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="320" height="240" viewBox="0 0 100 75"><rect width="100" height="75" fill="${weak}"/><path d="M0 48 Q 30 30 60 46 T 100 42 V75 H0Z" fill="${strong}"/></svg>`
  await sharp(Buffer.from(svg)).jpeg({ quality: 92 }).toFile(path)
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hourglass-reference-'))
  scan = (await drawScans(folder, 1))[0]!
  blue = join(folder, 'sea 海.jpg')
  red = join(folder, 'roof.jpg')
  await drawReference(blue, 'blue')
  await drawReference(red, 'red')
  studio = await startStudio()
})
afterAll(async () => {
  await studio?.close()
  rmSync(folder, { recursive: true, force: true })
})

const patiently = { timeout: 30_000, interval: 50 }

/** Mean of blue minus red over what the page shows. */
async function blueness(page: Page): Promise<number> {
  const shot = await page.getByRole('img', { name: 'Coloured', exact: true }).first().screenshot()
  const { channels } = await sharp(shot).removeAlpha().stats()
  return channels[2]!.mean - channels[0]!.mean
}

const row = (page: Page) => page.getByRole('group', { name: 'Reference picture', exact: true })

test('a reference picture is chosen by keyboard, seen, undone, dropped, lost, found and cleared', async () => {
  const { page, errors } = await studio.open()
  const adding = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Choose files', exact: true }).click()
  await (await adding).setFiles([scan])
  await page.getByText('Single', { exact: true }).click()
  const result = page.getByRole('img', { name: 'Coloured', exact: true })
  await result.waitFor()
  const bare = await result.getAttribute('src')

  // Chosen with the keyboard alone.
  const choosing = page.waitForEvent('filechooser')
  await row(page).getByRole('button', { name: 'Choose…', exact: true }).focus()
  await page.keyboard.press('Enter')
  await (await choosing).setFiles([blue])
  await row(page).getByText('sea 海.jpg', { exact: true }).waitFor()
  await expect.poll(() => row(page).locator('img').evaluate((image) => (image as HTMLImageElement).naturalWidth), patiently).toBeGreaterThan(40)
  await expect.poll(() => result.getAttribute('src'), patiently).not.toBe(bare)
  const taken = await result.getAttribute('src')
  expect(await blueness(page)).toBeGreaterThan(25)
  await page.getByText('Reference picture “sea 海.jpg”', { exact: true }).waitFor()

  // One gesture.
  await page.getByRole('button', { name: 'Undo', exact: true }).click()
  await row(page).getByRole('button', { name: 'Choose…', exact: true }).waitFor()
  await expect.poll(() => result.getAttribute('src'), patiently).toBe(bare)
  await page.getByRole('button', { name: 'Redo', exact: true }).click()
  await expect.poll(() => result.getAttribute('src'), patiently).toBe(taken)

  // Remembered.
  await page.reload()
  await row(page).getByText('sea 海.jpg', { exact: true }).waitFor()

  // A file dropped on its place replaces it.
  const dropped = await page.evaluateHandle(async (bytes) => {
    const data = new DataTransfer()
    data.items.add(new File([Uint8Array.from(bytes)], 'roof.jpg', { type: 'image/jpeg' }))
    return data
  }, [...(await sharp(red).toBuffer())])
  await page.dispatchEvent('body', 'dragenter', { dataTransfer: dropped })
  await page.dispatchEvent('[data-drop-zone]', 'dragenter', { dataTransfer: dropped })
  await page.dispatchEvent('[data-drop-zone]', 'dragover', { dataTransfer: dropped })
  await page.dispatchEvent('[data-drop-zone]', 'drop', { dataTransfer: dropped })
  await row(page).getByText('roof.jpg', { exact: true }).waitFor()
  await result.waitFor()
  await expect.poll(() => blueness(page), patiently).toBeLessThan(-25)
  expect(await page.getByRole('option').count()).toBe(0)

  // Its file is taken away: said, and found again.
  const references = join(projectsFolder(), 'references')
  const held = readdirSync(references, { recursive: true, encoding: 'utf8' }).find((name) => name.endsWith('roof.jpg'))!
  renameSync(join(references, held), join(folder, 'moved.jpg'))
  await page.reload()
  await row(page).getByRole('alert').getByText('The file is not where it was', { exact: true }).waitFor()
  await page.getByText('The reference picture roof.jpg is not where it was.', { exact: true }).waitFor()
  const finding = page.waitForEvent('filechooser')
  await row(page).getByRole('button', { name: 'Find it…', exact: true }).click()
  await (await finding).setFiles([join(folder, 'moved.jpg')])
  await row(page).getByText('moved.jpg', { exact: true }).waitFor()
  await expect.poll(() => page.getByText('The reference picture roof.jpg is not where it was.', { exact: true }).count(), patiently).toBe(0)

  await row(page).getByRole('button', { name: 'Clear', exact: true }).click()
  await row(page).getByRole('button', { name: 'Choose…', exact: true }).waitFor()
  await expect.poll(() => result.getAttribute('src'), patiently).toBe(bare)
  expect(errors.filter((error) => !error.includes('400'))).toEqual([])
})

/** The one project of this studio's data. */
function projectsFolder(): string {
  const found = readdirSync(studio.data, { recursive: true, encoding: 'utf8' }).find((name) => name.endsWith('.hourglass'))
  return join(studio.data, found!)
}
