import type { Migration } from '../migration.ts'
import { start } from './001-start.ts'
import { pages } from './002-pages.ts'
import { shots } from './003-shots.ts'
import { films } from './004-films.ts'
import { review } from './005-review.ts'
import { chapters } from './006-chapters.ts'
import { edit } from './007-edit.ts'

/** Every step from an empty database to today's project, in order. */
export const projectMigrations: readonly Migration[] = [start, pages, shots, films, review, chapters, edit]
