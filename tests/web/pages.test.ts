import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { drawPages } from './support/pictures.ts'
import { becomes, colorAt, drag, english, patiently, press, type Words } from './support/stage.ts'
import { startStudio, type RunningStudio } from './support/studio.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
let studio: RunningStudio
let folder: string
let drawn: string[]

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hourglass-pages-'))
  drawn = await drawPages(folder, 2)
  studio = await startStudio()
})
afterAll(async () => {
  await studio?.close()
  rmSync(folder, { recursive: true, force: true })
})

const face = { x: 0.26, y: 0.72 }
const sun = { x: 0.74, y: 0.15 }
const hill = { x: 0.2, y: 0.42 }
const white = '#ffffff'

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const hints = (page: Page) => page.getByRole('grid', { name: 'Hints' }).getByRole('row')

async function takeColor(page: Page, color: string): Promise<void> {
  await page.getByRole('button', { name: /^Colour in hand/ }).click()
  const field = page.getByLabel('Hex')
  await field.fill(color)
  await field.press('Enter')
  await page.keyboard.press('Escape')
  await field.waitFor({ state: 'detached' })
}

/** Undo and redo are there once a gesture has been saved. */
async function step(page: Page, name: 'Undo' | 'Redo'): Promise<void> {
  await expect.poll(() => button(page, name).getAttribute('aria-disabled'), patiently).not.toBe('true')
  await button(page, name).click()
}

async function seriousFaults(page: Page): Promise<string[]> {
  await page.evaluate(axe)
  return page.evaluate(async () => {
    const { axe: checker } = globalThis as unknown as { axe: { run(): Promise<{ violations: { id: string; impact: string | null; nodes: { target: unknown[] }[] }[] }> } }
    const { violations } = await checker.run()
    return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => String(target)).join(' | ')}`)
  })
}

describe('a chapter in the browser', () => {
  test('takes hints and strokes, follows its swatches on every page, goes back and forth, and is still there after a reload', async () => {
    const { page, errors } = await studio.open({ path: '#/pages' })
    const chooser = page.waitForEvent('filechooser')
    await button(page, 'Add pages').click()
    await (await chooser).setFiles(drawn)
    await becomes(page, face, white)

    // A dot fills its region up to the lines, to the digit.
    await takeColor(page, '#f2c9a8')
    await press(page, face)
    await becomes(page, face, '#f2c9a8')
    expect(await colorAt(page, english.result, sun)).toBe(white)
    await step(page, 'Undo')
    await becomes(page, face, white)
    await step(page, 'Redo')
    await becomes(page, face, '#f2c9a8')

    // A swatch of a character, used on both pages.
    await takeColor(page, '#3355aa')
    await button(page, 'Add to the palette').click()
    await page.getByRole('menuitem', { name: 'New character' }).click()
    await page.getByLabel('Name of the character').fill('Mei')
    await page.keyboard.press('Enter')
    await page.getByLabel('Name', { exact: true }).fill('Coat')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Escape')
    await button(page, 'Mei · Coat').waitFor()
    // What fades out still lies over the page.
    await expect.poll(() => page.getByRole('dialog').count(), patiently).toBe(0)
    await press(page, sun)
    await becomes(page, sun, '#3355aa')
    await button(page, `Page 2, page 2 漫画.png, To do`).click()
    await becomes(page, hill, white)
    await press(page, hill)
    await becomes(page, hill, '#3355aa')

    // Its colour is changed once: this page and the other follow, and one step takes it back.
    await button(page, 'Mei · Coat').click()
    await page.getByLabel('Hex').fill('#aa3322')
    await page.getByLabel('Hex').press('Enter')
    await page.keyboard.press('Escape')
    await becomes(page, hill, '#aa3322')
    await button(page, `Page 1, page 1 漫画.png, To do`).click()
    await becomes(page, sun, '#aa3322')
    await step(page, 'Undo')
    await becomes(page, sun, '#3355aa')
    await step(page, 'Redo')
    await becomes(page, sun, '#aa3322')
    expect(await colorAt(page, english.result, face)).toBe('#f2c9a8')

    // A stroke, then the eraser over it.
    await takeColor(page, '#77aa66')
    await page.keyboard.press('s')
    await drag(page, { x: 0.15, y: 0.42 }, { x: 0.3, y: 0.4 })
    await becomes(page, hill, '#77aa66')
    expect(await hints(page).count()).toBe(3)
    await button(page, 'Eraser').click()
    await drag(page, { x: 0.2, y: 0.36 }, { x: 0.2, y: 0.45 })
    await becomes(page, hill, white)
    expect(await hints(page).count()).toBe(2)

    // The eyedropper takes the swatch up with its colour.
    await button(page, 'Eyedropper').click()
    await press(page, sun)
    await expect.poll(() => button(page, 'Mei · Coat').getAttribute('aria-pressed'), patiently).toBe('true')

    await page.reload()
    await becomes(page, face, '#f2c9a8')
    await becomes(page, sun, '#aa3322')
    expect(await hints(page).allTextContents()).toEqual(['#f2c9a8', 'Mei · Coat'])
    expect(await seriousFaults(page)).toEqual([])
    expect(errors).toEqual([])
  })

  test('moves, resizes, hides and removes a hint, from the list by keys as well', async () => {
    const { page } = await studio.open({ path: '#/pages' })
    await becomes(page, face, '#f2c9a8')
    await page.keyboard.press('b')
    await drag(page, face, hill)
    await becomes(page, hill, '#f2c9a8')
    await becomes(page, face, white)

    await button(page, 'Hide #f2c9a8').click()
    await becomes(page, hill, white)
    await button(page, 'Show #f2c9a8').click()
    await becomes(page, hill, '#f2c9a8')

    await page.getByRole('grid', { name: 'Hints' }).focus()
    await page.keyboard.press('Home')
    await page.keyboard.press('Delete')
    await becomes(page, hill, white)
    await step(page, 'Undo')
    await becomes(page, hill, '#f2c9a8')
    await step(page, 'Undo')
  })

  test('has its tools and buttons by their Chinese names', async () => {
    const { page } = await studio.open({ path: '#/settings' })
    await page.getByRole('combobox', { name: 'Language' }).click()
    await page.getByRole('option', { name: '简体中文' }).click()
    await page.getByRole('navigation').getByRole('button', { name: '漫画', exact: true }).click()
    const words: Words = { lines: '线稿', result: '上色结果' }
    await expect.poll(() => colorAt(page, words.result, sun), patiently).toBe('#aa3322')
    for (const tool of ['抓手', '提示', '笔画', '橡皮擦', '吸管', '合并', '分割']) expect(await button(page, tool).count(), tool).toBe(1)
    await button(page, '提示').click()
    await press(page, hill, words)
    await becomes(page, hill, '#e07a5f', words)
    await button(page, '撤销').click()
    await becomes(page, hill, white, words)
    expect(await button(page, '导出').count()).toBe(1)
    expect(await seriousFaults(page)).toEqual([])
  })
})
