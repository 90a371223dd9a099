import i18next, { type i18n } from 'i18next'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Label } from '../../contract/recipe.ts'
import type { Language, TextKey } from './catalogue.ts'
import { en } from './en/index.ts'
import { formatOf, type Format } from './format.ts'

export type { Language, TextKey } from './catalogue.ts'
export type { Format } from './format.ts'

/** Values that a text's placeholders take; `count` also chooses the plural form. */
export type Values = Readonly<Record<string, string | number>>

export interface Texts {
  readonly language: Language
  readonly format: Format
  /** The text of a key that is known when the code is written. */
  t(key: TextKey, values?: Values): string
  /** The text of a key that comes from elsewhere (a step, a job, a gesture); `''` where the catalogue has none. */
  find(key: string, values?: Values): string
  /** A stored label in the window's language; an unknown one shows its key's last word rather than nothing. */
  label(label: Label): string
}

/** Loads a language's catalogue; English is always there. */
async function load(translations: i18n, language: Language): Promise<void> {
  if (translations.hasResourceBundle(language, 'texts')) return
  const catalogue = language === 'zh-Hans' ? (await import('./zh-Hans/index.ts')).zhHans : (await import('./zh-Hant/index.ts')).zhHant
  translations.addResourceBundle(language, 'texts', catalogue)
}

/** One set of catalogues, speaking `language`. Each caller (window, test) holds its own. */
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
  await switchLanguage(translations, language)
  return translations
}

/** Changes the language of everything on screen; the page's `lang` follows, for fonts and screen readers. */
export async function switchLanguage(translations: i18n, language: Language): Promise<void> {
  await load(translations, language)
  await translations.changeLanguage(language)
  if (typeof document !== 'undefined') document.documentElement.lang = language
}

/** Texts outside of React: for what is told to the host. */
export function textsOf(translations: i18n, language = translations.language as Language): Texts {
  const find = (key: string, values?: Values): string =>
    translations.exists(key) || translations.exists(key, { count: 2 }) ? translations.t(key, { ...values }) : ''
  return {
    language,
    format: formatOf(language),
    t: (key, values) => translations.t(key, { ...values }),
    find,
    label: ({ key, values }) => find(key, values) || (key.split('.').at(-1) ?? key),
  }
}


/** The texts and formats of the window's language; components draw again when it changes. */
export function useTexts(): Texts {
  const { i18n: translations } = useTranslation()
  const language = translations.language as Language
  return useMemo(() => textsOf(translations, language), [translations, language])
}
