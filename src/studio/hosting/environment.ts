import type { EnvironmentSettings } from '../settings/settings.ts'

/** The studio's settings that the environment may set; they win over what was chosen in the window. */
export function environmentSettings(env: NodeJS.ProcessEnv): EnvironmentSettings {
  const { HOURGLASS_PROVIDER: provider, HOURGLASS_THREADS: threads, HOURGLASS_MEMORY_MB: memoryMb, HOURGLASS_LANG: language } = env
  return { ...(provider && { provider }), ...(threads && { threads }), ...(memoryMb && { memoryMb }), ...(language && { language }) }
}
