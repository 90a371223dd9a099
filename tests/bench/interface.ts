import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { type Bench, type Figure, median, percentile } from './support/bench.ts'
import { drawPhoto } from './support/pictures.ts'
import { addPhotos, colouredPicture, endHost, loopDelayProbe, openBrowser, openFirstPhoto, readLoopDelay, startHost, webHost } from './support/studio.ts'

const moves = 50
/** A move is measured from rest: after the last one was saved. */
const restMs = 500

/** In the page: from a key that reaches the slider to the frame in which another result is on the screen. */
async function watchMoves(page: Page): Promise<void> {
  await page.evaluate(() => {
    const state = { moved: 0, shown: '', times: [] as number[], tasks: [] as number[] }
    Object.assign(window, { hourglassBench: state })
    const source = (): string => document.querySelector<HTMLImageElement>('img[alt="Coloured"]')?.src ?? ''
    state.shown = source()
    addEventListener('keydown', () => (state.moved = performance.now()), { capture: true })
    new MutationObserver(() => {
      const now = source()
      if (now === '' || now === state.shown) return
      state.shown = now
      const { moved } = state
      state.moved = 0
      if (moved > 0) requestAnimationFrame(() => state.times.push(performance.now() - moved))
    }).observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ['src'] })
    new PerformanceObserver((list) => state.tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ entryTypes: ['longtask'] })
  })
}

const read = (page: Page): Promise<{ times: number[]; tasks: number[] }> => page.evaluate(() => (window as unknown as { hourglassBench: { times: number[]; tasks: number[] } }).hourglassBench)

/** Moves one slider by its keys, to and fro over values not seen before, and answers the times in ms. */
async function moveSlider(page: Page, name: string): Promise<number[]> {
  const slider = page.getByRole('slider', { name, exact: true })
  await slider.focus()
  const before = (await read(page)).times.length
  for (let move = 0; move < moves; move += 1) {
    // There and back past the start: nearly every position is new, so that no finished picture is found in the cache.
    await page.keyboard.press(move < moves / 2 ? 'ArrowRight' : move === moves / 2 ? 'Home' : 'ArrowRight')
    for (let waited = 0; (await read(page)).times.length <= before + move && waited < 5000; waited += 25) await sleep(25)
    await sleep(restMs)
  }
  return (await read(page)).times.slice(before)
}

/** Drags a slider with the mouse from end to end for some seconds, and answers the longest task of the page, ms. */
async function dragSlider(page: Page, name: string): Promise<number> {
  const slider = page.getByRole('slider', { name, exact: true })
  const before = (await read(page)).tasks.length
  const thumb = (await slider.boundingBox())!
  const y = thumb.y + thumb.height / 2
  await page.mouse.move(thumb.x + thumb.width / 2, y)
  await page.mouse.down()
  for (let step = 0; step < 120; step += 1) {
    await page.mouse.move(thumb.x + thumb.width / 2 + 60 * Math.sin(step / 12), y)
    await sleep(25)
  }
  await page.mouse.up()
  await sleep(restMs)
  return Math.max(0, ...(await read(page)).tasks.slice(before))
}

export const bench: Bench = {
  name: 'interface',
  about: 'slider to new picture at 1600 px, longest task of the page while dragging, delay of the host while the engine is busy',
  async run({ scratch, say }) {
    const loopFile = join(scratch, 'loop.json')
    const { child, address } = await startHost(process.execPath, [webHost], { NODE_OPTIONS: `--import ${pathToFileURL(loopDelayProbe).href}`, HOURGLASS_LOOP_DELAY: loopFile, HOURGLASS_LANG: 'en' })
    const browser = await openBrowser()
    const figures: Figure[] = []
    const bar = (bench: string, ours: number, against: number, runs: number, details: object = {}): void =>
      void figures.push({ bench, ours: Number(ours.toFixed(1)), against, ratio: Number((ours / against).toFixed(3)), unit: 'ms', runs, ...details })
    try {
      const page = await browser.newPage({ viewport: { width: 2000, height: 1340 }, locale: 'en' })
      await page.goto(address)
      const photo = join(scratch, 'photo.jpg')
      await drawPhoto(photo, 4000, 3000)
      await addPhotos(page, [photo])
      await openFirstPhoto(page)
      await sleep(2000)
      await watchMoves(page)
      const width = await colouredPicture(page).evaluate((image: HTMLImageElement) => image.naturalWidth)
      for (const name of ['Render factor', 'Strength']) {
        say(`${moves} moves of ${name} …`)
        const times = await moveSlider(page, name)
        if (times.length < moves * 0.8) throw new Error(`only ${times.length} of ${moves} moves of ${name} brought a new picture`)
        bar(`interface.${name.toLowerCase().replace(' ', '-')}`, percentile(times, 0.95), 250, times.length, { statistic: 'p95', median: Math.round(median(times)), goal: 150, width })
      }
      say('dragging …')
      bar('interface.longest-task', await dragSlider(page, 'Strength'), 50, 1)
      say('a batch, while the host is watched …')
      const album = Array.from({ length: 12 }, (_, index) => join(scratch, `album-${index}.jpg`))
      for (const [index, file] of album.entries()) await drawPhoto(file, 2000, 1500, index + 2)
      await page.getByRole('button', { name: 'Photos', exact: true }).or(page.getByRole('link', { name: 'Photos', exact: true })).first().click()
      await page.keyboard.press('Escape')
      await addPhotos(page, album)
      const colourAll = page.getByRole('button', { name: /^Colour all/ }).first()
      await colourAll.waitFor()
      await sleep(1500)
      await readLoopDelay(child.pid!, loopFile)
      await colourAll.click()
      await sleep(15_000)
      const { p50, p99, max, count } = await readLoopDelay(child.pid!, loopFile)
      bar('interface.host-delay', p99, 50, count, { statistic: 'p99', median: Number(p50.toFixed(2)), longest: Math.round(max) })
      return figures
    } finally {
      await browser.close()
      await endHost(child)
    }
  },
}
