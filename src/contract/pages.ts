import { oc } from '@orpc/contract'
import { z } from 'zod'
import { pageState } from './assets.ts'
import { hexColor, hint } from './hints.ts'
import { assetId, gestureId, grantId, jobId, pictureKey, versionId } from './ids.ts'
import { paletteFormat, readSwatches } from './pageFiles.ts'
import { pageReport } from './pageReport.ts'
import { suggestedColor } from './pageTeaching.ts'
import { exportOptions } from './photos.ts'
import { outputFormat, size } from './pictures.ts'
import { recipe, recipePatch } from './recipe.ts'
import { wording } from './texts.ts'

const shortId = z.string().min(1).max(64)
const title = z.string().max(100)

/** A named colour that hints link to: change it once, and every page follows. */
export const swatch = z.object({
  id: shortId,
  name: title,
  color: hexColor,
  /** The character (or place) it belongs to; '' stands for none. */
  group: title,
  /** Its colour in a scene, by the scene's id, where it differs there. */
  scenes: z.record(shortId, hexColor).default({}),
})
export type Swatch = z.infer<typeof swatch>

/** The project's palette, in the order in which it is shown. Scenes (night, flashback) give the same swatches other colours. */
export const palette = z.object({
  swatches: z.array(swatch).max(2000),
  scenes: z.array(z.object({ id: shortId, name: title })).max(50),
})
export type Palette = z.infer<typeof palette>

export const emptyPalette: Palette = { swatches: [], scenes: [] }

export const paletteContract = {
  get: oc.output(palette),
  /** One gesture, undone and redone like those of a recipe. Every page that links to a changed swatch is coloured anew. */
  change: oc.input(z.object({ patches: z.array(recipePatch).min(1).max(1000), label: wording })).output(palette),
  /** What a palette file holds, or the main colours of a picture, `count` at most; the project's palette is not changed. */
  read: oc.input(z.object({ grant: grantId, count: z.number().int().min(1).max(64).default(12) })).output(readSwatches),
  /** The palette as a file, with the colours of a scene or (null) the usual ones. Without a folder it waits to be downloaded. */
  write: oc.input(z.object({ format: paletteFormat, scene: shortId.nullable(), folder: grantId.nullable() })).output(z.object({ name: z.string(), grant: grantId })),
}

/** How pages leave: as pictures, as layers, or a whole chapter in one archive. */
export const pageExportFormat = z.union([outputFormat, z.enum(['same', 'cbz', 'psd', 'ora', 'layers', 'sheet-png', 'sheet-jpeg'])])

/** Options for pictures, and `cbz` (pictures like their originals, under their own names), `psd`, `ora`, `layers` (a PNG a layer), `sheet-…` (all pages on one contact sheet). */
export const pageExportOptions = exportOptions.extend({ format: pageExportFormat.default('same') })
export type PageExportOptions = z.input<typeof pageExportOptions>

export const pagesContract = {
  /** What a page holds under a recipe, and what its hints leave open. A newer question of the same lane aborts the older. */
  report: oc.input(z.object({ asset: assetId, recipe, lane: z.string().max(200) })).output(pageReport),
  /**
   * The region of each place of the page as a picture without loss, smaller than the page: its number is red × 65536 +
   * green × 256 + blue; 0: none.
   */
  regionMap: oc.input(z.object({ asset: assetId, recipe })).output(size.extend({ key: pictureKey })),
  /** Hints from a draft of the page's colours (its rough picture, else the page model) where it has none; nothing is changed. */
  suggest: oc.input(z.object({ version: versionId })).output(z.object({ hints: z.array(hint) })),
  /** Colours that a place of the page may have, the surest first: by pages that are coloured already, and by its own hints. Empty where there is no region. */
  colorsAt: oc
    .input(z.object({ asset: assetId, recipe, x: z.number().min(0).max(1), y: z.number().min(0).max(1), lane: z.string().max(200) }))
    .output(z.object({ colors: z.array(suggestedColor) })),
  /**
   * Hints that another page's hints teach this one where it has none, each with its confidence; nothing is changed.
   * `toPalette`: they take the nearest swatch of the project's palette, and link to it.
   */
  proposals: oc.input(z.object({ asset: assetId, from: assetId, toPalette: z.boolean() })).output(z.object({ hints: z.array(hint) })),
  /** A picture to take colours from, without loss, fitted into a square that the eye needs. */
  reference: oc.input(z.object({ grant: grantId })).output(size.extend({ key: pictureKey, name: z.string() })),
  /** One job per version, in the order given; of a `cbz` or a contact sheet one for all. Without a folder the files wait for the host to hand them over as downloads. */
  export: oc.input(z.object({ versions: z.array(versionId).min(1), folder: grantId.nullable(), options: pageExportOptions })).output(z.object({ jobs: z.array(jobId) })),
  /** How far the colorist is, and what they want to remember; one gesture of the project. */
  mark: oc
    .input(z.object({ ids: z.array(assetId).min(1), state: pageState.optional(), note: z.string().max(10_000).optional() }))
    .output(z.object({ gesture: gestureId })),
}
