import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/** A browser and an engine on a busy machine: what must become true has half a minute to do so. */
export const patiently = { timeout: 30_000, interval: 50 }

export interface Spot {
  readonly x: number
  readonly y: number
}

/** Words of the window in one language. */
export interface Words {
  readonly lines: string
  readonly result: string
}
export const english: Words = { lines: 'Lines', result: 'Coloured page' }

/** Colour of what the page shows of a picture at a place, `#rrggbb`; null while it is not there. */
export function colorAt(page: Page, picture: string, at: Spot): Promise<string | null> {
  return page.evaluate(
    ([name, x, y]) => {
      const image = document.querySelector<HTMLImageElement>(`img[alt="${name}"]`)
      const context = Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d')
      if (!image?.complete || image.naturalWidth === 0 || !context) return null
      context.drawImage(image, Math.floor(x * image.naturalWidth), Math.floor(y * image.naturalHeight), 1, 1, 0, 0, 1, 1)
      return `#${[...context.getImageData(0, 0, 1, 1).data.slice(0, 3)].map((value) => value.toString(16).padStart(2, '0')).join('')}`
    },
    [picture, at.x, at.y] as const,
  )
}
export const becomes = (page: Page, at: Spot, color: string, words = english) => expect.poll(() => colorAt(page, words.result, at), patiently).toBe(color)

export async function place(page: Page, at: Spot, words = english): Promise<Spot> {
  const box = await page.getByRole('img', { name: words.lines, exact: true }).boundingBox()
  if (!box) throw new Error('The lines are not on the stage.')
  return { x: box.x + at.x * box.width, y: box.y + at.y * box.height }
}
export async function press(page: Page, at: Spot, words = english): Promise<void> {
  const { x, y } = await place(page, at, words)
  await page.mouse.click(x, y)
}
/** Presses the pointer at one place and lets it go at another. */
export async function drag(page: Page, from: Spot, to: Spot, words = english): Promise<void> {
  const [start, end] = [await place(page, from, words), await place(page, to, words)]
  await page.mouse.move(start.x, start.y)
  await page.mouse.down()
  await page.mouse.move((start.x + end.x) / 2, (start.y + end.y) / 2, { steps: 4 })
  await page.mouse.move(end.x, end.y, { steps: 4 })
  await page.mouse.up()
}
