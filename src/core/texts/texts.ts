import i18next, { type i18n } from 'i18next'
import type { ErrorData } from '../../contract/errors.ts'
import type { TextValues, Wording } from '../../contract/texts.ts'
import type { Language, TextKey } from './catalogue.ts'
import { en } from './en/index.ts'
import { formatOf, type Format } from './format.ts'

/** Values that a text's placeholders take; `count` also chooses the plural form. */
export type Values = Readonly<Record<string, string | number>>

export interface Texts {
  readonly language: Language
  readonly format: Format
  /** The text of a key that is known when the code is written. */
  t(key: TextKey, values?: Values): string
  /** The text of a key that comes from elsewhere (a step, a job, a gesture); `''` where the catalogue has none. */
  find(key: string, values?: TextValues): string
  /** A stored text in this language; an unknown one shows its key's last word rather than nothing. */
  label(wording: Wording): string
  /** What was said in English where it happened, in this language where the catalogue has it. */
  say(said: { readonly message: string; readonly wording?: Wording | undefined }): string
  /** Message and remedy of an error, likewise. */
  told(error: Pick<ErrorData, 'message' | 'remedy' | 'wording'>): { readonly message: string; readonly remedy: string }
}

/** Loads a language's catalogue; English is always there. */
export async function loadLanguage(translations: i18n, language: Language): Promise<void> {
  if (translations.hasResourceBundle(language, 'texts')) return
  const catalogue = language === 'zh-Hans' ? (await import('./zh-Hans/index.ts')).zhHans : (await import('./zh-Hant/index.ts')).zhHant
  translations.addResourceBundle(language, 'texts', catalogue)
}

/** One set of catalogues, speaking `language`. Each caller (window, terminal, test) holds its own. */
export async function createTexts(language: Language): Promise<i18n> {
  const translations = i18next.createInstance()
  await translations.init({
    lng: 'en',
    fallbackLng: 'en',
    ns: ['texts'],
    defaultNS: 'texts',
    resources: { en: { texts: en } },
    keySeparator: false,
    nsSeparator: false,
    load: 'currentOnly',
    interpolation: { escapeValue: false },
    returnNull: false,
  })
  await loadLanguage(translations, language)
  await translations.changeLanguage(language)
  return translations
}

/** The texts of a set of catalogues in one language. */
export function textsOf(translations: i18n, language = translations.language as Language): Texts {
  const find = (key: string, values: TextValues = {}): string => {
    if (!translations.exists(key) && !translations.exists(key, { count: 2 })) return ''
    return translations.t(key, Object.fromEntries(Object.entries(values).map(([name, value]) => [name, typeof value === 'object' ? label(value) : value])))
  }
  const label = ({ key, values }: Wording): string => find(key, values) || (key.split('.').at(-1) ?? key)
  return {
    language,
    get format() {
      return formatOf(language)
    },
    t: (key, values) => translations.t(key, { ...values }),
    find,
    label,
    say: ({ message, wording }) => (wording && find(wording.key, wording.values)) || message,
    told: ({ message, remedy, wording }) => ({
      message: (wording && find(wording.message, wording.values)) || message,
      remedy: (wording && find(wording.remedy, wording.values)) || remedy,
    }),
  }
}
