import type { i18n } from 'i18next'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Language } from '../../core/texts/catalogue.ts'
import { createTexts as createCatalogues, loadLanguage, textsOf, type Texts } from '../../core/texts/texts.ts'

export type { Language, TextKey } from '../../core/texts/catalogue.ts'
export { textsOf, type Texts } from '../../core/texts/texts.ts'

/** One set of catalogues, speaking `language`; the page's `lang` says so, for fonts and screen readers. */
export async function createTexts(language: Language): Promise<i18n> {
  document.documentElement.lang = language
  return createCatalogues(language)
}

/** Changes the language of everything on screen; the page's `lang` follows. */
export async function switchLanguage(translations: i18n, language: Language): Promise<void> {
  await loadLanguage(translations, language)
  await translations.changeLanguage(language)
  document.documentElement.lang = language
}

/** The texts and formats of the window's language; components draw again when it changes. */
export function useTexts(): Texts {
  const { i18n: translations } = useTranslation()
  const language = translations.language as Language
  return useMemo(() => textsOf(translations, language), [translations, language])
}
