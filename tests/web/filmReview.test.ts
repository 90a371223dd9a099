import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Texts } from '../../src/core/texts/texts.ts'
import { ffmpeg, hasFfmpeg } from '../engine/film/clips.ts'
import { becomesColor } from './support/pixels.ts'
import { patiently } from './support/stage.ts'
import { languages, startStudioIn } from './support/languages.ts'
import type { RunningStudio } from './support/studio.ts'

let folder: string
const frames = 30

/** A grey film, the same one in one colour but for frame 14, and one that is shorter. */
const files = { reel: 'reel.mkv', colored: 'reel colour.mkv', short: 'short.mkv' }

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hourglass-review-'))
  if (!hasFfmpeg) return
  const film = (count: number) => ['-f', 'lavfi', '-i', `color=gray:size=160x120:rate=25,trim=end_frame=${count},format=yuv420p,geq=lum='40+mod(X+N*5,160)':cb=128:cr=128`]
  await ffmpeg(...film(frames), '-c:v', 'ffv1', '-g', '10', join(folder, files.reel))
  await ffmpeg(...film(frames), '-vf', "geq=lum='lum(X,Y)':cb='if(eq(N,14),70,100)':cr=170:i=nearest", '-c:v', 'ffv1', '-g', '10', join(folder, files.colored))
  await ffmpeg(...film(12), '-c:v', 'ffv1', join(folder, files.short))
}, 60_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe.skipIf(!hasFfmpeg).each(languages)('reviewing a film, in %s', (language) => {
  let studio: RunningStudio
  let texts: Texts
  beforeAll(async () => {
    ;({ studio, texts } = await startStudioIn(language))
  })
  afterAll(() => studio?.close())

  const shown = (page: Page): Promise<string> => page.getByRole('status', { name: texts.t('film.frame'), exact: true }).innerText()
  const tab = (page: Page, name: string) => page.getByRole('tab', { name, exact: true }).click()
  async function choose(page: Page, button: string, ...names: string[]): Promise<void> {
    const chooser = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: button, exact: true }).click()
    await (await chooser).setFiles(names.map((name) => join(folder, name)))
  }
  async function openReel(): Promise<{ page: Page; errors: string[] }> {
    const opened = await studio.open({ path: '#/film' })
    await opened.page.getByRole('button', { name: files.reel, exact: true }).click()
    await expect.poll(() => shown(opened.page), patiently).toBe('0')
    return opened
  }

  test('compares it with its colouring, split, side by side and by difference, and proves that luma is the same', { timeout: 120_000 }, async () => {
    const { t } = texts
    const { page, errors } = await studio.open({ path: '#/film' })
    await choose(page, t('film.add'), files.reel, files.short)
    await page.getByRole('button', { name: files.reel, exact: true }).click()
    await expect.poll(() => shown(page), patiently).toBe('0')
    await tab(page, t('film.clip'))
    // Nothing to compare with: the ways to compare say what is missing.
    expect(await page.getByRole('radio', { name: t('photos.compare.difference'), exact: true }).isDisabled()).toBe(true)
    await page.getByRole('combobox', { name: t('film.compare.with'), exact: true }).click()
    const unfit = t('film.compare.noFit', { name: files.short, frames: '12', width: '160', height: '120' })
    expect(await page.getByRole('option', { name: unfit }).getAttribute('data-combobox-disabled')).toBe('true')
    await page.keyboard.press('Escape')

    await choose(page, t('film.compare.add'), files.colored)
    await becomesColor(page, files.colored, { x: 0.9, y: 0.5 }, 'red')
    await page.getByRole('slider', { name: t('photos.splitHandle'), exact: true }).waitFor()
    for (let n = 1; n <= 2; n++) {
      await page.keyboard.press('ArrowRight')
      await expect.poll(() => shown(page), patiently).toBe(String(n))
    }
    await page.getByText(t('photos.compare.side'), { exact: true }).click()
    await expect.poll(() => page.getByRole('img', { name: files.colored, exact: true }).count(), patiently).toBe(1)
    await becomesColor(page, t('photos.original'), { x: 0.9, y: 0.5 }, 'grey')

    await page.getByText(t('photos.compare.difference'), { exact: true }).click()
    await page.getByText(t('film.compare.same', { samples: '19,200' }), { exact: true }).waitFor({ timeout: patiently.timeout })
    const difference = t('film.compare.shown', { frame: 2 })
    await becomesColor(page, difference, { x: 0.5, y: 0.5 }, 'coloured')
    await page.getByText(t('film.compare.of.luma'), { exact: true }).click()
    await becomesColor(page, difference, { x: 0.5, y: 0.5 }, 'black')
    await page.getByText(t('film.compare.of.chroma'), { exact: true }).click()
    await becomesColor(page, difference, { x: 0.5, y: 0.5 }, 'red')

    // What it is compared with is remembered, and undone.
    await page.reload()
    await page.getByRole('button', { name: files.reel, exact: true }).click()
    const byDifference = page.getByRole('radio', { name: t('photos.compare.difference'), exact: true })
    await expect.poll(() => byDifference.isDisabled(), patiently).toBe(false)
    await page.keyboard.press('Control+z')
    await expect.poll(() => byDifference.isDisabled(), patiently).toBe(true)
    expect(errors).toEqual([])
    await page.close()
  })

  test('measures the frame on the stage with waveform, vectorscope and histogram', async () => {
    const { t } = texts
    const { page, errors } = await openReel()
    await page.keyboard.press('w')
    await page.getByRole('img', { name: t('film.scopes.waveformOf', { frame: 0 }), exact: true }).waitFor({ timeout: patiently.timeout })
    await page.keyboard.press('ArrowRight')
    for (const scope of ['waveformOf', 'vectorscopeOf', 'histogramOf'] as const) await page.getByRole('img', { name: t(`film.scopes.${scope}`, { frame: 1 }), exact: true }).waitFor({ timeout: patiently.timeout })
    await page.keyboard.press('w')
    await expect.poll(() => page.getByRole('img', { name: t('film.scopes.waveformOf', { frame: 1 }), exact: true }).count(), patiently).toBe(0)
    expect(errors).toEqual([])
    await page.close()
  })

  test('plays and scrubs from a proxy whose size was told before, and rests on exact frames', { timeout: 120_000 }, async () => {
    const { t } = texts
    const { page, errors } = await openReel()
    await tab(page, t('film.clip'))
    await page.getByRole('button', { name: new RegExp(`^${t('film.proxy.make')} · .*\\d`) }).click({ timeout: patiently.timeout })
    await page.getByText(t('film.proxy.ready', { size: '' }).slice(0, 6)).waitFor({ timeout: patiently.timeout })
    const sign = page.getByText(t('film.proxy.shown'), { exact: true })
    const sources = () => page.locator('main img').evaluateAll((images) => images.map((image) => (image as HTMLImageElement).src.split(':')[0]))
    expect(await sign.count()).toBe(0)
    await page.keyboard.press('Shift+L')
    await page.keyboard.press('Space')
    await sign.waitFor({ timeout: patiently.timeout })
    await expect.poll(sources, patiently).toContain('blob')
    await page.keyboard.press('k')
    await expect.poll(() => sign.count(), patiently).toBe(0)
    await expect.poll(sources, patiently).not.toContain('blob')

    const ruler = await page.getByRole('slider', { name: t('film.playhead'), exact: true }).boundingBox()
    if (!ruler) throw new Error('The timeline is not there.')
    await page.mouse.move(ruler.x + 0.5 * ruler.width, ruler.y + 4)
    await page.mouse.down()
    await page.mouse.move(ruler.x + (20.5 / frames) * ruler.width, ruler.y + 4, { steps: 4 })
    await sign.waitFor({ timeout: patiently.timeout })
    await expect.poll(() => shown(page), patiently).toBe('20')
    await page.mouse.up()
    await expect.poll(() => sign.count(), patiently).toBe(0)
    expect(errors).toEqual([])
    await page.close()
  })

  test('measures how its colour flickers, and goes to where it does most', { timeout: 120_000 }, async () => {
    const { t } = texts
    const { page, errors } = await studio.open({ path: '#/film' })
    await page.getByRole('button', { name: files.colored, exact: true }).click()
    await expect.poll(() => shown(page), patiently).toBe('0')
    await tab(page, t('film.clip'))
    await page.getByRole('button', { name: t('film.flicker'), exact: true }).click()
    await page.getByRole('button', { name: t('film.flicker.measure', { name: files.colored }), exact: true }).click()
    await page.getByRole('img', { name: t('film.flicker'), exact: true }).waitFor({ timeout: patiently.timeout })
    await page.keyboard.press('Shift+W')
    await expect.poll(() => shown(page), patiently).toMatch(/^1[45]$/)
    expect(errors).toEqual([])
    await page.close()
  })

  test('keeps notes at frames and ranges, goes from one to the next, ticks them off, undoes, and writes them as a table', { timeout: 120_000 }, async () => {
    const { t } = texts
    const { page, errors } = await openReel()
    const timecode = page.getByRole('textbox', { name: t('film.timecode'), exact: true })
    const stand = async (frame: number) => {
      await timecode.fill(String(frame))
      await page.keyboard.press('Enter')
      await expect.poll(() => shown(page), patiently).toBe(String(frame))
    }
    await stand(12)
    await page.keyboard.press('m')
    const field = page.getByRole('textbox', { name: t('film.notes.at', { where: '00:00:00:12' }), exact: true })
    await expect.poll(() => field.evaluate((element) => element === document.activeElement), patiently).toBe(true)
    await page.keyboard.type('Coat drifts to brown')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Coat drifts to brown', exact: true }).waitFor()

    // From in to out.
    await stand(20)
    await page.keyboard.press('i')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('o')
    await page.keyboard.press('m')
    await page.getByRole('textbox', { name: t('film.notes.at', { where: '00:00:00:20 – 00:00:00:22' }), exact: true }).fill('Water flickers')
    await page.keyboard.press('Enter')
    await tab(page, t('film.notes.tab', { count: 2 }))
    await page.getByRole('checkbox', { name: t('film.notes.done'), exact: true }).first().check()

    await stand(0)
    for (const frame of ['12', '20']) {
      await page.keyboard.press('Shift+ArrowDown')
      await expect.poll(() => shown(page), patiently).toBe(frame)
    }
    await page.keyboard.press('Shift+ArrowUp')
    await expect.poll(() => shown(page), patiently).toBe('12')

    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: t('film.csv.notes'), exact: true }).click()
    const table = readFileSync(await (await download).path(), 'utf8').split('\r\n')
    expect(table[1]).toMatch(/^reel\.mkv,12,12,00:00:00:12,00:00:00:12,done,,.*,Coat drifts to brown$/)
    expect(table[2]).toMatch(/^reel\.mkv,20,22,00:00:00:20,00:00:00:22,open,,.*,Water flickers$/)

    await page.keyboard.press('Control+z')
    await expect.poll(() => page.getByRole('checkbox', { name: t('film.notes.done'), exact: true }).first().isChecked(), patiently).toBe(false)
    await page.keyboard.press('Control+z')
    await expect.poll(() => page.getByRole('tab', { name: t('film.notes.tab', { count: 1 }), exact: true }).count(), patiently).toBe(1)
    await page.reload()
    await page.getByRole('button', { name: 'Coat drifts to brown', exact: true }).waitFor({ timeout: patiently.timeout })
    expect(errors).toEqual([])
    await page.close()
  })
})
