import type { Migration } from '../migration.ts'

const sql = `
-- One row a clip: its shots as JSON, changed by patches like a recipe.
CREATE TABLE shots (
  asset TEXT PRIMARY KEY REFERENCES assets (id) ON DELETE CASCADE,
  document TEXT NOT NULL
) STRICT;
`

/** Film: the shots of a clip. */
export const shots: Migration = { version: 3, name: 'shots', up: (database) => database.exec(sql) }
