import type { queue as source } from '../en/queue.ts'
import type { Translation } from '../catalogue.ts'

export const queue: Translation<typeof source> = {
}
