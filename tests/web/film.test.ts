import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ffmpeg, hasFfmpeg } from '../engine/film/clips.ts'
import { startStudio, type RunningStudio } from './support/studio.ts'

let studio: RunningStudio
let folder: string
let clip: string
let other: string
/** Two pictures one after the other: cut at frame 30 of 60. */
let shots: string

/** Level of a frame, of 255: no two neighbours are alike, and all lie far enough apart to survive the codec. */
const levelOf = (n: number): number => 20 + ((n * 37) % 41) * 5
/** Full-range grey that a player makes of a level of film. */
const shownAs = (level: number): number => ((level - 16) * 255) / 219
const frames = 60

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hourglass-clips-'))
  clip = join(folder, 'reel.mp4')
  other = join(folder, 'turned.mkv')
  shots = join(folder, 'shots.mkv')
  if (!hasFfmpeg) return
  const levels = `lum='20+mod(N*37,41)*5':cb=128:cr=128`
  const grey = ['-f', 'lavfi', '-i', `color=gray:size=160x120:rate=25,trim=end_frame=${frames},format=yuv420p,geq=${levels}`]
  await ffmpeg(...grey, '-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '4', '-x264-params', 'keyint=20:bframes=3:b-adapt=0', '-timecode', '01:00:00:00', clip)
  await ffmpeg('-f', 'lavfi', '-i', 'testsrc2=size=96x64:rate=24,trim=end_frame=12', '-c:v', 'ffv1', other)
  await ffmpeg('-f', 'lavfi', '-i', 'testsrc2=size=160x120:rate=25,trim=end_frame=30', '-f', 'lavfi', '-i', 'mandelbrot=size=160x120:rate=25,trim=end_frame=30', '-filter_complex', '[0:v]format=gray[a];[1:v]format=gray[b];[a][b]concat=n=2', '-pix_fmt', 'yuv420p', '-c:v', 'ffv1', shots)
  studio = await startStudio()
})
afterAll(async () => {
  await studio?.close()
  rmSync(folder, { recursive: true, force: true })
})

const patiently = { timeout: 60_000, interval: 50 }

async function add(page: Page, files: string[]): Promise<void> {
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Add clips', exact: true }).click()
  await (await chooser).setFiles(files)
}

/** Mean grey of what the stage shows. */
async function greyOf(page: Page, frame: number): Promise<number> {
  const shot = await page.getByRole('img', { name: `Frame ${frame}`, exact: true }).screenshot()
  const { channels } = await sharp(shot).stats()
  return channels[0]?.mean ?? -1
}

const shown = (page: Page): Promise<string> => page.getByRole('status', { name: 'Frame', exact: true }).innerText()

