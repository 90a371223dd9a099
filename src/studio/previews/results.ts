import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { PictureKey, VersionId } from '../../contract/ids.ts'
import type { RenderFigures } from '../../contract/pictures.ts'
import type { Session } from '../projects/session.ts'
import { writeFailure } from '../storage/failures.ts'
import { keyOf, screenTypeOf, type ScreenType } from './cache.ts'
import { hashOf } from './keys.ts'

/** Longest side of the small pictures in strip, grid and queue, pixels. */
export const thumbnailSide = 320

/** Where a project keeps a small picture. */
export const smallPicturePath = (session: Session, key: PictureKey): string => join(session.project.pictures, key)

/** Whether a small picture is there. It was not forced onto the disk: an empty file is what a power cut leaves. */
export const hasSmallPicture = (session: Session, key: PictureKey): boolean => (statSync(smallPicturePath(session, key), { throwIfNoEntry: false })?.size ?? 0) > 0

export const thumbnailKey = (what: string, type: ScreenType): PictureKey => keyOf(hashOf({ thumbnail: what, side: thumbnailSide }), type)

/** Moves a finished small picture into the project. */
export function keepSmallPicture(session: Session, key: PictureKey, temporary: string): void {
  const path = smallPicturePath(session, key)
  try {
    mkdirSync(session.project.pictures, { recursive: true })
    renameSync(temporary, path)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw writeFailure(error, path)
  }
}

/**
 * Writes down that a version looks like this now. `temporary` is its small picture, null where the project has it
 * already. The asset's old failure is over.
 */
export function recordResult(session: Session, id: VersionId, look: string, figures: RenderFigures, temporary: string | null): void {
  const version = session.versions.require(id)
  const key = thumbnailKey(look, screenTypeOf(session.assets.require(version.asset)))
  if (temporary && existsSync(temporary)) keepSmallPicture(session, key, temporary)
  session.edit(() => {
    session.versions.setResult(id, { look, thumbnail: hasSmallPicture(session, key) ? key : null, figures, at: new Date().toISOString() })
    session.assets.setError(version.asset, null)
  })
  session.announceAssets(version.asset)
}

/** Removes small pictures that nothing in the project shows any more. In one go: a picture made meanwhile would be taken for unused. */
export function sweepSmallPictures(session: Session): void {
  const { database, pictures } = session.project
  const used = new Set<unknown>(database.all('SELECT thumbnail AS key FROM assets').map((row) => row['key']))
  for (const row of database.all("SELECT json_extract(result, '$.thumbnail') AS key FROM versions WHERE result IS NOT NULL")) used.add(row['key'])
  for (const name of existsSync(pictures) ? readdirSync(pictures) : []) if (!used.has(name)) rmSync(join(pictures, name), { force: true })
}
