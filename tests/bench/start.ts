import { join } from 'node:path'
import { type Bench, figure } from './support/bench.ts'
import { drawPhoto } from './support/pictures.ts'
import { addButton, addPhotos, colouredPicture, endHost, openBrowser, openFirstPhoto, startHost } from './support/studio.ts'

export const bench: Bench = {
  name: 'start',
  about: '`npm start` of a built clone to a page that can be used, and from adding a first photo to its colours',
  async run({ runs, scratch }) {
    const browser = await openBrowser()
    const photo = join(scratch, 'first.jpg')
    await drawPhoto(photo, 2000, 1500)
    const [usable, coloured]: [number[], number[]] = [[], []]
    try {
      for (let run = 0; run < runs; run += 1) {
        // A studio of its own each time: nothing is in its cache, and it opens on the first screen.
        const env = { HOURGLASS_DATA: join(scratch, `data-${run}`), HOURGLASS_LANG: 'en' }
        const page = await browser.newPage({ locale: 'en' })
        const started = performance.now()
        const { child, address } = await startHost('npm', ['start', '--silent', '--', '--web', '--no-open'], env)
        try {
          await page.goto(address)
          await addButton(page).waitFor()
          usable.push(performance.now() - started)
          const added = performance.now()
          await addPhotos(page, [photo])
          await openFirstPhoto(page)
          await colouredPicture(page).waitFor()
          coloured.push(performance.now() - added)
        } finally {
          await page.close()
          await endHost(child)
        }
      }
    } finally {
      await browser.close()
    }
    return [figure('start.usable', 'ms', usable, [2000]), figure('start.first-colour', 'ms', coloured, [1500])]
  },
}
