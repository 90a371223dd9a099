import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { colorAt, patiently, type Spot } from './stage.ts'

/** What kind of colour the page shows of a picture at a place; null while it is not there. */
async function kindAt(page: Page, picture: string, at: Spot): Promise<string | null> {
  const color = await colorAt(page, picture, at)
  if (color === null) return null
  const [red, green, blue] = [1, 3, 5].map((from) => Number.parseInt(color.slice(from, from + 2), 16)) as [number, number, number]
  const [high, low] = [Math.max(red, green, blue), Math.min(red, green, blue)]
  if (high < 3) return 'black'
  if (high - low < 8) return 'grey'
  return red > 1.3 * green && red > 1.3 * blue ? 'red' : 'coloured'
}

/** Waits until the page shows black, grey, red or another colour there; 'coloured' counts red in. */
export const becomesColor = (page: Page, picture: string, at: Spot, kind: 'black' | 'grey' | 'red' | 'coloured'): Promise<void> =>
  expect
    .poll(async () => {
      const found = await kindAt(page, picture, at)
      return kind === 'coloured' && found === 'red' ? 'coloured' : found
    }, patiently)
    .toBe(kind)
