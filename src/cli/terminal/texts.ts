import type { Texts } from '../../core/texts/texts.ts'
import { hostTexts } from '../../studio/hosting/language.ts'
import { locate } from '../../studio/hosting/locations.ts'

/** What the terminal says, in its language. The catalogues are loaded with this file. */
export const texts: Texts = await hostTexts(locate().data, process.env)
