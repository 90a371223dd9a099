import type { history as source } from '../en/history.ts'
import type { Translation } from '../catalogue.ts'

export const history: Translation<typeof source> = {
}
