import { join } from 'node:path'
import type { Language } from '../../core/texts/catalogue.ts'
import { chosenLanguage } from '../../core/texts/language.ts'
import { readSettings } from '../settings/settings.ts'
import { environmentSettings } from './environment.ts'

/** The locale of the system's variables as a BCP 47 tag: `zh_TW.UTF-8` → `zh-TW`. */
function systemTags(env: NodeJS.ProcessEnv): string[] {
  const locale = env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || ''
  return [locale.replace(/[.@].*$/, '').replaceAll('_', '-')].filter(Boolean)
}

/** The language of a host without a window: that of HOURGLASS_LANG, else the one chosen in the studio, else the system's. */
export function hostLanguage(data: string, env: NodeJS.ProcessEnv): Language {
  return chosenLanguage(readSettings(join(data, 'settings.json'), environmentSettings(env)).language, systemTags(env))
}
