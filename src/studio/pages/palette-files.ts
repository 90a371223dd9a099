import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { EngineOutput } from '../../contract/engine.ts'
import type { GrantId } from '../../contract/ids.ts'
import type { PaletteFormat } from '../../contract/pageFiles.ts'
import { swatchColor } from '../../core/pages/palette.ts'
import { safeName } from '../../core/photos/naming.ts'
import { fault } from '../../core/texts/wording.ts'
import type { EngineClient } from '../engine-client/client.ts'
import type { Grant, Grants } from '../grants/grants.ts'
import { makeFolder, TargetNames } from '../jobs/exporting.ts'
import type { Projects } from '../projects/projects.ts'

interface PaletteFilesOptions {
  readonly projects: Projects
  readonly engine: EngineClient
  readonly grants: Grants
  /** Where files wait to be downloaded. */
  readonly exportsFolder: string
}

/** Palettes that come from files and pictures and leave as files. */
export class PaletteFiles {
  #options: PaletteFilesOptions
  #names = new TargetNames()

  constructor(options: PaletteFilesOptions) {
    this.#options = options
  }

  /**
   * What a palette file holds, or the main colours of a picture.
   * @param count colours of a picture, at most
   * @throws HourglassError `bad-input`, `unsupported`, `too-large`
   */
  async read(grant: Grant, count: number): Promise<EngineOutput<'readPalette'>> {
    if (grant.isFolder) throw fault('bad-input', 'fault.isFolder', 'remedy.chooseInside', { file: grant.name })
    return this.#options.engine.run('readPalette', { path: grant.path, count }, { priority: 'interactive', resend: true })
  }

  /**
   * Writes the project's palette under the project's name, numbered where that is taken.
   * @param folder null: into one of the studio's own, to be downloaded from there
   * @throws HourglassError `bad-input` where the palette is empty, `not-writable`, `no-space`
   */
  async write(format: PaletteFormat, scene: string | null, folder: Grant | null): Promise<{ name: string; grant: GrantId }> {
    const { engine, exportsFolder, grants, projects } = this.#options
    const session = projects.require()
    const { swatches } = session.palette.get()
    if (swatches.length === 0) throw fault('bad-input', 'fault.noSwatches', 'remedy.addSwatches')
    const into = folder?.path ?? join(exportsFolder, randomUUID())
    makeFolder(into)
    const { name } = session.project.describe()
    const target = this.#names.reserve(into, `${safeName(name)}.${format === 'hex' ? 'txt' : format}`)
    try {
      const colors = swatches.map((swatch) => ({ name: swatch.name, group: swatch.group, color: swatchColor(swatch, scene) }))
      await engine.run('writePalette', { name, swatches: colors, format, target, overwrite: false, original: null }, { priority: 'interactive' })
    } finally {
      this.#names.free(target)
    }
    const given = grants.give(target)
    return { name: given.name, grant: given.grant }
  }
}
