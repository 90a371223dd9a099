import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Texts } from '../../src/core/texts/texts.ts'
import { ffmpeg, hasFfmpeg, planes } from '../engine/film/clips.ts'
import { drawFilmFrames } from './support/pictures.ts'
import { goTo, openClip, patiently } from './support/film.ts'
import { languages, startStudioIn } from './support/languages.ts'
import type { RunningStudio } from './support/studio.ts'

let folder: string
let reel: string
let other: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hourglass-film-'))
  reel = join(folder, 'reel.mkv')
  other = join(folder, 'other.mkv')
  if (!hasFfmpeg) return
  // Two shots, cut at frame 20 of 40.
  const frames = await drawFilmFrames(join(folder, 'frames'), 20, { width: 160, height: 120 })
  await ffmpeg('-framerate', '25', '-i', frames, '-pix_fmt', 'yuv420p', '-c:v', 'ffv1', reel)
  await ffmpeg('-f', 'lavfi', '-i', 'testsrc2=size=96x64:rate=24,trim=end_frame=12', '-vf', 'format=gray', '-pix_fmt', 'yuv420p', '-c:v', 'ffv1', other)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true })

/** Does something that brings a film down, and answers where it was put. */
async function download(page: Page, start: () => Promise<void>): Promise<string> {
  const coming = page.waitForEvent('download', { timeout: 120_000 })
  await start()
  const file = await coming
  const path = join(folder, `${Date.now()}-${file.suggestedFilename()}`)
  await file.saveAs(path)
  return path
}

