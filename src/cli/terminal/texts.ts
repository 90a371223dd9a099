import { createTexts, textsOf, type Texts } from '../../core/texts/texts.ts'
import { hostLanguage } from '../../studio/hosting/language.ts'
import { locate } from '../../studio/hosting/locations.ts'

/** What the terminal says, in its language. The catalogues are loaded with this file. */
export const texts: Texts = textsOf(await createTexts(hostLanguage(locate().data, process.env)))
