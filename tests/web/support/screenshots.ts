// Takes the pictures of docs/images from the built studio and its own samples: `node tests/web/support/screenshots.ts`.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ffmpeg, hasFfmpeg } from '../../engine/film/clips.ts'
import { drawFilmFrames } from './pictures.ts'
import { startStudio } from './studio.ts'

const folder = join(import.meta.dirname, '../../../docs/images')
mkdirSync(folder, { recursive: true })
const scratch = mkdtempSync(join(tmpdir(), 'hourglass-pictures-'))
const studio = await startStudio()
try {
  const { page } = await studio.open()
  await page.getByRole('button', { name: /Landscape/ }).click()
  await page.getByRole('img', { name: 'Coloured', exact: true }).first().waitFor()
  // The small pictures of the render factors come one after the other.
  await page.waitForFunction(() => document.querySelectorAll('[aria-label^="Render factor"] img').length >= 5)
  await page.mouse.move(700, 880)
  await page.screenshot({ path: join(folder, 'studio.png') })

  if (hasFfmpeg) {
    const film = join(scratch, 'harbour.mov')
    await ffmpeg('-framerate', '24', '-i', await drawFilmFrames(join(scratch, 'frames'), 96), '-pix_fmt', 'yuv420p', '-c:v', 'libx264', '-crf', '12', film)
    await page.getByRole('navigation').getByRole('button', { name: 'Film', exact: true }).click()
    const chooser = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: 'Add clips', exact: true }).click()
    await (await chooser).setFiles([film])
    const board = page.getByRole('tabpanel', { name: 'Shots', exact: true })
    await board.getByText('2 shots', { exact: true }).waitFor({ timeout: 60_000 })
    await page.waitForFunction(() => document.querySelectorAll('img[data-colored]').length === 2, undefined, { timeout: 60_000 })
    await page.keyboard.press('a')
    await page.getByRole('img', { name: 'Frame 96, coloured', exact: true }).waitFor({ timeout: 60_000 })
    await page.mouse.move(700, 880)
    await page.screenshot({ path: join(folder, 'film.png') })

    // Of the same clip, and of another one, parts make an edit.
    const other = join(scratch, 'market.mov')
    await ffmpeg('-f', 'lavfi', '-i', 'mandelbrot=size=640x480:rate=24,trim=end_frame=72', '-vf', 'format=gray', '-pix_fmt', 'yuv420p', '-c:v', 'libx264', '-crf', '12', other)
    const again = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: 'Add clips', exact: true }).click()
    await (await again).setFiles([other])
    for (const clip of ['harbour.mov', 'market.mov']) {
      await page.getByRole('button', { name: clip, exact: true }).click()
      await page.getByRole('status', { name: 'Frame', exact: true }).getByText('0', { exact: true }).waitFor({ timeout: 60_000 })
      await page.getByRole('button', { name: 'Add to the edit', exact: true }).click()
      await page.getByText(`${clip} is in the edit`, { exact: false }).waitFor()
    }
    await page.keyboard.press('Shift+Q')
    await page.getByRole('listbox', { name: 'Parts', exact: true }).waitFor()
    await page.getByRole('textbox', { name: 'Timecode', exact: true }).fill('60')
    await page.keyboard.press('Enter')
    await page.keyboard.press('s')
    await page.keyboard.press('Alt+ArrowRight')
    await page.getByRole('textbox', { name: 'Timecode', exact: true }).fill('150')
    await page.keyboard.press('Enter')
    await page.getByRole('img', { name: /, coloured$/ }).waitFor({ timeout: 60_000 })
    await page.mouse.move(700, 880)
    // What was said of the clips has gone by then.
    await page.waitForTimeout(6000)
    await page.screenshot({ path: join(folder, 'edit.png') })
  }
} finally {
  await studio.close()
  rmSync(scratch, { recursive: true, force: true })
}
