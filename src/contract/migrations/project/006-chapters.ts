import type { Migration, MigrationDatabase } from '../migration.ts'

const assets = `
CREATE TABLE assets (
  id TEXT PRIMARY KEY,
  position INTEGER NOT NULL,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  folder TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  path TEXT NOT NULL,
  storage TEXT NOT NULL,
  info TEXT NOT NULL,
  missing INTEGER NOT NULL DEFAULT 0,
  stars INTEGER NOT NULL DEFAULT 0,
  flag TEXT NOT NULL DEFAULT 'none',
  error TEXT,
  thumbnail TEXT,
  current_version TEXT NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0,
  added_at TEXT NOT NULL,
  page_state TEXT NOT NULL DEFAULT 'todo',
  note TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX assets_by_position ON assets (position);
CREATE INDEX assets_by_sha256 ON assets (sha256);
INSERT INTO assets SELECT id, position, kind, name, folder, sha256, path, storage, info, missing, stars, flag, error, thumbnail, current_version, removed, added_at, page_state, note FROM before_assets;
`
const chapterTable = `
-- What an archive says of itself (ComicInfo.xml), by the folder of its pages.
CREATE TABLE chapters (
  folder TEXT PRIMARY KEY,
  comic_info TEXT NOT NULL
) STRICT;
`

/** Tables whose rows go with those of assets. */
const followers = ['versions', 'shots', 'films', 'reviews'] as const

/**
 * A page may be in a chapter twice: the hash of an asset is unique no longer. SQLite cannot take a constraint off a column,
 * so the table is made anew; what refers to it is put aside meanwhile, since dropping the old table takes its rows along.
 */
function up(database: MigrationDatabase): void {
  for (const table of ['assets', ...followers]) database.exec(`CREATE TABLE before_${table} AS SELECT * FROM ${table}`)
  database.exec('DROP TABLE assets')
  database.exec(assets)
  for (const table of followers) database.exec(`INSERT INTO ${table} SELECT * FROM before_${table}`)
  for (const table of ['assets', ...followers]) database.exec(`DROP TABLE before_${table}`)
  database.exec(chapterTable)
}

/** Chapters: pages that are in them twice, and their ComicInfo.xml. */
export const chapters: Migration = { version: 6, name: 'chapters', up }
