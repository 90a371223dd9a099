/** Layers as a folder of PNG files, each as large as the page, with a list of them. */
import { randomBytes } from 'node:crypto'
import { mkdir, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { fault } from '../../core/texts/wording.ts'
import { writePieces } from '../pictures/atomic.ts'
import { named, writeFailure } from '../pictures/failures.ts'
import { encodeLayerPng } from './layerPng.ts'
import { flatten, type LayeredPage, type PageLayer } from './layers.ts'

/** A layer's name as part of a file name on any system; Unicode stays. */
const fileNameOf = (name: string): string => name.replace(/[\\/:*?"<>|\u0000-\u001f]+/g, ' ').trim().slice(0, 60) || 'layer'

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null)) !== null
}

/**
 * Writes `01 Line.png`, `02 Tone.png`, … from the top down, `layers.json` with their places and `composite.png`, into a
 * folder that is there whole or not at all.
 * @throws HourglassError `not-writable`, `no-space`, `cancelled`
 */
export async function writePngFolder(page: LayeredPage, target: string, { overwrite, signal }: { overwrite: boolean; signal?: AbortSignal }): Promise<void> {
  const folder = resolve(target)
  if (!overwrite && (await exists(folder))) throw fault('not-writable', 'fault.exists', 'remedy.otherNameOrOverwrite', { file: named(folder) })
  const temporary = join(dirname(folder), `.hourglass-${randomBytes(6).toString('hex')}`)
  try {
    await mkdir(temporary)
    const list = []
    for (const [n, layer] of page.layers.entries()) {
      signal?.throwIfAborted()
      const file = `${String(n + 1).padStart(2, '0')} ${fileNameOf(layer.name)}.png`
      await writePieces(join(temporary, file), [await encodeLayerPng(wholePage(page, layer), page, page.dpi)])
      const { name, kind, group, blend, opacity, hidden } = layer
      list.push({ file, name, kind, group, blend, opacity, hidden })
    }
    await writePieces(join(temporary, 'composite.png'), [await encodeLayerPng(flatten(page, [255, 255, 255]), page, page.dpi)])
    const { width, height, dpi } = page
    await writePieces(join(temporary, 'layers.json'), [Buffer.from(`${JSON.stringify({ version: 1, width, height, dpi, layers: list }, null, 2)}\n`)])
    signal?.throwIfAborted()
    await replace(temporary, folder)
  } catch (thrown) {
    await rm(temporary, { recursive: true, force: true }).catch(() => undefined)
    throw writeFailure(folder, thrown)
  }
}

/** Puts a finished folder in another's place; only one that we wrote ourselves is replaced. */
async function replace(temporary: string, folder: string): Promise<void> {
  if (!(await exists(folder))) return rename(temporary, folder)
  if (!(await exists(join(folder, 'layers.json')))) {
    throw fault('not-writable', 'fault.layersFolder', 'remedy.otherName', { file: named(folder) })
  }
  const old = join(dirname(folder), `.hourglass-${basename(temporary).slice(-12)}-old`)
  await rename(folder, old)
  await rename(temporary, folder)
  await rm(old, { recursive: true, force: true })
}

/** A layer alone, on a transparent page. */
function wholePage({ width, height }: LayeredPage, layer: PageLayer): Uint8Array {
  const { left, top, pixels, name, kind, group } = layer
  return flatten({ width, height, dpi: null, layers: [{ name, kind, group, left, top, width: layer.width, height: layer.height, pixels, blend: 'normal', opacity: 1, hidden: false }] })
}
