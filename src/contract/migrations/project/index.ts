import type { Migration } from '../migration.ts'
import { start } from './001-start.ts'
import { pages } from './002-pages.ts'
import { shots } from './003-shots.ts'
import { chapters } from './004-chapters.ts'

/** Every step from an empty database to today's project, in order. */
export const projectMigrations: readonly Migration[] = [start, pages, shots, chapters]
