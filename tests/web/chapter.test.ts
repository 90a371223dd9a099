import { mkdtempSync, rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Texts } from '../../src/core/texts/texts.ts'
import { readPsd } from '../../src/engine/pages/psd.ts'
import { openZip, writeZip } from '../../src/engine/pages/zip.ts'
import { drawPages, drawRough } from './support/pictures.ts'
import { becomes, colorAt, drag, patiently, press, type Words } from './support/stage.ts'
import { languages, startStudioIn } from './support/languages.ts'
import type { RunningStudio } from './support/studio.ts'

let studio: RunningStudio
let folder: string
let drawn: string[]
let chapter: string
let rough: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hourglass-chapter-'))
  drawn = await drawPages(folder, 2)
  rough = await drawRough(join(folder, 'rough.png'), 1)
  chapter = join(folder, 'Lantern 灯.cbz')
  await writeZip(chapter, drawn.toReversed().map((path) => ({ name: basename(path), content: () => readFile(path) })))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const sun = { x: 0.73, y: 0.157 }
const lantern = { x: 0.74, y: 0.743 }
const hill = { x: 0.2, y: 0.42 }
const sky = { x: 0.2, y: 0.12 }
const white = '#ffffff'

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true })
const hints = (page: Page, { t }: Texts) => page.getByRole('grid', { name: t('pages.hints') }).getByRole('row')

async function takeColor(page: Page, { t }: Texts, color: string): Promise<void> {
  await page.getByRole('button', { name: new RegExp(`^${t('pages.color.hand', { color: '' })}`) }).click()
  const field = page.getByLabel(t('pages.color.hex'))
  await field.fill(color)
  await field.press('Enter')
  await page.keyboard.press('Escape')
  await field.waitFor({ state: 'detached' })
}

async function undo(page: Page, { t }: Texts): Promise<void> {
  const name = t('commands.edit.undo')
  await expect.poll(() => button(page, name).getAttribute('aria-disabled'), patiently).not.toBe('true')
  await button(page, name).click()
}

/** Answers the files that come down while something is done. */
async function downloads(page: Page, count: number, start: () => Promise<void>): Promise<string[]> {
  const coming: Promise<string>[] = []
  const all = new Promise<void>((resolve) => {
    page.on('download', (download) => {
      const path = join(folder, `${Date.now()}-${coming.length}-${download.suggestedFilename()}`)
      coming.push(download.saveAs(path).then(() => path))
      if (coming.length === count) resolve()
    })
  })
  await start()
  await Promise.race([all, page.waitForTimeout(60_000).then(() => Promise.reject(new Error(`${coming.length} of ${count} files came within a minute.`)))])
  page.removeAllListeners('download')
  return Promise.all(coming)
}

async function exportAs(page: Page, texts: Texts, format: string, isChapter: boolean): Promise<void> {
  const { t } = texts
  await page.keyboard.press('Control+e')
  await page.getByRole('dialog').waitFor()
  if (isChapter) await page.getByRole('radio', { name: t('pages.export.chapter', { count: 2 }) }).check()
  await page.getByRole('combobox', { name: t('photos.export.format') }).click()
  await page.getByRole('option', { name: format }).click()
  await page.getByRole('dialog').locator('button[type="submit"]').click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
}

