import { oc } from '@orpc/contract'
import { z } from 'zod'
import { filmOptions } from './coloring.ts'
import { modelTask } from './models.ts'
import { pageExportOptions } from './pages.ts'
import { exportOptions } from './photos.ts'

export const language = z.enum(['system', 'en', 'zh-Hans', 'zh-Hant'])
export const theme = z.enum(['system', 'dark', 'mid', 'light'])
export const surround = z.enum(['theme', 'dark', 'mid', 'white'])
export const providerName = z.enum(['cpu', 'cuda', 'dml', 'coreml', 'webgpu'])
export type ProviderName = z.infer<typeof providerName>

const fields = {
  language,
  theme,
  surround,
  inspector: z.enum(['simple', 'everything']),
  /** null: chosen by the probe. */
  provider: providerName.nullable(),
  /** 0: as many as the machine has cores. */
  threads: z.number().int().min(0).max(256),
  memoryMb: z.number().int().min(256).max(1_048_576).nullable(),
  cacheMb: z.number().int().min(64).max(1_048_576),
  export: exportOptions,
  /** What pages were exported as last. */
  pageExport: pageExportOptions,
  /** What films were written as last. */
  filmExport: filmOptions,
  defaultModels: z.partialRecord(modelTask, z.string()),
  /** Whose keys commands have where the user changed none. */
  keySet: z.enum(['hourglass', 'clip-studio', 'krita']),
  /** Who notes are from. */
  author: z.string().trim().max(100),
  /** Command id → shortcut, where the user changed it; '' switches it off. */
  shortcuts: z.record(z.string(), z.string()),
}

export const settings = z.object({
  language: fields.language.default('system'),
  theme: fields.theme.default('dark'),
  surround: fields.surround.default('theme'),
  inspector: fields.inspector.default('simple'),
  provider: fields.provider.default(null),
  threads: fields.threads.default(0),
  memoryMb: fields.memoryMb.default(null),
  cacheMb: fields.cacheMb.default(2048),
  export: fields.export.prefault({}),
  pageExport: fields.pageExport.prefault({}),
  filmExport: fields.filmExport.prefault({}),
  defaultModels: fields.defaultModels.default({}),
  keySet: fields.keySet.default('hourglass'),
  author: fields.author.default(''),
  shortcuts: fields.shortcuts.default({}),
})
export type Settings = z.infer<typeof settings>

export const settingsContract = {
  get: oc.output(settings),
  /** Only what is given changes. (Made of fields without defaults: a default inside an optional field would be filled in.) */
  change: oc.input(z.object(fields).partial()).output(settings),
}
