import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readPalette, writePalette } from '../../src/core/pages/files/palettes.ts'
import { cellPlace, sheetLayout } from '../../src/core/pages/contactSheet.ts'
import type { Texts } from '../../src/core/texts/texts.ts'
import type { LayeredPage } from '../../src/engine/pages/layers.ts'
import { writePsd } from '../../src/engine/pages/psd.ts'
import { drawPages } from './support/pictures.ts'
import { becomes, colorAt, patiently, press, type Words } from './support/stage.ts'
import { languages, startStudioIn } from './support/languages.ts'
import type { RunningStudio } from './support/studio.ts'

let folder: string
let drawn: string[]
let model: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hourglass-colorist-'))
  drawn = await drawPages(folder, 3)
  writeFileSync(join(folder, 'mei.ase'), writePalette({ name: 'Mei', swatches: [{ name: 'Coat', color: '#3355aa', group: 'Mei' }, { name: 'Skin', color: '#f2c9a8', group: 'Mei' }] }, 'ase'))
  model = join(folder, 'model sheet 設定.png')
  // Four fields of one colour each.
  await sharp(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="400" height="400"><rect width="200" height="200" fill="#cc3333"/><rect x="200" width="200" height="200" fill="#33aa55"/><rect y="200" width="200" height="200" fill="#2244cc"/><rect x="200" y="200" width="200" height="200" fill="#f4c542"/></svg>')).png().toFile(model)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const face = { x: 0.26, y: 0.72 }
const sun = { x: 0.73, y: 0.157 }
const lantern = { x: 0.74, y: 0.743 }
const white = '#ffffff'

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true })
const hand = (page: Page, { t }: Texts, color: string) => page.getByRole('button', { name: t('pages.color.hand', { color }), exact: true })

async function undo(page: Page, { t }: Texts): Promise<void> {
  const name = t('commands.edit.undo')
  await expect.poll(() => button(page, name).getAttribute('aria-disabled'), patiently).not.toBe('true')
  await button(page, name).click()
}

/** A file dragged over the window and let go on the place with these words. */
async function drop(page: Page, words: string, name: string, bytes: Buffer): Promise<void> {
  const dropped = await page.evaluateHandle(
    ([file, content]) => {
      const data = new DataTransfer()
      data.items.add(new File([Uint8Array.from(content)], file))
      return data
    },
    [name, [...bytes]] as const,
  )
  await page.dispatchEvent('body', 'dragenter', { dataTransfer: dropped })
  const zone = page.locator('[data-drop-zone]', { hasText: words })
  for (const event of ['dragenter', 'dragover', 'drop']) await zone.dispatchEvent(event, { dataTransfer: dropped })
}

async function paletteMenu(page: Page, { t }: Texts, item: string): Promise<void> {
  await button(page, t('pages.palette.add')).click()
  await page.getByRole('menuitem', { name: item, exact: true }).click()
}

