import type { steps as source } from '../en/steps.ts'
import type { Translation } from '../catalogue.ts'

export const steps: Translation<typeof source> = {
}
