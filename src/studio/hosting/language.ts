import { join } from 'node:path'
import { languages, type Language } from '../../core/texts/catalogue.ts'
import { languageOf } from '../../core/texts/language.ts'
import { createTexts, textsOf, type Texts } from '../../core/texts/texts.ts'
import { readEnvironment } from '../settings/environment.ts'
import { readJson } from '../storage/json-file.ts'

const known = (name: unknown): Language | undefined => languages.find((language) => language === name)

/** The language chosen in the studio, if one was. Only this field is looked at: a command must start at once. */
function chosenInStudio(data: string): Language | undefined {
  const settings = readJson(join(data, 'settings.json'))
  return typeof settings === 'object' && settings !== null && 'language' in settings ? known(settings.language) : undefined
}

/** The locale of the system's variables as a BCP 47 tag: `zh_TW.UTF-8` → `zh-TW`. */
function systemTags(env: NodeJS.ProcessEnv): string[] {
  const locale = env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || ''
  return [locale.replace(/[.@].*$/, '').replaceAll('_', '-')].filter(Boolean)
}

/**
 * What a host says where no page speaks for it: in the language of HOURGLASS_LANG, else the one chosen in the studio,
 * else the system's.
 * @param system the system's languages as BCP 47 tags, best first
 */
export async function hostTexts(data: string, env: NodeJS.ProcessEnv, system: readonly string[] = systemTags(env)): Promise<Texts> {
  return textsOf(await createTexts(known(readEnvironment(env).settings.language) ?? chosenInStudio(data) ?? languageOf(system)))
}
