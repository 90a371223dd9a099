import { oc } from '@orpc/contract'
import { z } from 'zod'
import { assetId, gestureId, versionId } from './ids.ts'
import { recipe, recipePatch } from './recipe.ts'
import { wording } from './texts.ts'

export const version = z.object({
  id: versionId,
  asset: assetId,
  name: z.string(),
  recipe,
  /** Rises with every change; a picture asked for an older revision is stale. */
  revision: z.number().int(),
  canUndo: z.boolean(),
  canRedo: z.boolean(),
  createdAt: z.string(),
})
export type Version = z.infer<typeof version>

/** One step of history: a slider drag, a stroke, a paste. `done` is false for what was undone and can be redone. */
export const gesture = z.object({ id: gestureId, version: versionId.nullable(), label: wording, at: z.string(), done: z.boolean() })
export type Gesture = z.infer<typeof gesture>

/** A version's own history; `edit`: the edit's; null: the project's, which is all of them. */
export const historyScope = z.union([versionId, z.literal('edit')]).nullable()
export type HistoryScope = z.infer<typeof historyScope>
const scope = z.object({ version: historyScope })

export const versionsContract = {
  list: oc.input(z.object({ asset: assetId })).output(z.array(version)),
  get: oc.input(z.object({ id: versionId })).output(version),
  /** One gesture: applied and saved in one transaction, with its inverse. */
  change: oc.input(z.object({ id: versionId, patches: z.array(recipePatch).min(1).max(1000), label: wording })).output(version),
  /** The recipe of one version given to others, as one gesture. Hints stay behind unless asked for: they belong to a picture. */
  paste: oc
    .input(z.object({ recipe, to: z.array(versionId).min(1), withHints: z.boolean().default(false) }))
    .output(z.object({ gesture: gestureId })),
  create: oc.input(z.object({ asset: assetId, from: versionId.optional(), name: z.string().max(200).optional() })).output(version),
  rename: oc.input(z.object({ id: versionId, name: z.string().min(1).max(200) })).output(version),
  remove: oc.input(z.object({ id: versionId })).output(z.void()),
  /** Makes it the asset's current version: the one that grid, batch and export use. */
  choose: oc.input(z.object({ id: versionId })).output(z.void()),
}

export const historyContract = {
  list: oc.input(scope.extend({ limit: z.number().int().min(1).max(1000).default(200) })).output(z.array(gesture)),
  /** null: there was nothing to undo. */
  undo: oc.input(scope).output(gesture.nullable()),
  redo: oc.input(scope).output(gesture.nullable()),
  /** Undoes or redoes until this gesture is the last one done. */
  goTo: oc.input(scope.extend({ gesture: gestureId.nullable() })).output(z.void()),
}
