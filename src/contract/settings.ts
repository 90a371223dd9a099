import { oc } from '@orpc/contract'
import { z } from 'zod'
import { modelTask } from './models.ts'
import { exportOptions } from './photos.ts'

export const language = z.enum(['system', 'en', 'zh-Hans', 'zh-Hant'])
export const theme = z.enum(['system', 'dark', 'mid', 'light'])
export const surround = z.enum(['theme', 'dark', 'mid', 'white'])
export const providerName = z.enum(['cpu', 'cuda', 'dml', 'coreml', 'webgpu'])
export type ProviderName = z.infer<typeof providerName>

export const settings = z.object({
  language: language.default('system'),
  theme: theme.default('dark'),
  surround: surround.default('theme'),
  inspector: z.enum(['simple', 'everything']).default('simple'),
  /** null: chosen by the probe. */
  provider: providerName.nullable().default(null),
  /** 0: as many as the machine has cores. */
  threads: z.number().int().min(0).max(256).default(0),
  memoryMb: z.number().int().min(256).max(1_048_576).nullable().default(null),
  cacheMb: z.number().int().min(64).max(1_048_576).default(2048),
  export: exportOptions.prefault({}),
  defaultModels: z.partialRecord(modelTask, z.string()).default({}),
  /** Command id → shortcut, where the user changed it; '' switches it off. */
  shortcuts: z.record(z.string(), z.string()).default({}),
})
export type Settings = z.infer<typeof settings>

export const settingsContract = {
  get: oc.output(settings),
  change: oc.input(settings.partial()).output(settings),
}
