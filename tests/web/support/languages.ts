import type { Language } from '../../../src/core/texts/catalogue.ts'
import { createTexts, textsOf, type Texts } from '../../../src/core/texts/texts.ts'
import { startStudio, type RunningStudio } from './studio.ts'

/** The languages that journeys are made in. */
export const languages: readonly Language[] = ['en', 'zh-Hans']

/** A studio set to a language by its own settings, and that language's texts. */
export async function startStudioIn(language: Language): Promise<{ studio: RunningStudio; texts: Texts }> {
  const studio = await startStudio()
  const texts = textsOf(await createTexts(language), language)
  if (language === 'en') return { studio, texts }
  const { page } = await studio.open({ path: '#/settings' })
  await page.getByRole('combobox', { name: 'Language', exact: true }).click()
  await page.getByRole('option', { name: '简体中文', exact: true }).click()
  await page.getByRole('combobox', { name: texts.t('settings.language'), exact: true }).waitFor()
  await page.close()
  return { studio, texts }
}
