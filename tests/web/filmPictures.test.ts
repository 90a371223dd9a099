import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Texts } from '../../src/core/texts/texts.ts'
import sharp from 'sharp'
import { openZip, readWhole } from '../../src/engine/pages/zip.ts'
import { hasFfmpeg } from '../engine/film/clips.ts'
import { drawFilmFrames } from './support/pictures.ts'
import { goTo, patiently } from './support/film.ts'
import { startStudioIn } from './support/languages.ts'
import type { RunningStudio } from './support/studio.ts'

let studio: RunningStudio
let texts: Texts
let folder: string
let pictures: string[]

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hourglass-numbered-'))
  if (!hasFfmpeg) return
  await drawFilmFrames(join(folder, 'scans'), 15, { width: 160, height: 120 })
  pictures = readdirSync(join(folder, 'scans')).sort().map((name) => join(folder, 'scans', name))
  ;({ studio, texts } = await startStudioIn('en'))
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
    await page.close()
  })

  test('gets another recipe from in to out alone: shots are cut there, and one Ctrl+Z takes it all back', async () => {
    const { page, errors } = await studio.open({ path: '#/film' })
    await page.getByText('2 shots', { exact: true }).waitFor({ timeout: patiently.timeout })
    await goTo(page, texts, 5)
    await page.keyboard.press('i')
    await goTo(page, texts, 19)
    await page.keyboard.press('o')
    // The playhead need not be inside.
    await goTo(page, texts, 28)
    await page.getByRole('tab', { name: 'Recipe', exact: true }).click()
    await page.getByText('In to out', { exact: true }).click()
    const steadiness = page.getByRole('slider', { name: 'Steadiness', exact: true })
    await steadiness.press('Home')
    await page.getByRole('tab', { name: 'Shots', exact: true }).click()
    const cards = page.getByRole('tabpanel', { name: 'Shots', exact: true }).getByRole('listitem')
    await expect.poll(() => cards.getByRole('button').evaluateAll((all) => all.map((card) => /\d+ frames/.exec(card.getAttribute('aria-label') ?? '')?.[0])), patiently).toEqual(['5 frames', '10 frames', '5 frames', '10 frames'])
    const steady = async (frame: number) => {
      await goTo(page, texts, frame)
      await page.getByRole('tab', { name: 'Recipe', exact: true }).click()
      await page.getByText(/^Shot \d$/).first().click()
      return steadiness.getAttribute('aria-valuenow')
    }
    for (const [frame, value] of [[4, '1'], [5, '0'], [19, '0'], [20, '1']] as const) expect(await steady(frame), `frame ${frame}`).toBe(value)
    await page.getByRole('tab', { name: 'Shots', exact: true }).click()
    await page.keyboard.press('Control+z')
    await page.getByText('2 shots', { exact: true }).waitFor({ timeout: patiently.timeout })
    expect(errors).toEqual([])
    await page.close()
  })

  test('is coloured into numbered pictures: what they need is told, and they come down as one ZIP with their proof', async () => {
    const { page, errors } = await studio.open({ path: '#/film' })
    await page.getByText('Exact', { exact: true }).waitFor({ timeout: patiently.timeout })
    await page.getByText('2 shots', { exact: true }).waitFor({ timeout: patiently.timeout })
    await page.getByRole('button', { name: 'Export film', exact: true }).click()
    const dialog = page.getByRole('dialog', { name: 'Colour and export film', exact: true })
    // In and out are still set.
    await dialog.getByText('Whole clip', { exact: true }).click()
    await dialog.getByRole('combobox', { name: 'Write as', exact: true }).click()
    await page.getByRole('option', { name: 'Numbered pictures, 16 bit', exact: true }).click()
    await dialog.getByRole('combobox', { name: 'Pictures', exact: true }).click()
    await page.getByRole('option', { name: 'TIFF', exact: true }).click()
    await dialog.getByText('frame-0000-colour.zip', { exact: true }).waitFor({ timeout: patiently.timeout })
    await dialog.getByText(/^about .* free$/).waitFor()
    const coming = page.waitForEvent('download', { timeout: 120_000 })
    await dialog.getByRole('button', { name: 'Colour and export', exact: true }).click()
    const file = join(folder, 'pictures.zip')
    await (await coming).saveAs(file)
    const zip = await openZip(file)
    // The numbers are those of the pictures that they were.
    expect(zip.entries.map(({ name }) => name)).toEqual(pictures.map((path) => `frame-0000-colour/frame_00${/\d{4}/.exec(path.slice(-8))![0]}.tif`))
    const bytes = await readWhole(zip, zip.entries[7]!)
    zip.close()
    const [after, before] = await Promise.all([sharp(bytes).toColourspace('rgb16').raw({ depth: 'ushort' }).toBuffer(), sharp(pictures[7]).greyscale().raw().toBuffer()])
    const samples = new Uint16Array(after.buffer, after.byteOffset, after.length / 2)
    const off = Math.max(...before.map((grey, i) => Math.abs(grey - (0.2126 * samples[3 * i]! + 0.7152 * samples[3 * i + 1]! + 0.0722 * samples[3 * i + 2]!) / 257)))
    expect(off).toBeLessThan(1)

    await page.getByRole('tab', { name: 'Clip', exact: true }).click()
    await page.getByRole('button', { name: 'More of frame-0000-colour.zip', exact: true }).click()
    await page.getByRole('menuitem', { name: 'Certificate', exact: true }).click()
    await page.getByText(/^The pictures are RGB: luma of what was written is at most 0\.0\d+ of an 8-bit step/).waitFor()
    expect(errors).toEqual([])
  })
})
