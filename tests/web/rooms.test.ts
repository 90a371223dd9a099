import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { drawScans } from './support/pictures.ts'
import { startStudio, type RunningStudio } from './support/studio.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
let studio: RunningStudio
let page: Page
let errors: string[]
let folder: string

/** A browser and an engine on a busy machine: what must become true has half a minute to do so. */
const patiently = { timeout: 30_000, interval: 50 }

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hourglass-rooms-'))
  await drawScans(folder, 3)
  studio = await startStudio([folder])
  const opened = await studio.open()
  page = opened.page
  errors = opened.errors
  await page.getByRole('option').nth(2).waitFor()
})
afterAll(async () => {
  await studio?.close()
  rmSync(folder, { recursive: true, force: true })
})

/** What axe finds seriously wrong, in words that name the rule and the place. */
async function seriousFaults(): Promise<string[]> {
  await page.evaluate(axe)
  return page.evaluate(async () => {
    const { axe: checker } = globalThis as unknown as { axe: { run(): Promise<{ violations: { id: string; impact: string | null; nodes: { target: unknown[] }[] }[] }> } }
    const { violations } = await checker.run()
    return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => String(target)).join(' | ')}`)
  })
}

const room = (name: string) => page.getByRole('navigation').getByRole('button', { name, exact: true }).or(page.getByRole('navigation').getByRole('link', { name, exact: true }))

describe('the rooms', () => {
  for (const name of ['Queue', 'Models', 'Settings', 'Pages', 'Film', 'Photos']) {
    test(`${name} opens by its name and has no serious fault for a screen reader`, async () => {
      await room(name).click()
      await page.waitForTimeout(300)
      expect(await seriousFaults()).toEqual([])
    })
  }

  test('an open photo has none either, in each theme', async () => {
    await room('Photos').click()
    await page.getByRole('option').first().dblclick()
    await page.getByRole('img', { name: 'Coloured', exact: true }).first().waitFor()
    for (const theme of ['Middle grey', 'Light', 'Dark']) {
      await room('Settings').click()
      const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
      const before = await ground()
      await page.getByRole('radiogroup', { name: 'Theme' }).getByText(theme, { exact: true }).click()
      await expect.poll(ground, patiently).not.toBe(before)
      await room('Photos').click()
      await page.getByRole('option').first().dblclick()
      await page.getByRole('img', { name: 'Coloured', exact: true }).first().waitFor()
      expect(await seriousFaults()).toEqual([])
    }
  })
})

test('the window speaks Chinese as soon as it is asked to, and English again', async () => {
  await room('Settings').click()
  await page.getByRole('combobox', { name: 'Language' }).click()
  await page.getByRole('option', { name: '简体中文' }).click()
  await expect.poll(() => page.getByRole('navigation').innerText(), patiently).toContain('照片')
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('zh-Hans')
  await page.getByRole('combobox', { name: '语言' }).click()
  await page.getByRole('option', { name: 'English' }).click()
  await expect.poll(() => page.getByRole('navigation').innerText(), patiently).toContain('Photos')
})

test('a photo is opened, compared, rated and left with the keyboard alone', async () => {
  await room('Photos').click()
  const hash = () => page.evaluate(() => location.hash)
  await expect.poll(hash, patiently).toMatch(/^#\/photos/)
  // An open photo has a list of its own below it, which goes away with it.
  await page.getByRole('listbox').waitFor()
  await page.keyboard.press('g')
  await expect.poll(hash, patiently).toBe('#/photos')
  await expect.poll(() => page.getByRole('radiogroup', { name: 'Compare' }).count(), patiently).toBe(0)
  await page.getByRole('listbox').focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await page.getByRole('img', { name: 'Coloured', exact: true }).first().waitFor()
  const second = await page.evaluate(() => location.hash)

  const mode = () => page.getByRole('radiogroup', { name: 'Compare' }).getByRole('radio', { checked: true }).getAttribute('value')
  const before = await mode()
  await page.keyboard.press('c')
  await expect.poll(mode, patiently).not.toBe(before)

  await page.keyboard.press('4')
  await page.keyboard.press('ArrowLeft')
  await expect.poll(() => page.evaluate(() => location.hash), patiently).not.toBe(second)
  await page.keyboard.press('g')
  await page.getByRole('listbox').waitFor()
  await expect.poll(() => page.getByLabel('4 stars').count(), patiently).toBe(1)
})

test('the palette finds a command by its words and runs it', async () => {
  await page.keyboard.press('Control+k')
  // The palette's part of the page is loaded when it is first asked for.
  await page.waitForFunction(() => document.activeElement instanceof HTMLInputElement && document.activeElement.closest('[role="dialog"]') !== null)
  await page.keyboard.type('queue')
  await page.getByRole('button', { name: /Queue/ }).first().waitFor()
  await page.keyboard.press('Enter')
  await expect.poll(() => page.evaluate(() => location.hash), patiently).toBe('#/queue')
})

test('the original shows as long as the key is held', async () => {
  await room('Photos').click()
  await page.getByRole('option').first().dblclick()
  await page.getByRole('img', { name: 'Coloured', exact: true }).first().waitFor()
  await page.getByText('Single', { exact: true }).click()
  await page.keyboard.down('\\')
  await expect.poll(() => page.getByRole('img', { name: 'Coloured', exact: true }).count(), patiently).toBe(0)
  await page.keyboard.up('\\')
  await expect.poll(() => page.getByRole('img', { name: 'Coloured', exact: true }).count(), patiently).toBe(1)
})

test('nothing was complained about in the console meanwhile', () => {
  expect(errors).toEqual([])
})
