import type { ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser, Page } from 'playwright-core'
import { modelCard } from '../../src/contract/models.ts'
import { type Bench, type Figure, median, percentile } from './support/bench.ts'
import { drawPhoto } from './support/pictures.ts'
import { addPhotos, colouredPicture, endHost, loopDelayProbe, openBrowser, openFirstPhoto, readLoopDelay, startHost, webHost } from './support/studio.ts'

/** Over the whole slider of the model that is installed; three photos make more than 50 moves. */
const photos = 3
const card = modelCard.parse(JSON.parse(readFileSync(join(import.meta.dirname, '../../models/colorize-photo-fine/card.json'), 'utf8')))
const { min: least = 7, max: most = 45 } = card.renderFactor ?? {}
/** To positions that were not seen before, so that no finished picture is found in the cache. */
const factorKeys = ['Home', ...new Array<string>(most - least).fill('ArrowRight')]
const strengthKeys = new Array<string>(50).fill('ArrowRight').fill('Home', 25, 26)
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

/** Moves one slider by its keys, and answers the times in ms. */
async function moveSlider(page: Page, name: string, keys: readonly string[]): Promise<number[]> {
  const slider = page.getByRole('slider', { name, exact: true })
  await slider.focus()
  const before = (await read(page)).times.length
  for (const [move, key] of keys.entries()) {
    await page.keyboard.press(key)
    for (let waited = 0; (await read(page)).times.length <= before + move && waited < 5000; waited += 25) await sleep(25)
    await sleep(restMs)
  }
  const times = (await read(page)).times.slice(before)
  if (times.length < keys.length * 0.8) throw new Error(`only ${times.length} of ${keys.length} moves of ${name} brought a new picture`)
  return times
}

/** A studio of its own with one photo that has got its colours. */
async function openStudio(browser: Browser, scratch: string, seed: number, env: Record<string, string> = {}): Promise<{ page: Page; child: ChildProcess }> {
  const data = join(scratch, `data-${seed}`)
  const { child, address } = await startHost(process.execPath, [webHost], { ...env, HOURGLASS_DATA: data, HOURGLASS_LANG: 'en' })
  const page = await browser.newPage({ viewport: { width: 2000, height: 1340 }, locale: 'en' })
  await page.goto(address)
  const photo = join(scratch, `photo-${seed}.jpg`)
  await drawPhoto(photo, 4000, 3000, seed)
  await addPhotos(page, [photo])
  await openFirstPhoto(page)
  await sleep(2000)
  await watchMoves(page)
  return { page, child }
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
    const browser = await openBrowser()
    let host: ChildProcess | null = null
    const figures: Figure[] = []
    const bar = (bench: string, ours: number, against: number, runs: number, details: object = {}): void =>
      void figures.push({ bench, ours: Number(ours.toFixed(1)), against, ratio: Number((ours / against).toFixed(3)), unit: 'ms', runs, ...details })
    try {
      const moved = (name: string, times: readonly number[], width: number): void =>
        bar(`interface.${name}`, percentile(times, 0.95), 250, times.length, { statistic: 'p95', median: Math.round(median(times)), goal: 150, width })
      const factorTimes: number[] = []
      for (let seed = 1; seed < photos; seed += 1) {
        say(`photo ${seed} of ${photos}: moves of Render factor …`)
        const other = await openStudio(browser, scratch, seed)
        host = other.child
        factorTimes.push(...(await moveSlider(other.page, 'Render factor', factorKeys)))
        await other.page.close()
        await endHost(other.child)
      }
      say(`photo ${photos} of ${photos}: moves of Render factor, then of Strength …`)
      const { page, child } = await openStudio(browser, scratch, photos, { NODE_OPTIONS: `--import ${pathToFileURL(loopDelayProbe).href}`, HOURGLASS_LOOP_DELAY: loopFile })
      host = child
      const width = await colouredPicture(page).evaluate((image: HTMLImageElement) => image.naturalWidth)
      factorTimes.push(...(await moveSlider(page, 'Render factor', factorKeys)))
      moved('render-factor', factorTimes, width)
      moved('strength', await moveSlider(page, 'Strength', strengthKeys), width)
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
      if (host) await endHost(host)
    }
  },
}
