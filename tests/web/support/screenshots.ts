// Takes the pictures of docs/images from the built studio and its own samples: `node tests/web/support/screenshots.ts`.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { startStudio } from './studio.ts'

const folder = join(import.meta.dirname, '../../../docs/images')
mkdirSync(folder, { recursive: true })
const studio = await startStudio()
try {
  const { page } = await studio.open()
  await page.getByRole('button', { name: /Landscape/ }).click()
  await page.getByRole('img', { name: 'Coloured', exact: true }).first().waitFor()
  // The small pictures of the render factors come one after the other.
  await page.waitForFunction(() => document.querySelectorAll('[aria-label^="Render factor"] img').length >= 5)
  await page.mouse.move(700, 880)
  await page.screenshot({ path: join(folder, 'studio.png') })
} finally {
  await studio.close()
}
