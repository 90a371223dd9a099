import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import type { Texts } from '../../../src/core/texts/texts.ts'

/** Films are decoded and coloured meanwhile. */
export const patiently = { timeout: 90_000, interval: 50 }

/** The number of the frame on the stage. */
export const shownFrame = (page: Page, { t }: Texts): Promise<string> => page.getByRole('status', { name: t('film.frame'), exact: true }).innerText()

/** Opens a clip of the strip, and waits until it is the one that keys work on. */
export async function openClip(page: Page, name: string): Promise<void> {
  const card = page.getByRole('button', { name, exact: true })
  await card.click()
  await expect.poll(() => card.getAttribute('aria-current'), patiently).toBe('true')
  await page.getByRole('group', { name: new RegExp(`${name.replaceAll('.', '\\.')}$`) }).first().waitFor({ timeout: patiently.timeout })
}

/** Types a frame number over the timecode, and waits until that frame is on the stage. */
export async function goTo(page: Page, texts: Texts, frame: number): Promise<void> {
  await page.getByRole('textbox', { name: texts.t('film.timecode'), exact: true }).fill(String(frame))
  await page.keyboard.press('Enter')
  await expect.poll(() => shownFrame(page, texts), patiently).toBe(String(frame))
}
