import { z } from 'zod'

/** Identities never mix: each is a string of its own brand, parsed once at the wall. */
const id = <const Name extends string>(name: Name) => z.string().min(1).max(128).brand<Name>().describe(name)

export const projectId = id('ProjectId')
export const assetId = id('AssetId')
export const versionId = id('VersionId')
export const jobId = id('JobId')
export const filmId = id('FilmId')
export const takeId = id('TakeId')
export const gestureId = id('GestureId')
/** Permission to read one file or folder, or to write into one folder; made by a host, spent by a call. */
export const grantId = id('GrantId')
/** Name of an encoded, immutable picture in the cache; hosts serve it by this key. */
export const pictureKey = z
  .string()
  .regex(/^[a-z0-9][a-z0-9.-]{7,127}$/)
  .brand<'PictureKey'>()
/** `<task>-<model>[-<size>]`: also the name of the model's folder. */
export const modelId = z
  .string()
  .regex(/^[a-z0-9]+(?:[-.][a-z0-9]+)*$/)
  .max(64)
  .brand<'ModelId'>()

export type ProjectId = z.infer<typeof projectId>
export type AssetId = z.infer<typeof assetId>
export type VersionId = z.infer<typeof versionId>
export type JobId = z.infer<typeof jobId>
export type FilmId = z.infer<typeof filmId>
export type TakeId = z.infer<typeof takeId>
export type GestureId = z.infer<typeof gestureId>
export type GrantId = z.infer<typeof grantId>
export type PictureKey = z.infer<typeof pictureKey>
export type ModelId = z.infer<typeof modelId>
