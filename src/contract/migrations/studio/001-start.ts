import { jobsTable1 } from '../jobs-table-1.ts'
import type { Migration } from '../migration.ts'

/** The first format of the studio's own file: jobs that belong to no project. */
export const start: Migration = { version: 1, name: 'start', up: (database) => database.exec(jobsTable1) }