describe.each(languages)('a chapter from archive to layers, in %s', (language) => {
  let texts: Texts
  let words: Words
  beforeAll(async () => {
    ;({ studio, texts } = await startStudioIn(language))
    words = { lines: texts.t('pages.lines'), result: texts.t('pages.coloured') }
  })
  afterAll(() => studio?.close())

  test('is opened, hinted by itself, corrected, undone, follows its palette, leaves as PSD and CBZ, and is there after a reload', { timeout: 240_000 }, async () => {
    const { t } = texts
    const { page, errors } = await studio.open({ path: '#/pages' })
    const state = t('pages.state.todo')
    const pageButton = (number: number) => button(page, t('pages.pageOf', { number, name: basename(drawn[number - 1] ?? ''), state }))

    // The chapter becomes its pages, in order, under their names.
    const chooser = page.waitForEvent('filechooser')
    await button(page, t('pages.add')).click()
    await (await chooser).setFiles([chapter])
    await becomes(page, sun, white, words)
    await pageButton(1).waitFor()
    expect(await pageButton(1).getAttribute('aria-current')).toBe('true')
    await pageButton(2).waitFor()

    // What has no hint is counted, and U leads to it: Enter puts a hint there.
    const open = page.getByRole('button', { name: new RegExp(t('pages.open', { count: 2 }).replace('2', '\\d+')) })
    await open.waitFor()
    const before = Number(/\d+/.exec((await open.textContent()) ?? '')?.[0])
    await page.keyboard.press('u')
    await page.keyboard.press('Enter')
    await expect.poll(() => hints(page, texts).count(), patiently).toBe(1)
    await expect.poll(async () => Number(/\d+/.exec((await open.textContent()) ?? '')?.[0]), patiently).toBe(before - 1)
    await undo(page, texts)
    await expect.poll(() => hints(page, texts).count(), patiently).toBe(0)

    // A rough colouring is given, and every region takes its hint from it.
    const roughRow = page.getByRole('group', { name: t('steps.page.rough'), exact: true })
    const picking = page.waitForEvent('filechooser')
    await roughRow.getByRole('button', { name: t('inspector.reference.choose'), exact: true }).click()
    await (await picking).setFiles([rough])
    await roughRow.getByText(basename(rough), { exact: true }).waitFor()
    await button(page, t('pages.suggest')).click()
    await expect.poll(() => colorAt(page, words.result, lantern), patiently).not.toBe(white)
    const suggested = { sun: await colorAt(page, words.result, sun), lantern: await colorAt(page, words.result, lantern) }
    expect(suggested.sun).not.toBe(suggested.lantern)
    const count = await hints(page, texts).count()
    expect(count).toBeGreaterThan(4)

    // One is moved out of the sun, one recoloured, one painted.
    await button(page, t('tools.hint')).click()
    await drag(page, sun, sky, words)
    await becomes(page, sun, white, words)
    await page.keyboard.press('Escape')
    await press(page, lantern, words)
    await takeColor(page, texts, '#cc3355')
    await becomes(page, lantern, '#cc3355', words)
    await page.keyboard.press('Escape')
    await takeColor(page, texts, '#44aa88')
    await page.keyboard.press('s')
    await drag(page, { x: 0.71, y: 0.15 }, { x: 0.75, y: 0.16 }, words)
    await becomes(page, sun, '#44aa88', words)

    for (const [at, color] of [[sun, white], [lantern, suggested.lantern], [sun, suggested.sun]] as const) {
      await undo(page, texts)
      await becomes(page, at, color ?? '', words)
    }
    await expect.poll(() => hints(page, texts).count(), { timeout: 30_000 }).toBe(count)

    // A swatch, used on the second page.
    await takeColor(page, texts, '#3355aa')
    await button(page, t('pages.palette.add')).click()
    await page.getByRole('menuitem', { name: t('pages.palette.addGroup') }).click()
    await page.getByLabel(t('pages.palette.groupName')).fill('芽衣')
    await page.keyboard.press('Enter')
    await page.getByLabel(t('pages.palette.name'), { exact: true }).fill('外套 Coat')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Escape')
    await expect.poll(() => page.getByRole('dialog').count(), patiently).toBe(0)
    await pageButton(2).click()
    await becomes(page, hill, white, words)
    await button(page, t('tools.hint')).click()
    await press(page, hill, words)
    await becomes(page, hill, '#3355aa', words)

    // Layers: one a colour, in the group of its character, at the page's size.
    const [layered] = await downloads(page, 1, () => exportAs(page, texts, t('pages.export.formats.psd'), false))
    const psd = await readPsd(layered ?? '')
    expect(psd).toMatchObject({ width: 700, height: 980 })
    expect(psd.layers.find(({ group }) => group.includes('芽衣'))?.name).toBe('外套 Coat')
    const [packed] = await downloads(page, 1, () => exportAs(page, texts, t('pages.export.formats.cbz'), true))
    expect(basename(packed ?? '')).toContain('Lantern 灯.cbz')
    const zip = await openZip(packed ?? '')
    expect(zip.entries.map(({ name }) => name)).toEqual(drawn.map((path) => basename(path)))
    zip.close()

    await page.reload()
    await becomes(page, hill, '#3355aa', words)
    await pageButton(1).click()
    await becomes(page, sun, suggested.sun ?? '', words)
    await expect.poll(() => hints(page, texts).count(), { timeout: 30_000 }).toBe(count)
    await button(page, '芽衣 · 外套 Coat').waitFor()
    expect(errors).toEqual([])
  })

  test('keeps a locked panel as it is whatever changes around it, and lets it change once it is unlocked', { timeout: 120_000 }, async () => {
    const { page } = await studio.open({ path: '#/pages' })
    const colors = () => Promise.all([sun, sky, hill].map((at) => colorAt(page, words.result, at)))
    await expect.poll(() => colorAt(page, words.result, sun), patiently).not.toBeNull()
    await page.waitForTimeout(1500)
    const before = await colors()
    await page.keyboard.press('l')
    await press(page, sky, words)
    await takeColor(page, texts, '#102030')
    await page.keyboard.press('b')
    await page.keyboard.press('Escape')
    await press(page, { x: 0.85, y: 0.12 }, words)
    await press(page, { x: 0.1, y: 0.6 }, words)
    await becomes(page, { x: 0.1, y: 0.6 }, '#102030', words)
    expect(await colors()).toEqual(before)
    await page.keyboard.press('l')
    await press(page, sky, words)
    await expect.poll(() => colorAt(page, words.result, { x: 0.85, y: 0.12 }), patiently).toBe('#102030')
  })
})
