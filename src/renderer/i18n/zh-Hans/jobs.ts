import type { jobs as source } from '../en/jobs.ts'
import type { Translation } from '../catalogue.ts'

export const jobs: Translation<typeof source> = {
}