describe.skipIf(!hasFfmpeg)('a film clip', { timeout: 180_000 }, () => {
  test('is opened, stepped, played and gone through by number: the stage shows that very frame, and it is still there after a reload', async () => {
    const { page, errors } = await studio.open({ path: '#/film' })
    await add(page, [clip, other])
    await page.getByRole('button', { name: 'reel.mp4' }).click()
    await expect.poll(() => shown(page), patiently).toBe('0')
    // The film as it is.
    await page.getByRole('button', { name: 'Show in colour', exact: true }).click()
    expect(Math.abs((await greyOf(page, 0)) - shownAs(levelOf(0)))).toBeLessThan(2)

    for (let n = 1; n <= 3; n++) {
      await page.keyboard.press('ArrowRight')
      await expect.poll(() => shown(page), patiently).toBe(String(n))
      expect(Math.abs((await greyOf(page, n)) - shownAs(levelOf(n)))).toBeLessThan(2)
    }
    await page.getByText('Exact', { exact: true }).waitFor({ timeout: patiently.timeout })

    // By timecode, counted from the clip's own, and by number.
    const timecode = page.getByRole('textbox', { name: 'Timecode', exact: true })
    await timecode.fill('01:00:01:14')
    await page.keyboard.press('Enter')
    await expect.poll(() => shown(page), patiently).toBe('39')
    expect(Math.abs((await greyOf(page, 39)) - shownAs(levelOf(39)))).toBeLessThan(2)
    await timecode.fill('17')
    await page.keyboard.press('Enter')
    await expect.poll(() => shown(page), patiently).toBe('17')
    expect(await timecode.inputValue()).toBe('01:00:00:17')
    // Outside the clip: nothing happens.
    await timecode.fill('999')
    await page.keyboard.press('Enter')
    expect(await timecode.inputValue()).toBe('01:00:00:17')

    // In and out hold the playing; it ends at the last frame of the range.
    await page.keyboard.press('i')
    await page.keyboard.press('Shift+ArrowRight')
    await expect.poll(() => shown(page), patiently).toBe('27')
    await page.keyboard.press('o')
    await page.keyboard.press('Space')
    await page.getByRole('button', { name: 'Pause', exact: true }).waitFor()
    await page.getByRole('button', { name: 'Play', exact: true }).waitFor({ timeout: patiently.timeout })
    await expect.poll(() => shown(page), patiently).toBe('27')

    await expect.poll(() => page.url(), patiently).toMatch(/\/27$/)
    await page.reload()
    await expect.poll(() => shown(page), patiently).toBe('27')
    // Both are there again as soon as they are read, and one goes to them.
    const goesTo = async (key: string): Promise<string> => {
      await page.keyboard.press(key)
      return shown(page)
    }
    await expect.poll(() => goesTo('Shift+I'), patiently).toBe('17')
    await expect.poll(() => goesTo('Shift+O'), patiently).toBe('27')
    expect(errors).toEqual([])
    await page.close()
  })

  test('has its shots found, cut, joined, moved and judged from the keyboard, undone, and there again after a reload', async () => {
    const { page, errors } = await studio.open({ path: '#/film' })
    await add(page, [shots])
    const board = page.getByRole('tabpanel', { name: 'Shots', exact: true })
    const cards = board.getByRole('listitem')
    const lane = page.getByRole('group', { name: 'Shots', exact: true })
    const cut = lane.getByRole('slider', { name: 'Beginning of shot 2', exact: true })
    await board.getByText('2 shots', { exact: true }).waitFor({ timeout: patiently.timeout })
    expect(await cut.getAttribute('aria-valuenow')).toBe('30')

    await page.getByRole('textbox', { name: 'Timecode', exact: true }).fill('12')
    await page.keyboard.press('Enter')
    await page.keyboard.press('s')
    await expect.poll(() => cards.count(), patiently).toBe(3)
    await page.keyboard.press('Shift+S')
    await expect.poll(() => cards.count(), patiently).toBe(2)
    await page.keyboard.press('Control+z')
    await expect.poll(() => cards.count(), patiently).toBe(3)

    // Back to the first shot; a word on it leads to the next that nobody saw.
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('ArrowUp')
    await expect.poll(() => shown(page), patiently).toBe('0')
    await page.keyboard.press('a')
    await expect.poll(() => shown(page), patiently).toBe('12')
    await page.keyboard.press('r')
    await expect.poll(() => shown(page), patiently).toBe('30')
    await board.getByRole('radio', { name: 'Approved 1', exact: true }).waitFor({ state: 'attached' })
    await board.getByRole('radio', { name: 'To redo 1', exact: true }).waitFor({ state: 'attached' })

    // The second cut, by keys and by hand.
    const second = lane.getByRole('slider', { name: 'Beginning of shot 3', exact: true })
    await second.press('ArrowRight')
    await expect.poll(() => second.getAttribute('aria-valuenow'), patiently).toBe('31')
    const box = (await second.boundingBox())!
    const perFrame = (await lane.boundingBox())!.width / 60
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
    await page.mouse.down()
    await page.mouse.move(box.x + box.width / 2 + 9 * perFrame, box.y + box.height / 2, { steps: 5 })
    await page.mouse.up()
    await expect.poll(() => second.getAttribute('aria-valuenow'), patiently).toBe('40')

    await page.reload()
    await expect.poll(() => second.getAttribute('aria-valuenow'), patiently).toBe('40')
    await cards.getByRole('button', { name: 'Shot 1, Approved, 12 frames', exact: true }).waitFor()
    await cards.getByRole('button', { name: 'Shot 2, To redo, 28 frames', exact: true }).waitFor()
    await cards.getByRole('button', { name: 'Shot 3, Not seen, 20 frames', exact: true }).click()
    await expect.poll(() => shown(page), patiently).toBe('40')
    await page.getByRole('button', { name: 'Undo', exact: true }).click()
    await expect.poll(() => second.getAttribute('aria-valuenow'), patiently).toBe('31')
    expect(errors).toEqual([])
    await page.close()
  })

  test('rests in colour by the recipe of its shot, fills the stage, and shows the original while that is held', async () => {
    const { page, errors } = await studio.open({ path: '#/film' })
    await page.getByRole('button', { name: 'shots.mkv' }).click()
    const colored = page.getByRole('img', { name: /^Frame \d+, coloured$/ })
    await colored.waitFor({ timeout: patiently.timeout })
    // 160 × 120 pixels of film.
    const stage = (await page.getByRole('group', { name: 'Picture shots.mkv', exact: true }).boundingBox())!
    expect((await colored.boundingBox())!.height).toBeGreaterThan(0.8 * stage.height)
    const colorOf = async () => {
      const { channels } = await sharp(await colored.screenshot()).stats()
      const means = channels.slice(0, 3).map(({ mean }) => mean)
      return Math.max(...means) - Math.min(...means)
    }
    const before = await colorOf()
    expect(before).toBeGreaterThan(1)

    const src = () => colored.getAttribute('src')
    const first = await src()
    await page.getByRole('tab', { name: 'Recipe', exact: true }).click()
    const strength = page.getByRole('slider', { name: 'Strength', exact: true })
    await strength.press('Home')
    await expect.poll(src, patiently).not.toBe(first)
    await expect.poll(colorOf, patiently).toBeLessThan(before / 2)
    await page.getByRole('button', { name: 'Undo', exact: true }).click()
    await expect.poll(src, patiently).toBe(first)

    await page.getByText('All shots', { exact: true }).click()
    await strength.press('End')
    await expect.poll(src, patiently).not.toBe(first)
    await page.keyboard.down('\\')
    await expect.poll(() => colored.count(), patiently).toBe(0)
    await page.keyboard.up('\\')
    await colored.waitFor()
    // Steps by key are saved once the hand rests: a second window has them then.
    const { page: other } = await studio.open({ path: new URL(page.url()).hash })
    await other.getByRole('tab', { name: 'Recipe', exact: true }).click()
    await expect.poll(() => other.getByRole('slider', { name: 'Strength', exact: true }).getAttribute('aria-valuenow'), patiently).toBe('1.5')
    await other.close()
    await page.reload()
    await page.getByRole('tab', { name: 'Recipe', exact: true }).click()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await expect.poll(() => strength.getAttribute('aria-valuenow'), patiently).toBe('1.5')
    expect(errors).toEqual([])
    await page.close()
  })

  test('takes hints on its frames, and a frame that is right; both stand in the recipe of the shot, and are undone', async () => {
    const { page, errors } = await studio.open({ path: '#/film' })
    await page.getByRole('button', { name: 'shots.mkv' }).click()
    const colored = page.getByRole('img', { name: 'Frame 0, coloured', exact: true })
    await colored.waitFor({ timeout: patiently.timeout })
    const src = () => colored.getAttribute('src')
    const before = await src()
    await page.getByRole('tab', { name: 'Recipe', exact: true }).click()
    await page.keyboard.press('b')
    const box = (await colored.boundingBox())!
    await page.mouse.click(box.x + 0.3 * box.width, box.y + 0.4 * box.height)
    const hint = page.getByRole('button', { name: 'Frame 0, 1 hint', exact: true })
    await hint.waitFor({ timeout: patiently.timeout })
    await expect.poll(src, patiently).not.toBe(before)

    await page.getByRole('button', { name: 'This frame is right', exact: true }).click()
    const right = page.getByRole('button', { name: 'Frame 0 is right', exact: true })
    await right.waitFor()
    // From elsewhere in the shot both lead back to their frame.
    await page.keyboard.press('h')
    await page.keyboard.press('Shift+ArrowRight')
    await expect.poll(() => shown(page), patiently).toBe('10')
    await hint.click()
    await expect.poll(() => shown(page), patiently).toBe('0')
    await expect.poll(() => page.url(), patiently).toMatch(/\/0$/)

    await page.reload()
    await page.getByRole('tab', { name: 'Recipe', exact: true }).click()
    await right.waitFor({ timeout: patiently.timeout })
    await hint.waitFor()
    const undo = page.getByRole('button', { name: 'Undo', exact: true })
    await colored.waitFor({ timeout: patiently.timeout })
    const hinted = await src()
    await undo.click()
    await right.waitFor({ state: 'detached' })
    await undo.click()
    await hint.waitFor({ state: 'detached' })
    await expect.poll(src, patiently).not.toBe(hinted)
    expect(errors).toEqual([])
    await page.close()
  })

  test('that is none is left out with what is wrong with it', async () => {
    const { page } = await studio.open({ path: '#/film' })
    const text = join(folder, 'letter.mp4')
    writeFileSync(text, 'Dear grandmother,\n'.repeat(50))
    await page.getByRole('slider', { name: 'Playhead', exact: true }).waitFor()
    await add(page, [text])
    await page.getByText(/letter\.mp4/).first().waitFor({ timeout: patiently.timeout })
    await page.close()
  })
})
