import type { Settings } from '../../contract/settings.ts'
import type { Language } from './catalogue.ts'

/** The catalogue for a system's list of languages (BCP 47, best first). Hong Kong, Macau and Taiwan read traditional characters. */
export function languageOf(preferred: readonly string[]): Language {
  for (const tag of preferred) {
    const locale = tag.toLowerCase()
    if (locale.startsWith('en')) return 'en'
    if (!locale.startsWith('zh')) continue
    return /hant|-(tw|hk|mo)\b/.test(locale) && !locale.includes('hans') ? 'zh-Hant' : 'zh-Hans'
  }
  return 'en'
}

/** The language the window speaks: the user's choice, else the system's. */
export function chosenLanguage(setting: Settings['language'], preferred: readonly string[]): Language {
  return setting === 'system' ? languageOf(preferred) : setting
}