describe.skipIf(!hasFfmpeg).each(languages)('a clip on its way to a film in colour, in %s', { timeout: 400_000 }, (language) => {
  let studio: RunningStudio
  let texts: Texts
  beforeAll(async () => {
    ;({ studio, texts } = await startStudioIn(language))
  })
  afterAll(() => studio?.close())

  test('is cut into shots, coloured from in to out, approved, written with its proof, and all there after a reload', async () => {
    const { t } = texts
    const { page, errors } = await studio.open({ path: '#/film' })
    const chooser = page.waitForEvent('filechooser')
    await button(page, t('film.add')).click()
    await (await chooser).setFiles([reel, other])
    await openClip(page, 'reel.mkv')
    const board = page.getByRole('tabpanel', { name: t('film.shots'), exact: true })
    const cards = board.getByRole('listitem')
    await expect.poll(() => cards.count(), patiently).toBe(2)
    await page.getByRole('img', { name: t('film.frameColored', { frame: 0 }), exact: true }).waitFor({ timeout: patiently.timeout })

    await goTo(page, texts, 12)
    await page.keyboard.press('i')
    await goTo(page, texts, 27)
    await page.keyboard.press('o')
    await button(page, t('film.export.button')).click()
    const dialog = page.getByRole('dialog', { name: t('film.export.title'), exact: true })
    // The range is offered first, with what it needs.
    await dialog.getByText('16', { exact: true }).waitFor({ timeout: patiently.timeout })
    await dialog.getByRole('combobox', { name: t('film.export.preset'), exact: true }).click()
    await page.getByRole('option', { name: t('film.preset.exact'), exact: true }).click()
    await dialog.getByText('FFV1', { exact: true }).waitFor({ timeout: patiently.timeout })
    await dialog.getByText(t('note.clip.matrix', { matrix: 'smpte170m' })).waitFor()
    const film = await download(page, () => dialog.getByRole('button', { name: t('film.export.go'), exact: true }).click())
    expect(planes(film, 'y')).toEqual(planes(reel, 'y').slice(12, 28))
    expect(planes(film, 'u')).not.toEqual(planes(reel, 'u').slice(12, 28))

    await page.keyboard.press('a')
    await cards.getByRole('button', { name: new RegExp(`^${t('film.shots.shot', { shot: 2 })}, ${t('film.verdict.approved')}, `) }).waitFor()
    await page.reload()
    await cards.getByRole('button', { name: new RegExp(`^${t('film.shots.shot', { shot: 2 })}, ${t('film.verdict.approved')}, `) }).waitFor({ timeout: patiently.timeout })
    await page.getByRole('tab', { name: t('film.clip'), exact: true }).click()
    await button(page, t('film.films.more', { name: 'reel-colour.mkv' })).click()
    await page.getByRole('menuitem', { name: t('film.certificate'), exact: true }).click()
    const certificate = page.getByRole('dialog', { name: t('film.certificateOf', { name: 'reel-colour.mkv' }), exact: true })
    await certificate.getByText(t('film.lumaIdentical', { count: 16 })).waitFor()
    await certificate.getByRole('row', { name: new RegExp(`^${t('film.kept.frames')} 16 16`) }).waitFor()
    await certificate.getByRole('button', { name: t('common.close'), exact: true }).click()

    // A shot that is coloured otherwise makes the film stale; it is brought up to date in its place.
    await goTo(page, texts, 25)
    await page.getByRole('tab', { name: t('film.recipe'), exact: true }).click()
    await page.getByRole('slider', { name: t('film.recipe.steady'), exact: true }).press('Home')
    await page.getByRole('tab', { name: t('film.clip'), exact: true }).click()
    const again = await download(page, () => button(page, t('film.films.changed', { count: 1 })).click())
    expect(planes(again, 'y')).toEqual(planes(film, 'y'))
    await expect.poll(() => button(page, t('film.films.changed', { count: 1 })).count(), patiently).toBe(0)
    // Of its two shots one was coloured anew.
    await button(page, t('film.films.more', { name: 'reel-colour.mkv' })).click()
    await page.getByRole('menuitem', { name: t('film.certificate'), exact: true }).click()
    await certificate.getByText(t('film.certificate.reused', { reused: 1, count: 2 })).waitFor()
    await certificate.getByRole('button', { name: t('common.close'), exact: true }).click()

    // What it was before is a take of the shot, compared with what it is now.
    await page.getByText(t('film.takes.kept', { count: 1, size: '' }).slice(0, 6)).waitFor()
    const image = (take: number) => page.getByRole('img', { name: t('film.takes.take', { take }), exact: true })
    const choose = (take: number) => page.getByRole('radiogroup', { name: t('film.takes'), exact: true }).getByText(t('film.takes.take', { take }), { exact: true }).click()
    await choose(1)
    await image(1).waitFor({ timeout: patiently.timeout })
    await image(2).waitFor()
    await page.getByRole('slider', { name: t('photos.splitHandle'), exact: true }).waitFor()
    await goTo(page, texts, 22)
    await page.getByText(t('photos.compare.difference'), { exact: true }).click()
    await page.getByText(t('film.compare.same', { samples: '19,200' }), { exact: true }).waitFor({ timeout: patiently.timeout })
    // Alone, one and the other come at the press of a key.
    await page.getByText(t('photos.compare.single'), { exact: true }).click()
    await image(1).waitFor({ timeout: patiently.timeout })
    await page.keyboard.press('t')
    await image(2).waitFor({ timeout: patiently.timeout })
    expect(await image(1).count()).toBe(0)
    await page.keyboard.press('t')
    await image(1).waitFor({ timeout: patiently.timeout })
    // Where it has no frames, nothing of it is shown.
    await goTo(page, texts, 5)
    await page.getByText(t('film.takes.outside', { take: 1, from: 20, last: 27 }), { exact: true }).first().waitFor()
    expect(await image(1).count()).toBe(0)
    await goTo(page, texts, 25)
    await button(page, t('film.takes.use', { take: 1 })).click()
    const first = await download(page, () => button(page, t('film.films.changed', { count: 1 })).click())
    expect(planes(first, 'u')).toEqual(planes(film, 'u'))
    expect(planes(first, 'u')).not.toEqual(planes(again, 'u'))
    await expect.poll(() => button(page, t('film.films.changed', { count: 1 })).count(), patiently).toBe(0)
    await button(page, t('film.films.more', { name: 'reel-colour.mkv' })).click()
    await page.getByRole('menuitem', { name: t('film.certificate'), exact: true }).click()
    await certificate.getByText(t('film.certificate.reused', { reused: 2, count: 2 })).waitFor()
    await certificate.getByRole('button', { name: t('common.close'), exact: true }).click()
    expect(errors).toEqual([])
    await page.close()
  })
})
