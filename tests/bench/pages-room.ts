import type { ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { drawPage } from '../unit/core/pages/drawnPage.ts'
import { type Bench, type Figure, median, percentile } from './support/bench.ts'
import { endHost, openBrowser, startHost, webHost } from './support/studio.ts'

/** Bars, ms: from the pointer let go to the new result on the screen; script of one pointer event. */
const bars = { stroke: 250, event: 8 }
const strokes = 50
/** A stroke is measured from rest: after the last one was saved and looked at. ms */
const restMs = 900
const colors = ['#cc3355', '#44aa88', '#3355aa', '#e8863c']

const result = 'img[alt="Coloured page"]'

/** In the page: from a pointer that is let go to the frame in which another result is on the screen. */
async function watchStrokes(page: Page): Promise<void> {
  await page.evaluate((selector) => {
    const state = { let: 0, shown: '', times: [] as number[] }
    Object.assign(window, { hourglassBench: state })
    const source = (): string => document.querySelector<HTMLImageElement>(selector)?.src ?? ''
    state.shown = source()
    addEventListener('pointerup', () => (state.let = performance.now()), { capture: true })
    new MutationObserver(() => {
      const now = source()
      if (now === '' || now === state.shown) return
      state.shown = now
      const from = state.let
      state.let = 0
      if (from > 0) requestAnimationFrame(() => state.times.push(performance.now() - from))
    }).observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ['src'] })
  }, result)
}
const times = (page: Page): Promise<number[]> => page.evaluate(() => (window as unknown as { hourglassBench: { times: number[] } }).hourglassBench.times)

async function choose(page: Page, name: string, file: string): Promise<void> {
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByRole('button', { name, exact: true }).click()])
  await chooser.setFiles(file)
}

interface TraceEvent {
  readonly name: string
  readonly dur?: number
  readonly args: { readonly data?: { readonly type?: string } }
}

/** Moves the pointer over the page under a trace; answers script of pointer events and of painted frames, ms. */
async function traceMoves(page: Page, box: { x: number; y: number; width: number; height: number }): Promise<{ events: number[]; frames: number[] }> {
  const session = await page.context().newCDPSession(page)
  const events: number[] = []
  const frames: number[] = []
  session.on('Tracing.dataCollected', ({ value }) => {
    for (const { name, dur = 0, args } of value as unknown as TraceEvent[]) {
      if (name === 'EventDispatch' && args.data?.type === 'pointermove') events.push(dur / 1000)
      if (name === 'FireAnimationFrame') frames.push(dur / 1000)
    }
  })
  await session.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig: { includedCategories: ['devtools.timeline'] } })
  for (let n = 0; n < 300; n++) {
    await page.mouse.move(box.x + box.width * (0.5 + 0.45 * Math.sin(n / 17)), box.y + box.height * (0.5 + 0.45 * Math.cos(n / 23)))
    await sleep(8)
  }
  // And while a stroke is painted.
  await page.mouse.down()
  for (let n = 0; n < 150; n++) {
    await page.mouse.move(box.x + box.width * (0.5 + 0.02 * Math.sin(n / 7)), box.y + box.height * (0.5 + 0.02 * Math.cos(n / 9)))
    await sleep(8)
  }
  await page.mouse.up()
  const done = new Promise<void>((resolve) => session.once('Tracing.tracingComplete', () => resolve()))
  await session.send('Tracing.end')
  await done
  return { events, frames }
}

export const bench: Bench = {
  name: 'pages-room',
  about: 'pointer let go to new result on the screen over 50 strokes on a page of about 1600×2400, and script of a pointer event, both with some 200 hints, in Chromium',
  async run({ scratch, say }) {
    const drawn = drawPage({ columns: 7, rows: 10, side: 214, gutter: 14, gap: 4 })
    const file = join(scratch, 'page.png')
    await sharp(drawn.grey, { raw: { width: drawn.width, height: drawn.height, channels: 1 } }).png().toFile(file)
    const browser = await openBrowser()
    let host: ChildProcess | null = null
    try {
      const { child, address } = await startHost(process.execPath, [webHost], { HOURGLASS_LANG: 'en' })
      host = child
      const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: 'en' })
      await page.goto(`${address}#/pages`)
      await choose(page, 'Add pages', file)
      await page.locator(result).waitFor()
      await page.getByRole('button', { name: 'Suggest hints', exact: true }).click()
      const grid = page.getByRole('grid', { name: 'Hints' })
      await grid.waitFor()
      const hints = Number(await grid.getAttribute('aria-rowcount'))
      await sleep(3000)
      const box = (await page.locator('img[alt="Lines"]').boundingBox())!
      say(`${drawn.width}×${drawn.height}, ${hints} hints: moving the pointer …`)
      await page.keyboard.press('s')
      const { events, frames } = await traceMoves(page, box)
      await sleep(restMs)
      await watchStrokes(page)
      say(`${strokes} strokes …`)
      for (let stroke = 0; stroke < strokes; stroke++) {
        if (stroke % 10 === 0) {
          await page.getByRole('button', { name: /^Colour in hand/ }).click()
          await page.getByLabel('Hex').fill(colors[(stroke / 10) % colors.length]!)
          await page.getByLabel('Hex').press('Enter')
          await page.keyboard.press('Escape')
          await page.getByLabel('Hex').waitFor({ state: 'detached' })
        }
        const [x, y] = [box.x + box.width * (0.1 + 0.8 * ((stroke * 0.37) % 1)), box.y + box.height * (0.1 + 0.8 * ((stroke * 0.61) % 1))]
        const before = (await times(page)).length
        await page.mouse.move(x, y)
        await page.mouse.down()
        await page.mouse.move(x + 8, y + 5, { steps: 4 })
        await page.mouse.up()
        for (let waited = 0; (await times(page)).length <= before && waited < 5000; waited += 25) await sleep(25)
        await sleep(restMs)
      }
      const shown = await times(page)
      if (shown.length < strokes * 0.9) throw new Error(`only ${shown.length} of ${strokes} strokes brought a new picture`)
      const bar = (name: string, values: readonly number[], against: number, details: object): Figure => {
        const ours = percentile(values, 0.95)
        return { bench: `pages-room.${name}`, ours: Number(ours.toFixed(1)), against, ratio: Number((ours / against).toFixed(3)), unit: 'ms', runs: values.length, statistic: 'p95', median: Number(median(values).toFixed(1)), longest: Number(Math.max(...values).toFixed(1)), width: drawn.width, height: drawn.height, hints, ...details }
      }
      return [bar('stroke', shown, bars.stroke, { goal: 150 }), bar('event', events, bars.event, { frame: Number(percentile(frames, 0.95).toFixed(1)) })]
    } finally {
      await browser.close()
      if (host) await endHost(host)
    }
  },
}
