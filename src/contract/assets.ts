import { oc } from '@orpc/contract'
import { z } from 'zod'
import { errorData } from './errors.ts'
import { assetId, gestureId, grantId, pictureKey, versionId } from './ids.ts'
import { pictureInfo, renderFigures } from './pictures.ts'

export const assetKind = z.enum(['photo', 'page', 'clip'])
export const flag = z.enum(['none', 'pick', 'reject'])
/** todo: never coloured; doing: a job works on it; done; doubtful: done, but the model was unsure; failed. */
export const assetState = z.enum(['todo', 'doing', 'done', 'doubtful', 'failed'])
export type AssetState = z.infer<typeof assetState>

/** How far the colorist is with a page, by their own word; `AssetState` says what the studio has made of it. */
export const pageState = z.enum(['todo', 'draft', 'done'])
export type PageState = z.infer<typeof pageState>

export const asset = z.object({
  id: assetId,
  kind: assetKind,
  name: z.string(),
  /** Folder inside the project as the user brought it, '' at the top. */
  folder: z.string(),
  sha256: z.string(),
  info: pictureInfo,
  /** linked: stays where the user has it; copied: lives in the project. */
  storage: z.enum(['linked', 'copied']),
  /** The original is not where it was. */
  missing: z.boolean(),
  stars: z.number().int().min(0).max(5),
  flag,
  state: assetState,
  error: errorData.nullable(),
  /** Small picture of the original; null until made. */
  thumbnail: pictureKey.nullable(),
  /** Small picture of the current version's result; null until coloured. */
  resultThumbnail: pictureKey.nullable(),
  figures: renderFigures.nullable(),
  /** Pages only: the colorist's own word on it. */
  page: z.object({ state: pageState, note: z.string() }).nullable(),
  currentVersion: versionId,
  addedAt: z.string(),
})
export type Asset = z.infer<typeof asset>

/** `known`: the very same picture is in the project already, so that nothing was lost. */
export const rejectedInput = z.object({ name: z.string(), error: errorData, known: z.boolean().optional() })

const layerPlaces = z.array(z.number().int().nonnegative())
/** Which layers of a layered file are the page's lines, and which (if any) its rough colouring; by their place in its list. */
const chosenLayers = z.object({ grant: grantId, lines: layerPlaces.min(1), rough: layerPlaces })
export type ChosenLayers = z.infer<typeof chosenLayers>

export const assetsContract = {
  list: oc.output(z.array(asset)),
  /** Files and folders (recursively); what cannot be read is told, the rest is added. Same bytes twice: kept once, said. */
  add: oc.input(z.object({ grants: z.array(grantId).min(1), kind: assetKind.default('photo'), layers: z.array(chosenLayers).default([]) })).output(z.object({ added: z.array(asset), rejected: z.array(rejectedInput) })),
  /** The layers of a PSD or OpenRaster file from the top down, and those that are taken as its lines unless others are chosen; none: the whole. */
  layers: oc.input(z.object({ grant: grantId })).output(z.object({ layers: z.array(z.object({ name: z.string(), group: z.array(z.string()), hidden: z.boolean() })), lines: layerPlaces })),
  /** The samples drawn by the studio itself. */
  addSamples: oc.input(z.object({ kind: assetKind })).output(z.array(asset)),
  mark: oc
    .input(z.object({ ids: z.array(assetId).min(1), stars: z.number().int().min(0).max(5).optional(), flag: flag.optional() }))
    .output(z.object({ gesture: gestureId })),
  /** Takes them out of the project; files stay; undo brings them back. */
  remove: oc.input(z.object({ ids: z.array(assetId).min(1) })).output(z.object({ gesture: gestureId })),
  /** Points a moved original to its new place; the bytes must be the same. A folder is searched. */
  relink: oc.input(z.object({ id: assetId, grant: grantId })).output(z.object({ relinked: z.array(assetId) })),
}
