/** Layered files as pages: which layers are lines, what the page is without its colours, layers written in any format. */
import { open, stat } from 'node:fs/promises'
import { extname } from 'node:path'
import type { Note } from '../../contract/pictures.ts'
import { fault, noted } from '../../core/texts/wording.ts'
import { writeAtomically, writePieces, type AtomicOptions } from '../pictures/atomic.ts'
import { assertFits } from '../pictures/limits.ts'
import { named, readFailure } from '../pictures/failures.ts'
import { encodeLayerPng } from './layerPng.ts'
import { flatten, unknownBlends, type LayeredPage } from './layers.ts'
import { readOra, writeOra } from './ora.ts'
import { writePngFolder } from './pngFolder.ts'
import { readPsd, writePsd } from './psd.ts'

export type LayeredDocument = LayeredPage & {
  /** The page as the program that wrote it saw it, RGBA; null where the file holds no such picture. */
  readonly composite: Uint8Array | null
}

/** Reads a PSD or an OpenRaster file, told apart by content. @throws HourglassError `bad-input`, `unsupported`, `too-large` */
export async function readDocument(path: string): Promise<LayeredDocument> {
  const head = Buffer.alloc(4)
  try {
    const file = await open(path, 'r')
    await file.read(head, 0, 4, 0).finally(() => file.close())
  } catch (thrown) {
    throw readFailure(path, thrown)
  }
  if (head.toString('latin1') === '8BPS') return readPsd(path)
  if (head.toString('latin1', 0, 2) === 'PK') return { ...(await readOra(path)), composite: null }
  throw fault('bad-input', 'fault.noDocument', 'remedy.choosePsdOrOra', { file: named(path) })
}

/** Notes on what of a document is drawn otherwise than where it comes from. */
export function notesOf(page: LayeredPage): Note[] {
  const blends = unknownBlends(page.layers)
  if (blends.length === 0) return []
  return [noted('blend-unknown', 'note.blendUnknown', { blends: blends.join(', ') })]
}

export interface PageOfDocument {
  /** RGBA of the page's size, opaque. */
  readonly rgba: Uint8Array
  readonly width: number
  readonly height: number
  readonly dpi: number | null
  /** Layers that were taken, by their place in the list; none: the whole as it looks. */
  readonly taken: readonly number[]
}

const lineKinds = new Set(['line', 'lettering', 'tone'])

/** The layers that are lines by their names, by their place in the list; none where no layer is called so. */
export function likelyLines({ layers }: Pick<LayeredPage, 'layers'>): number[] {
  const places = layers.map((_layer, n) => n).filter((n) => layers[n] && !layers[n].hidden && lineKinds.has(layers[n].kind))
  return places.some((n) => layers[n]?.kind === 'line') ? places : []
}

/**
 * The page to be coloured: chosen layers on white.
 * @param lines places in the list of layers; null: those that are lines by their names, or the whole where none is
 * @throws HourglassError `bad-input` where a place is not in the list
 */
export function linesOf(document: LayeredDocument, lines: readonly number[] | null, path: string): PageOfDocument {
  const taken = lines ?? likelyLines(document)
  const { width, height, dpi } = document
  if (taken.length === 0) {
    const whole = document.composite && isOpaque(document.composite) ? document.composite : flatten(document, [255, 255, 255])
    return { rgba: whole, width, height, dpi, taken: [] }
  }
  return { rgba: flatten(chosen(document, taken, path), [255, 255, 255]), width, height, dpi, taken }
}

const isOpaque = (rgba: Uint8Array): boolean => {
  for (let at = 3; at < rgba.length; at += 4) if (rgba[at] !== 255) return false
  return true
}

/** Only these layers, shown whether they were hidden or not. */
function chosen(page: LayeredPage, places: readonly number[], path: string): LayeredPage {
  const layers = [...places].sort((one, other) => one - other).map((place) => {
    const layer = page.layers[place]
    if (!layer) throw fault('bad-input', 'fault.noSuchLayer', 'remedy.lookAtLayers', { file: named(path), number: place + 1, count: page.layers.length })
    return { ...layer, pixels: layer.pixels, hidden: false }
  })
  return { width: page.width, height: page.height, dpi: page.dpi, layers }
}

/** Chosen layers on nothing: flats laid elsewhere, to be used as a rough or to take hints from. RGBA. @throws HourglassError `bad-input` */
export function flatsOf(page: LayeredPage, places: readonly number[], path: string): Uint8Array {
  return flatten(chosen(page, places, path))
}

/** Writes RGBA pixels as PNG with the page's resolution, whole or not at all. */
export async function writePagePng(rgba: Uint8Array, page: { width: number; height: number; dpi: number | null }, target: string, options: AtomicOptions): Promise<void> {
  await writeAtomically(target, options, async (temporary) => writePieces(temporary, [await encodeLayerPng(rgba, page, page.dpi)]))
}

export const layerFormats = ['psd', 'ora', 'png'] as const
export type LayerFormat = (typeof layerFormats)[number]

/** The layered format that a file name asks for, or null. */
export function layerFormatOf(name: string): 'psd' | 'ora' | null {
  const ending = extname(name).toLowerCase()
  return ending === '.psd' ? 'psd' : ending === '.ora' ? 'ora' : null
}

export interface WrittenLayers {
  readonly format: LayerFormat
  /** File, or folder of PNG. */
  readonly path: string
  readonly notes: readonly Note[]
}

/** Where the layers of a page go: `page.psd`, `page.ora`, the folder `page-layers`, all beside each other. */
export function layersPath(stem: string, format: LayerFormat): string {
  return format === 'png' ? `${stem}-layers` : `${stem}.${format}`
}

/**
 * Writes a page's layers in one format or several; what a format cannot hold is refused before any is written.
 * @param stem path of the results without their ending
 * @param options.xmp packet for formats that have a place for it (PSD)
 * @param options.converted true where the page's own colour profile was converted to sRGB, which is then said
 * @throws HourglassError `too-large`, `not-writable`, `no-space`, `cancelled`
 */
export async function writeLayers(page: LayeredPage, formats: readonly LayerFormat[], stem: string, options: AtomicOptions & { converted?: boolean; xmp?: string | null }): Promise<WrittenLayers[]> {
  const plan = [...new Set(formats)].map((format) => ({ format, path: layersPath(stem, format) }))
  for (const { format, path } of plan) {
    assertFits(format, page, path)
    if (options.overwrite === false && (await stat(path).catch(() => null))) throw fault('not-writable', 'fault.exists', 'remedy.otherNameOrOverwrite', { file: named(path) })
  }
  const notes: Note[] = options.converted ? [noted('profile-converted', 'note.layersSrgb')] : []
  for (const { format, path } of plan) {
    if (format === 'psd') await writePsd(page, path, options)
    else if (format === 'ora') await writeOra(page, path, options)
    else await writePngFolder(page, path, options)
  }
  return plan.map(({ format, path }) => ({ format, path, notes }))
}
