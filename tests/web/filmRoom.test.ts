import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Texts } from '../../src/core/texts/texts.ts'
import { ffmpeg, hasFfmpeg } from '../engine/film/clips.ts'
import { drawFilmFrames } from './support/pictures.ts'
import { goTo, openClip, patiently } from './support/film.ts'
import { startStudioIn } from './support/languages.ts'
import type { RunningStudio } from './support/studio.ts'

const longName = `${'a can with all that was ever written on it, '.repeat(4)}reel 3.mkv`
let folder: string
const clip = (name: string) => join(folder, name)

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hourglass-room-'))
  if (!hasFfmpeg) return
  const frames = await drawFilmFrames(clip('frames'), 60, { width: 160, height: 120 })
  const grey = ['-i', frames, '-pix_fmt', 'yuv420p', '-c:v', 'libx264', '-preset', 'ultrafast']
  await ffmpeg('-framerate', '30000/1001', ...grey, clip('ntsc.mov'))
  await ffmpeg('-framerate', '25', ...grey, '-vf', "settb=1/1000,setpts='40*N+20*mod(N,2)'", '-fps_mode', 'passthrough', clip('uneven.mkv'))
  await ffmpeg('-framerate', '25', ...grey, '-frames:v', '20', clip(longName))
  await ffmpeg('-f', 'lavfi', '-i', 'testsrc2=size=160x120:rate=25,trim=end_frame=60', '-pix_fmt', 'yuv420p', '-c:v', 'libx264', '-preset', 'ultrafast', clip('painted.mkv'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

async function add(page: Page, { t }: Texts, ...names: string[]): Promise<void> {
  const chooser = page.waitForEvent('filechooser')
  await button(page, t('film.add')).click()
  await (await chooser).setFiles(names.map(clip))
}

interface Box {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}
/** Where the parts of the transport stand: fields, badge, buttons and figures. */
const places = (page: Page, { t }: Texts): Promise<Box[]> =>
  page.getByRole('group', { name: t('film.transport'), exact: true }).evaluate((transport) =>
    [...transport.children]
      .flatMap((group) => [...group.children])
      .map((part) => part.getBoundingClientRect())
      .filter(({ width }) => width > 0)
      .map(({ left, right, top, bottom }) => ({ left, right, top, bottom })),
  )
const overlaps = (boxes: readonly Box[]): number => boxes.filter((one, n) => boxes.slice(n + 1).some((other) => one.left < other.right - 1 && other.left < one.right - 1 && one.top < other.bottom - 1 && other.top < one.bottom - 1)).length

describe.skipIf(!hasFfmpeg)('the Film room', { timeout: 300_000 }, () => {
  let studio: RunningStudio
  let texts: Texts
  beforeAll(async () => {
    ;({ studio, texts } = await startStudioIn('en'))
  })
  afterAll(() => studio?.close())

  test('tells a rate to its last digit, and its transport stands still under the pointer and never overlaps', async () => {
    const { t } = texts
    const { page, errors } = await studio.open({ path: '#/film' })
    await add(page, texts, 'ntsc.mov', 'uneven.mkv', longName)
    await openClip(page, 'ntsc.mov')
    await page.getByText(t('film.rate', { rate: '29.97' }), { exact: true }).first().waitFor({ timeout: patiently.timeout })
    await page.getByText(t('film.check.exact'), { exact: true }).waitFor({ timeout: patiently.timeout })
    const before = await button(page, t('film.play')).boundingBox()
    await goTo(page, texts, 117)
    expect(await button(page, t('film.play')).boundingBox()).toEqual(before)

    // However far the timeline is zoomed in, the playhead is in sight where one goes.
    await button(page, t('film.zoomIn')).click()
    await button(page, t('film.zoomIn')).click()
    await goTo(page, texts, 3)
    const ruler = page.getByRole('slider', { name: t('film.playhead'), exact: true })
    const first = await ruler.innerText()
    await goTo(page, texts, 110)
    expect(await ruler.innerText()).not.toBe(first)
    expect(await ruler.innerText()).toContain('00:00:03')

    await openClip(page, 'uneven.mkv')
    await page.getByText(t('film.check.exact'), { exact: true }).waitFor({ timeout: patiently.timeout })
    for (const size of [{ width: 1440, height: 900 }, { width: 1100, height: 700 }, { width: 720, height: 450 }]) {
      await page.setViewportSize(size)
      await expect.poll(async () => overlaps(await places(page, texts)), patiently).toBe(0)
    }
    // At 200 % the picture and the ways to compare are still there.
    expect((await page.getByRole('img', { name: t('film.frameShown', { frame: 0 }), exact: true }).boundingBox())?.height).toBeGreaterThan(60)
    const ways = await page.getByRole('radiogroup', { name: t('photos.compare.title'), exact: true }).boundingBox()
    const search = await button(page, t('app.search')).boundingBox()
    expect((ways?.x ?? 0) + (ways?.width ?? 0)).toBeLessThanOrEqual(search?.x ?? 0)
    await page.setViewportSize({ width: 1440, height: 900 })

    // A name that is too long gives way to what stands beside it.
    await button(page, longName).click()
    await page.getByText(t('film.checked', { count: 20 }), { exact: true }).waitFor({ timeout: patiently.timeout })
    expect((await button(page, longName).boundingBox())?.width).toBeLessThan(200)
    const checked = await page.getByText(t('film.checked', { count: 20 }), { exact: true }).boundingBox()
    const device = await page.getByText(t('app.status.cpu'), { exact: true }).boundingBox()
    expect((checked?.x ?? 0) + (checked?.width ?? 0)).toBeLessThanOrEqual(device?.x ?? 0)
    expect(errors).toEqual([])
    await page.close()
  })

  test('keeps in and out over a reload, and undoes them', async () => {
    const { t } = texts
    const { page, errors } = await studio.open({ path: '#/film' })
    await openClip(page, 'ntsc.mov')
    await page.getByRole('tab', { name: t('film.recipe'), exact: true }).click()
    const inToOut = page.getByText(t('film.recipe.range'), { exact: true })
    expect(await inToOut.count()).toBe(0)
    await goTo(page, texts, 12)
    await page.keyboard.press('i')
    await goTo(page, texts, 30)
    await page.keyboard.press('o')
    await inToOut.waitFor()
    await openClip(page, 'uneven.mkv')
    await expect.poll(() => inToOut.count(), patiently).toBe(0)
    await openClip(page, 'ntsc.mov')
    await inToOut.waitFor({ timeout: patiently.timeout })
    await page.reload()
    await openClip(page, 'ntsc.mov')
    await button(page, t('film.export.button')).click()
    await page.getByText(t('film.export.range', { from: 12, to: 30 }), { exact: true }).waitFor({ timeout: patiently.timeout })
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.getByRole('tab', { name: t('film.recipe'), exact: true }).click()
    await inToOut.waitFor()
    await page.keyboard.press('Control+z')
    await page.keyboard.press('Control+z')
    await expect.poll(() => inToOut.count(), patiently).toBe(0)
    expect(errors).toEqual([])
    await page.close()
  })

  test('signs a note by the name that was typed with it', async () => {
    const { t } = texts
    const { page, errors } = await studio.open({ path: '#/film' })
    await openClip(page, 'ntsc.mov')
    await page.keyboard.press('m')
    await page.keyboard.type('The coat drifts')
    await page.getByRole('textbox', { name: t('film.notes.author'), exact: true }).fill('Ada')
    await page.keyboard.press('Enter')
    await page.getByText(/^Ada · /).waitFor({ timeout: patiently.timeout })
    expect(errors).toEqual([])
    await page.close()
  })

  test('never paints over a film that is in colour already, not even before it was looked through; the hint tool shows its colour', async () => {
    const { t } = texts
    const { page, errors } = await studio.open({ path: '#/film' })
    await openClip(page, 'ntsc.mov')
    // What is coloured before has another number.
    await goTo(page, texts, 5)
    await add(page, texts, 'painted.mkv')
    await page.evaluate(() => {
      const seen: string[] = Object.assign(window, { seen: [] }).seen
      new MutationObserver(() => seen.push(...[...document.images].map(({ alt }) => alt))).observe(document.body, { subtree: true, childList: true, attributes: true })
    })
    await openClip(page, 'painted.mkv')
    await page.keyboard.press('b')
    await page.getByText(t('photos.alreadyColor'), { exact: true }).waitFor({ timeout: patiently.timeout })
    await page.getByText(t('film.settled'), { exact: true }).waitFor()
    const seen = await page.evaluate(() => (window as unknown as { seen: string[] }).seen)
    expect(seen).toContain(t('film.frameShown', { frame: 0 }))
    expect(seen).not.toContain(t('film.frameColored', { frame: 0 }))
    await page.keyboard.press('h')
    expect(errors).toEqual([])
    await page.close()
  })
})

describe.skipIf(!hasFfmpeg)('an edit of a clip that was never opened', { timeout: 300_000 }, () => {
  test('has its frames counted in the background', async () => {
    const { studio, texts } = await startStudioIn('en')
    try {
      const { t } = texts
      const { page, errors } = await studio.open({ path: '#/film' })
      await add(page, texts, 'ntsc.mov', 'uneven.mkv')
      await openClip(page, 'ntsc.mov')
      await page.keyboard.press('Shift+Q')
      await button(page, t('film.edit.addClip')).click()
      await page.getByRole('menuitem', { name: 'uneven.mkv', exact: true }).click()
      await page.getByRole('listbox', { name: t('film.edit.parts'), exact: true }).waitFor({ timeout: patiently.timeout })
      await page.getByText(t('film.check.exact'), { exact: true }).waitFor({ timeout: patiently.timeout })
      expect(errors).toEqual([])
    } finally {
      await studio.close()
    }
  })
})
