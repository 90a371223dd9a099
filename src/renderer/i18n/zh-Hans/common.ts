import type { common as source } from '../en/common.ts'
import type { Translation } from '../catalogue.ts'

export const common: Translation<typeof source> = {
}
