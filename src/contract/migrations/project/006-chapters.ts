import type { Migration } from '../migration.ts'

/**
 * A page may be in a chapter twice: the hash of an asset is unique no longer. SQLite cannot take a constraint off a column,
 * so the table is made anew; what refers to it is put aside meanwhile, since dropping the old table takes it along.
 */
const sql = `
CREATE TABLE assets_before AS SELECT * FROM assets;
CREATE TABLE versions_before AS SELECT * FROM versions;
CREATE TABLE shots_before AS SELECT * FROM shots;
DROP TABLE assets;
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
INSERT INTO assets SELECT id, position, kind, name, folder, sha256, path, storage, info, missing, stars, flag, error, thumbnail, current_version, removed, added_at, page_state, note FROM assets_before;
INSERT INTO versions SELECT * FROM versions_before;
INSERT INTO shots SELECT * FROM shots_before;
DROP TABLE assets_before;
DROP TABLE versions_before;
DROP TABLE shots_before;
-- What an archive says of itself (ComicInfo.xml), by the folder of its pages.
CREATE TABLE chapters (
  folder TEXT PRIMARY KEY,
  comic_info TEXT NOT NULL
) STRICT;
`

/** Chapters: pages that are in them twice, and their ComicInfo.xml. */
export const chapters: Migration = { version: 6, name: 'chapters', up: (database) => database.exec(sql) }
