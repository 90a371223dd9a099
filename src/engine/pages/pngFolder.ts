/** Layers as a folder of PNG files, each as large as the page, with a list of them. */
import { randomBytes } from 'node:crypto'
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { fault } from '../../core/texts/wording.ts'
import { sameBytes, writePieces } from '../pictures/atomic.ts'
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
export async function writePngFolder(page: LayeredPage, target: string, { overwrite, signal }: { overwrite: boolean | 'same'; signal?: AbortSignal }): Promise<void> {
  const folder = resolve(target)
  if (overwrite === false && (await exists(folder))) throw fault('not-writable', 'fault.exists', 'remedy.otherNameOrOverwrite', { file: named(folder) })
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
    if (overwrite === 'same' && (await exists(folder))) {
      if (!(await sameFiles(temporary, folder))) throw fault('not-writable', 'fault.exists', 'remedy.otherNameOrOverwrite', { file: named(folder) })
      await rm(temporary, { recursive: true })
    } else await replace(temporary, folder)
  } catch (thrown) {
    await rm(temporary, { recursive: true, force: true }).catch(() => undefined)
    throw writeFailure(folder, thrown)
  }
}

/** Whether two folders hold files of the same names and bytes. */
async function sameFiles(one: string, other: string): Promise<boolean> {
  const [names, others] = await Promise.all([readdir(one), readdir(other)])
  if (names.toSorted().join('\0') !== others.toSorted().join('\0')) return false
  for (const name of names) if (!(await sameBytes(join(one, name), join(other, name)).catch(() => false))) return false
  return true
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
