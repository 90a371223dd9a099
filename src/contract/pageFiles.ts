import { z } from 'zod'
import { hexColor, hint } from './hints.ts'
import { pageState } from './assets.ts'
import { note, size, wantedQuality } from './pictures.ts'
import { recipe } from './recipe.ts'

/** Files that colorists bring and take away, as the engine is asked for them. */

const places = z.array(z.number().int().nonnegative())
/** Written whole or not at all; `original` is never written over. */
const target = z.object({ target: z.string(), overwrite: z.boolean(), original: z.string().nullable() })

const pageFile = z.object({
  /** Path inside the archive. */
  name: z.string(),
  path: z.string(),
})

export const documentLayer = z.object({
  name: z.string(),
  kind: z.enum(['lettering', 'line', 'tone', 'flat', 'draft', 'bubbles', 'hints', 'paper', 'other']),
  group: z.array(z.string()),
  left: z.number(),
  top: z.number(),
  width: z.number(),
  height: z.number(),
  blend: z.string(),
  opacity: z.number(),
  hidden: z.boolean(),
})
export type DocumentLayer = z.infer<typeof documentLayer>

const pageSize = size.extend({ dpi: z.number().nullable() })

export const layerChange = note.extend({
  code: z.enum(['page-size', 'resolution', 'added', 'removed', 'renamed', 'regrouped', 'moved', 'recolored', 'painted', 'blend', 'opacity', 'visibility', 'order']),
  layer: z.string(),
  group: z.array(z.string()),
})

export const paletteFormat = z.enum(['ase', 'gpl', 'aco', 'json', 'hex'])
export type PaletteFormat = z.infer<typeof paletteFormat>
/** A colour of a palette file; '' where it has no name or group. */
export const fileSwatch = z.object({ name: z.string(), color: hexColor, group: z.string() })

/** What was read of a palette file, or of a picture. */
export const readSwatches = z.object({ name: z.string(), swatches: z.array(fileSwatch), skipped: z.number().int(), isPicture: z.boolean() })

export const pageFileTasks = {
  /** Unpacks a CBZ or ZIP into a folder that is new or empty; pages in natural order. */
  openArchive: {
    input: z.object({ path: z.string(), folder: z.string() }),
    output: z.object({ pages: z.array(pageFile), comicInfo: z.string().nullable(), skipped: z.array(z.string()) }),
  },
  /** Packs pages in the order given; the same pages give the same bytes. `stamp` lets `readStamp` know the work again. */
  writeArchive: {
    input: target.extend({ pages: z.array(pageFile).min(1), comicInfo: z.string().nullable(), stamp: z.string().max(200).nullable().default(null) }),
    output: z.object({ bytes: z.number(), sha256: z.string() }),
  },
  /** The layers of a PSD or OpenRaster file, from the top down, and which of them are lines by their names. */
  listLayers: { input: z.object({ path: z.string() }), output: pageSize.extend({ layers: z.array(documentLayer), lines: places, notes: z.array(note) }) },
  /** Layers of such a file as pictures: `lines` (null: by their names, else the whole) on white, `flats` on nothing. */
  pageOfLayers: {
    input: z.object({ path: z.string(), lines: places.nullable(), out: z.string(), flats: z.object({ layers: places.min(1), out: z.string() }).nullable() }),
    output: pageSize.extend({ taken: places, notes: z.array(note) }),
  },
  /** The page of a recipe in layers: STEM.psd, STEM.ora, the folder STEM-layers. Swatches name flats by their colour. */
  writePageLayers: {
    input: z.object({
      source: z.object({ path: z.string(), sha256: z.string().optional() }),
      recipe,
      /** Where the recipe asks a network. */
      model: z.string().default(''),
      /** A PSD says so where a network gave it colours. */
      label: z.boolean().default(true),
      formats: z.array(z.enum(['psd', 'ora', 'png'])).min(1),
      stem: z.string(),
      swatches: z.array(fileSwatch),
      overwrite: z.boolean(),
      original: z.string().nullable(),
    }),
    output: z.object({ files: z.array(z.object({ format: z.enum(['psd', 'ora', 'png']), path: z.string() })), layers: z.number().int(), network: z.boolean(), notes: z.array(note) }),
  },
  /** What differs between a layered file as it went out and as it came back. */
  compareLayers: { input: z.object({ before: z.string(), after: z.string() }), output: z.object({ changes: z.array(layerChange) }) },
  /** Hints of any file of hints, for a page of this size. */
  readHints: {
    input: z.object({ path: z.string(), name: z.string(), page: size }),
    output: z.object({ hints: z.array(hint), notes: z.array(note) }),
  },
  writeHints: {
    input: target.extend({ hints: z.array(hint), page: size, format: z.enum(['json', 'png', 'style2paints-4.5', 'style2paints-3']) }),
    output: z.object({ notes: z.array(note) }),
  },
  /** Pages, drawn already, on one sheet with number, name and state. */
  contactSheet: {
    input: target.extend({
      cells: z.array(z.object({ path: z.string(), number: z.number().int(), name: z.string(), state: pageState })).min(1),
      /** Where cells lie (`sheetLayout`). */
      layout: size.extend({ columns: z.number().int().positive(), cell: size, caption: z.number().int(), gap: z.number().int() }),
      format: z.enum(['png', 'jpeg']),
      quality: wantedQuality,
      label: z.boolean(),
      /** A network gave some of them their colours. */
      network: z.boolean(),
      models: z.array(z.object({ id: z.string(), sha256: z.string() })),
    }),
    output: size.extend({ bytes: z.number() }),
  },
  /** A palette file, or the main colours of a picture. */
  readPalette: {
    input: z.object({ path: z.string(), count: z.number().int().min(1).max(256).default(12) }),
    output: readSwatches,
  },
  writePalette: {
    input: target.extend({ name: z.string(), swatches: z.array(fileSwatch).min(1), format: paletteFormat }),
    output: z.object({}),
  },
} as const
