import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Texts } from '../../src/core/texts/texts.ts'
import { ffmpeg, hasFfmpeg, planes } from '../engine/film/clips.ts'
import { drawFilmFrames } from './support/pictures.ts'
import { goTo, openClip, patiently, shownFrame } from './support/film.ts'
import { languages, startStudioIn } from './support/languages.ts'
import type { RunningStudio } from './support/studio.ts'

let folder: string
let one: string
let two: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hourglass-edit-'))
  ;[one, two] = [join(folder, 'one.mkv'), join(folder, 'two.mkv')]
  if (!hasFfmpeg) return
  const frames = await drawFilmFrames(join(folder, 'frames'), 20, { width: 160, height: 120 })
  await ffmpeg('-framerate', '25', '-i', frames, '-f', 'lavfi', '-i', 'sine=duration=1.6', '-pix_fmt', 'yuv420p', '-c:v', 'ffv1', '-c:a', 'pcm_s16le', one)
  await ffmpeg('-f', 'lavfi', '-i', 'testsrc2=size=160x120:rate=25,trim=end_frame=24', '-vf', 'format=gray', '-pix_fmt', 'yuv420p', '-c:v', 'ffv1', two)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true })

describe.skipIf(!hasFfmpeg).each(languages)('two clips on their way to one film, in %s', { timeout: 300_000 }, (language) => {
  let studio: RunningStudio
  let texts: Texts
  beforeAll(async () => {
    ;({ studio, texts } = await startStudioIn(language))
  })
  afterAll(() => studio?.close())

  test('ranges are added, cut, moved, trimmed and undone; the film has every frame in its order; all is there after a reload', async () => {
    const { t } = texts
    const { page, errors } = await studio.open({ path: '#/film' })
    const chooser = page.waitForEvent('filechooser')
    await button(page, t('film.add')).click()
    await (await chooser).setFiles([one, two])

    // From in to out of the first clip, by key; all of the second one, by its button.
    await openClip(page, 'one.mkv')
    await goTo(page, texts, 10)
    await page.keyboard.press('i')
    await goTo(page, texts, 25)
    await page.keyboard.press('o')
    await page.keyboard.press('q')
    await page.getByText(t('film.edit.added', { name: 'one.mkv', from: 10, to: 25 })).waitFor()
    await openClip(page, 'two.mkv')
    await goTo(page, texts, 0)
    await button(page, t('commands.film.addToEdit')).click()
    await button(page, new RegExp(`^${t('film.edit')} · ${t('film.edit.count', { count: 2 })}$`)).click()

    const lane = page.getByRole('listbox', { name: t('film.edit.parts'), exact: true })
    const parts = async (): Promise<(string | null)[]> => Promise.all((await lane.getByRole('option').all()).map((part) => part.getAttribute('aria-label')))
    const said = (...list: [string, number, number][]): string[] => list.map(([name, from, to], i) => t('film.edit.partOf', { part: i + 1, name, from, to }))
    await expect.poll(parts, patiently).toEqual(said(['one.mkv', 10, 25], ['two.mkv', 0, 23]))
    // The stage shows frame 20 of the edit, which is frame 4 of the second clip.
    await goTo(page, texts, 20)
    await page.getByRole('img', { name: t('film.frameColored', { frame: 4 }), exact: true }).waitFor({ timeout: patiently.timeout })

    // It is saved as it is seen, at its own size.
    const picture = page.waitForEvent('download')
    await button(page, t('commands.film.saveFrame')).click()
    expect((await picture).suggestedFilename()).toBe('two-000004-colour.png')

    await page.keyboard.press('s')
    await expect.poll(parts, patiently).toEqual(said(['one.mkv', 10, 25], ['two.mkv', 0, 3], ['two.mkv', 4, 23]))
    // The last part is dragged to the front.
    const last = await lane.getByRole('option').nth(2).boundingBox()
    const first = await lane.getByRole('option').nth(0).boundingBox()
    if (!last || !first) throw new Error('no bars')
    await page.mouse.move(last.x + last.width / 2, last.y + last.height / 2)
    await page.mouse.down()
    await page.mouse.move(first.x + 4, last.y + last.height / 2, { steps: 6 })
    await page.mouse.up()
    await expect.poll(parts, patiently).toEqual(said(['two.mkv', 4, 23], ['one.mkv', 10, 25], ['two.mkv', 0, 3]))
    // Its end is pulled in by keys, ten frames at once.
    await page.getByRole('slider', { name: t('film.edit.end', { part: 1 }), exact: true }).press('Shift+ArrowLeft')
    await expect.poll(parts, patiently).toEqual(said(['two.mkv', 4, 13], ['one.mkv', 10, 25], ['two.mkv', 0, 3]))
    await page.keyboard.press('Control+z')
    await expect.poll(parts, patiently).toEqual(said(['two.mkv', 4, 23], ['one.mkv', 10, 25], ['two.mkv', 0, 3]))
    await page.keyboard.press('Control+Shift+z')
    await expect.poll(parts, patiently).toEqual(said(['two.mkv', 4, 13], ['one.mkv', 10, 25], ['two.mkv', 0, 3]))
    await page.getByRole('tabpanel', { name: t('film.edit.parts'), exact: true }).getByRole('listitem').nth(2).getByRole('button', { name: t('commands.film.removePart'), exact: true }).click()
    await expect.poll(parts, patiently).toEqual(said(['two.mkv', 4, 13], ['one.mkv', 10, 25]))

    await page.reload()
    await expect.poll(parts, patiently).toEqual(said(['two.mkv', 4, 13], ['one.mkv', 10, 25]))
    await button(page, t('film.export.button')).click()
    const dialog = page.getByRole('dialog', { name: t('film.export.title'), exact: true })
    await dialog.getByRole('combobox', { name: t('film.export.preset'), exact: true }).click()
    // One film comes out of an edit: numbered pictures are not offered.
    expect(await page.getByRole('option', { name: t('film.preset.sequence'), exact: true }).count()).toBe(0)
    await page.getByRole('option', { name: t('film.preset.exact'), exact: true }).click()
    await dialog.getByText('26', { exact: true }).waitFor({ timeout: patiently.timeout })
    await dialog.getByText('FFV1', { exact: true }).waitFor({ timeout: patiently.timeout })
    const coming = page.waitForEvent('download', { timeout: 120_000 })
    await dialog.getByRole('button', { name: t('film.export.go'), exact: true }).click()
    const file = await coming
    const film = join(folder, `${language}.mkv`)
    await file.saveAs(film)
    expect(planes(film, 'y')).toEqual([...planes(two, 'y').slice(4, 14), ...planes(one, 'y').slice(10, 26)])
    expect(execFileSync('ffprobe', ['-v', 'error', '-show_entries', 'stream=codec_name', '-of', 'csv=p=0', film], { encoding: 'latin1' }).trim().split('\n')).toEqual(['ffv1', 'flac'])

    await page.getByRole('tab', { name: t('film.films'), exact: true }).click()
    await button(page, t('film.films.more', { name: file.suggestedFilename() })).click()
    await page.getByRole('menuitem', { name: t('film.certificate'), exact: true }).click()
    await page.getByText(t('film.lumaIdentical', { count: 26 })).waitFor()
    await page.keyboard.press('Escape')
    // The focus goes back to the button of the menu once the dialog has gone.
    await expect.poll(() => button(page, t('film.films.more', { name: file.suggestedFilename() })).evaluate((more) => more === document.activeElement), patiently).toBe(true)
    // Enter opens the clip at the frame that the edit stands on.
    await goTo(page, texts, 12)
    await page.keyboard.press('Enter')
    await expect.poll(() => shownFrame(page, texts), patiently).toBe('12')
    await expect.poll(() => page.getByRole('button', { name: 'one.mkv', exact: true }).getAttribute('aria-current'), patiently).toBe('true')
    expect(errors).toEqual([])
    await page.close()
  })
})