/** A page of two layers: a black frame, and red all over. */
async function layeredPage(): Promise<LayeredPage> {
  const [width, height] = [300, 400]
  const drawn = async (svg: string) => new Uint8Array(await sharp(Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${svg}</svg>`)).ensureAlpha().raw().toBuffer())
  const layer = async (name: string, svg: string) => ({ name, kind: 'other' as const, left: 0, top: 0, width, height, pixels: { rgba: await drawn(svg) }, blend: 'normal', opacity: 1, hidden: false, group: [] })
  return { width, height, dpi: null, layers: [await layer('Ink', '<rect x="30" y="30" width="240" height="340" fill="none" stroke="#000" stroke-width="5"/>'), await layer('Colours', '<rect width="300" height="400" fill="#cc3333"/>')] }
}

describe.each(languages)('a colorist at a chapter, in %s', (language) => {
  let studio: RunningStudio
  let texts: Texts
  let words: Words
  let page: Page
  let errors: string[]
  const pageButton = (number: number) => page.getByRole('button', { name: texts.t('pages.pageOf', { number, name: basename(drawn[number - 1] ?? ''), state: texts.t('pages.state.todo') }), exact: true })
  beforeAll(async () => {
    ;({ studio, texts } = await startStudioIn(language))
    words = { lines: texts.t('pages.lines'), result: texts.t('pages.coloured') }
    ;({ page, errors } = await studio.open({ path: '#/pages' }))
    const chooser = page.waitForEvent('filechooser')
    await button(page, texts.t('pages.add')).click()
    await (await chooser).setFiles(drawn)
    await pageButton(3).waitFor()
  })
  afterAll(() => studio?.close())

  test('takes palettes from files and from pictures, by dialog and by drop, and saves the palette', { timeout: 120_000 }, async () => {
    const { t } = texts
    await becomes(page, sun, white, words)
    const picking = page.waitForEvent('filechooser')
    await paletteMenu(page, texts, t('pages.palette.importFile'))
    await (await picking).setFiles([join(folder, 'mei.ase')])
    await button(page, t('pages.palette.take', { count: 2 })).click()
    await button(page, 'Mei · Coat').waitFor()

    // A picture gives as many colours as are asked for; the four it has when more are.
    await drop(page, t('pages.palette.drop'), 'sheet.png', await readFile(model))
    const found = page.getByRole('list', { name: t('pages.palette.found') }).getByRole('listitem')
    await expect.poll(() => found.count(), patiently).toBe(4)
    const count = page.getByRole('dialog').getByRole('textbox', { name: t('pages.palette.colors') })
    await count.fill('2')
    await count.press('Enter')
    await expect.poll(() => found.count(), patiently).toBe(2)
    await button(page, t('pages.palette.take', { count: 2 })).click()
    await expect.poll(() => page.getByRole('group', { name: 'sheet', exact: true }).getByRole('button', { name: /^sheet · #/ }).count(), patiently).toBe(2)

    for (const format of ['ase', 'gpl', 'aco'] as const) {
      const coming = page.waitForEvent('download')
      await paletteMenu(page, texts, t(`pages.palette.formats.${format}`))
      const saved = await coming
      expect(saved.suggestedFilename()).toMatch(new RegExp(`\\.${format}$`))
      const path = join(folder, `${language}.${format}`)
      await saved.saveAs(path)
      const back = readPalette(await readFile(path), 'back')
      expect(back.swatches.slice(0, 2).map(({ name, color }) => [name, color])).toEqual([['Coat', '#3355aa'], ['Skin', '#f2c9a8']])
      expect(back.swatches).toHaveLength(4)
    }
    await undo(page, texts)
    await expect.poll(() => page.getByRole('group', { name: 'sheet', exact: true }).count(), patiently).toBe(0)
  })

  test('takes colours up from a picture beside the page, by pointer and by keys', async () => {
    const { t } = texts
    await button(page, t('pages.reference')).click()
    const picking = page.waitForEvent('filechooser')
    await button(page, t('pages.reference.open')).click()
    await (await picking).setFiles([model])
    const picture = page.getByRole('button', { name: t('pages.reference.take', { name: basename(model) }), exact: true })
    await picture.waitFor()
    await expect.poll(() => picture.locator('img').evaluate((image) => (image as HTMLImageElement).naturalWidth), patiently).toBe(400)
    const box = await picture.locator('img').boundingBox()
    if (!box) throw new Error('the picture is not there')
    await page.mouse.click(box.x + 0.75 * box.width, box.y + 0.25 * box.height)
    await hand(page, texts, '#33aa55').waitFor()
    await picture.focus()
    for (let n = 0; n < 10; n++) await page.keyboard.press('Shift+ArrowDown')
    await page.keyboard.press('Enter')
    await hand(page, texts, '#f4c542').waitFor()
    await press(page, sun, words)
    await becomes(page, sun, '#f4c542', words)
    await page.keyboard.press('Escape')
  })

  test('is offered colours for a place without a hint, and takes one by its digit or by a press', { timeout: 120_000 }, async () => {
    const { t } = texts
    await page.getByRole('button', { name: 'Mei · Coat', exact: true }).click()
    await press(page, face, words)
    await becomes(page, face, '#3355aa', words)
    await pageButton(2).click()
    await becomes(page, sun, white, words)
    const row = page.getByRole('group', { name: t('pages.colorsAt') })
    const offers = row.getByRole('button', { name: /\d\s?%/ })

    // U leads to a region without a hint and asks what it may be; 1 takes the surest.
    const count = () => page.getByRole('grid', { name: t('pages.hints') }).getByRole('row').count()
    // Which regions are open is known a moment after the page is seen.
    const asks = async () => {
      await page.keyboard.press('u')
      return row.count()
    }
    await expect.poll(asks, patiently).toBe(1)
    await expect.poll(() => offers.count(), patiently).toBeGreaterThan(0)
    await page.keyboard.press('1')
    await expect.poll(count, patiently).toBe(1)
    expect(await row.count()).toBe(0)
    await undo(page, texts)
    await expect.poll(count, patiently).toBe(0)

    // A dot on such a region is offered others; a press gives it one.
    await press(page, sun, words)
    await row.waitFor()
    await expect.poll(() => offers.count(), patiently).toBeGreaterThan(0)
    await offers.last().click()
    const colors = ['#f4c542', '#3355aa']
    await expect.poll(async () => colors.includes((await colorAt(page, words.result, sun)) ?? ''), patiently).toBe(true)
    await undo(page, texts)
    await undo(page, texts)
    await becomes(page, sun, white, words)
  })

  test('teaches the other pages from one: by hand, all that is sure, and the whole chapter, a step of undo a page', { timeout: 180_000 }, async () => {
    const { t } = texts
    await pageButton(1).click()
    await becomes(page, face, '#3355aa', words)
    await button(page, t('pages.teach')).click()
    await pageButton(2).click()
    const proposals = page.getByRole('list', { name: t('pages.teach.title') }).getByRole('listitem')
    await expect.poll(() => proposals.count(), patiently).toBeGreaterThan(3)
    const all = await proposals.count()

    // The surest is accepted by key, the next turned down.
    await page.keyboard.press('n')
    await page.keyboard.press('y')
    await expect.poll(() => proposals.count(), patiently).toBe(all - 1)
    await page.keyboard.press('x')
    await expect.poll(() => proposals.count(), patiently).toBe(all - 2)
    await undo(page, texts)
    await expect.poll(() => proposals.count(), patiently).toBe(all - 1)

    // All that is sure enough at once: the sun looks like the sun of the first page.
    const accept = page.getByRole('button', { name: new RegExp(`^${t('pages.teach.acceptAll', { count: 7, least: '40%' }).replace('7', '\\d+')}`) })
    await accept.click()
    await becomes(page, sun, '#f4c542', words)
    await undo(page, texts)
    await becomes(page, sun, white, words)

    await button(page, t('pages.teach.everywhere')).click()
    await becomes(page, sun, '#f4c542', words)
    await pageButton(3).click()
    await expect.poll(() => colorAt(page, words.result, { x: sun.x - 0.02, y: sun.y }), patiently).not.toBe(white)
    await undo(page, texts)
    await expect.poll(() => page.getByRole('grid', { name: t('pages.hints') }).count(), patiently).toBe(0)
    await button(page, t('pages.teach.end')).click()

    // The contact sheet, of all pages and of those that are done.
    await page.keyboard.press('g')
    const sheet = page.getByRole('dialog')
    await expect.poll(() => sheet.getByRole('listitem').count(), patiently).toBe(3)
    await sheet.getByText(t('pages.state.done'), { exact: true }).click()
    await expect.poll(() => sheet.getByRole('listitem').count(), patiently).toBe(0)
    await sheet.getByText(t('pages.sheet.all'), { exact: true }).click()
    const coming = page.waitForEvent('download', { timeout: 60_000 })
    await button(page, t('pages.sheet.save')).click()
    await page.getByRole('menuitem', { name: t('photos.export.formats.png'), exact: true }).click()
    const saved = join(folder, `${language}-sheet.png`)
    await (await coming).saveAs(saved)
    const { width, height } = await sharp(saved).metadata()
    const layout = sheetLayout(Array.from({ length: 3 }, () => ({ width: 700, height: 980 })))
    expect([width, height]).toEqual([layout.width, layout.height])
    // The sun of the second page, in its cell.
    const { left, top } = cellPlace(layout, 1)
    const pixel = await sharp(saved).extract({ left: left + Math.round(sun.x * layout.cell.width), top: top + Math.round(sun.y * layout.cell.height), width: 1, height: 1 }).removeAlpha().raw().toBuffer()
    expect([...pixel]).toEqual([0xf4, 0xc5, 0x42])
    expect(await colorAt(page, words.result, lantern)).toBe(white)
  })

  test('chooses the layers of a PSD that are its lines, and a rough colouring that hints are taken from', { timeout: 120_000 }, async () => {
    const { t } = texts
    const psd = join(folder, `${language}.psd`)
    await writePsd(await layeredPage(), psd, { overwrite: false, original: null })
    const picking = page.waitForEvent('filechooser')
    await page.keyboard.press('Control+Alt+i')
    await (await picking).setFiles([psd])
    const dialog = page.getByRole('dialog')
    await dialog.waitFor()
    const lines = dialog.getByRole('checkbox', { name: t('app.layers.asLines', { name: 'Ink' }), exact: true })
    await lines.waitFor()
    expect(await lines.isChecked()).toBe(true)
    await dialog.getByRole('checkbox', { name: t('app.layers.asLines', { name: 'Colours' }), exact: true }).uncheck()
    await dialog.getByRole('checkbox', { name: t('app.layers.asRough', { name: 'Colours' }), exact: true }).check()
    await button(page, t('app.layers.add')).click()
    await page.getByText(`${language}.png`, { exact: true }).first().waitFor()
    await becomes(page, { x: 0.5, y: 0.5 }, white, words)
    await button(page, t('pages.suggest')).click()
    await expect.poll(() => colorAt(page, words.result, { x: 0.5, y: 0.5 }), patiently).not.toBe(white)
    expect(errors).toEqual([])
  })
})
