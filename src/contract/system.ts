import { oc, eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { asset } from './assets.ts'
import { editState } from './edit.ts'
import { assetId, modelId } from './ids.ts'
import { job, queueSummary } from './jobs.ts'
import { palette } from './pages.ts'
import { project } from './projects.ts'
import { clipReview } from './review.ts'
import { providerName, settings } from './settings.ts'
import { clipShots } from './shots.ts'
import { wording } from './texts.ts'
import { version } from './versions.ts'

/** What a warm-up in a throw-away process found out about one provider. */
export const providerReport = z.object({
  name: providerName,
  usable: z.boolean(),
  /** Why not, or with what; in plain words. */
  reason: z.string(),
  remedy: z.string().nullable(),
  ms: z.number().nullable(),
  /** Reason and remedy as texts of the catalogue. */
  wording: z.object({ reason: wording, remedy: wording.nullable() }).optional(),
})
export type ProviderReport = z.infer<typeof providerReport>

/** One HOURGLASS_ variable that is set; `allowed` says what may stand there. */
export const environmentFinding = z.object({
  setting: z.enum(['provider', 'threads', 'memoryMb', 'language', 'ffmpeg', 'ffprobe']),
  variable: z.enum(['HOURGLASS_PROVIDER', 'HOURGLASS_THREADS', 'HOURGLASS_MEMORY_MB', 'HOURGLASS_LANG', 'HOURGLASS_FFMPEG', 'HOURGLASS_FFPROBE']),
  value: z.string(),
  /** False: passed over; the setting itself holds. */
  usable: z.boolean(),
  allowed: wording,
})
export type EnvironmentFinding = z.infer<typeof environmentFinding>

export const engineState = z.enum(['starting', 'ready', 'busy', 'restarting', 'failed'])

export const systemInfo = z.object({
  version: z.string(),
  engine: engineState,
  provider: providerName,
  providers: z.array(providerReport),
  memory: z.object({ usedMb: z.number(), limitMb: z.number() }),
  disk: z.object({ dataFolder: z.string(), freeMb: z.number(), cacheMb: z.number() }),
  modelsInstalled: z.number().int(),
  environment: z.array(environmentFinding),
})
export type SystemInfo = z.infer<typeof systemInfo>

/** One line of `doctor`, in English; what of it is a text of the catalogue stands under `wording` too. */
export const finding = z.object({
  name: z.string(),
  ok: z.boolean(),
  value: z.string(),
  remedy: z.string().nullable(),
  wording: z.object({ name: wording.optional(), value: wording.optional(), remedy: wording.optional() }).optional(),
})
export type Finding = z.infer<typeof finding>

/** Everything the studio tells without being asked. A page that missed some asks again for all. */
export const studioEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('hello') }),
  z.object({ type: z.literal('project.changed'), project: project.nullable() }),
  z.object({ type: z.literal('asset.changed'), assets: z.array(asset) }),
  z.object({ type: z.literal('asset.removed'), ids: z.array(assetId) }),
  z.object({ type: z.literal('version.changed'), version }),
  z.object({ type: z.literal('palette.changed'), palette, swatches: z.array(z.string()) }),
  z.object({ type: z.literal('review.changed'), asset: assetId, review: clipReview }),
  z.object({ type: z.literal('shots.changed'), asset: assetId, shots: clipShots }),
  z.object({ type: z.literal('edit.changed'), edit: editState }),
  z.object({ type: z.literal('job.changed'), job, summary: queueSummary }),
  z.object({ type: z.literal('job.cleared'), summary: queueSummary }),
  z.object({ type: z.literal('model.changed'), id: modelId }),
  z.object({ type: z.literal('settings.changed'), settings }),
  z.object({ type: z.literal('system.changed'), info: systemInfo }),
])
export type StudioEvent = z.infer<typeof studioEvent>

export const systemContract = {
  info: oc.output(systemInfo),
  doctor: oc.output(z.array(finding)),
  /** Probes all providers again. */
  probe: oc.output(z.array(providerReport)),
  clearCache: oc.output(z.object({ freedMb: z.number() })),
  /** Starts with `hello`, then every change, until the caller goes away. */
  events: oc.output(eventIterator(studioEvent)),
}
