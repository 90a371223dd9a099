import type { app as source } from '../en/app.ts'
import type { Translation } from '../catalogue.ts'

export const app: Translation<typeof source> = {
}
