import { asHourglassError } from '../../contract/errors.ts'
import { linksTo } from '../../core/pages/palette.ts'
import type { Log } from '../log.ts'
import type { Previews } from '../previews/previews.ts'
import type { Projects } from '../projects/projects.ts'

/** Colours pages anew in the background after a swatch they link to has changed: the strip shows the chapter as it is now. */
export class Recolouring {
  #options: { readonly projects: Projects; readonly previews: Previews; readonly log: Log }
  #waiting = new Set<string>()
  #isRunning = false

  constructor(options: { readonly projects: Projects; readonly previews: Previews; readonly log: Log }) {
    this.#options = options
  }

  /** A newer change while one is followed is taken up by the same run. */
  follow(swatches: readonly string[]): void {
    for (const swatch of swatches) this.#waiting.add(swatch)
    if (this.#waiting.size > 0 && !this.#isRunning) void this.#run()
  }

  async #run(): Promise<void> {
    this.#isRunning = true
    const { projects, previews, log } = this.#options
    try {
      while (this.#waiting.size > 0) {
        const session = projects.current
        const swatches = new Set(this.#waiting)
        this.#waiting.clear()
        for (const { id, recipe } of session?.versions.ofPages() ?? []) {
          if (!session || projects.current !== session) break
          if (!linksTo(recipe, swatches) || previews.isRendered(session, id)) continue
          try {
            await previews.renderResult(session, id, {})
          } catch (error) {
            // Its page says so when it is opened; the others go on.
            log('pages', `a page was not coloured anew: ${asHourglassError(error).message}`)
          }
        }
      }
    } finally {
      this.#isRunning = false
    }
  }
}
