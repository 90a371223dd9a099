import type { Migration } from '../migration.ts'
import { start } from './001-start.ts'

/** Every step from an empty database to today's, in order. */
export const studioMigrations: readonly Migration[] = [start]
