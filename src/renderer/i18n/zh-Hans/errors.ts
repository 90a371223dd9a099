import type { errors as source } from '../en/errors.ts'
import type { Translation } from '../catalogue.ts'

export const errors: Translation<typeof source> = {
}
