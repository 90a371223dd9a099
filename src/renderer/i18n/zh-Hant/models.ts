import type { models as source } from '../en/models.ts'
import type { Translation } from '../catalogue.ts'

export const models: Translation<typeof source> = {
}
