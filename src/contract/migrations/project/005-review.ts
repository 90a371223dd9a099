import type { Migration } from '../migration.ts'

const sql = `
-- One row a clip: notes and what it is compared with, as JSON, changed by patches like a recipe.
CREATE TABLE reviews (
  asset TEXT PRIMARY KEY REFERENCES assets (id) ON DELETE CASCADE,
  document TEXT NOT NULL
) STRICT;
`

/** Film: what reviewers keep of a clip. */
export const review: Migration = { version: 5, name: 'review', up: (database) => database.exec(sql) }
