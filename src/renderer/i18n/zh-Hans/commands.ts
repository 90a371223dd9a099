import type { commandTexts as source } from '../en/commands.ts'
import type { Translation } from '../catalogue.ts'

export const commandTexts: Translation<typeof source> = {
}
