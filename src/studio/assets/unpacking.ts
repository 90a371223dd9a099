import { mkdir, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { asHourglassError } from '../../contract/errors.ts'
import { entryPlace, holdsPages, isDocument } from '../../core/pages/files/entries.ts'
import { safeName, stem } from '../../core/photos/naming.ts'
import type { EngineClient } from '../engine-client/client.ts'
import { newScratch } from '../storage/scratch.ts'
import type { Candidate, Rejected } from './collect.ts'

/** Which layers of a layered file are taken, by their place in its list. */
interface Layers {
  readonly lines: readonly number[]
  readonly rough: readonly number[]
}

/** Pages out of chapters and layered files, in a folder of their own until the project has taken them in. */
export interface Unpacked {
  readonly found: Candidate[]
  readonly rejected: Rejected[]
  /** What archives say of themselves, by the folder of their pages. */
  readonly comicInfos: { readonly folder: string; readonly text: string }[]
  /** Removes what the project did not take. */
  sweep(): Promise<void>
}

/**
 * CBZ and ZIP become their pages, in natural order and under their own names, in a folder named after the archive; a PSD
 * or OpenRaster file becomes the picture of its lines (the whole, where no layer is named so). Other candidates stay.
 * What cannot be opened is told; the rest goes on.
 * @param chosen by path of a layered file: which of its layers are the lines, which the rough colouring
 */
export async function unpackPages(engine: EngineClient, candidates: readonly Candidate[], chosen: ReadonlyMap<string, Layers> = new Map()): Promise<Unpacked> {
  const found: Candidate[] = []
  const rejected: Rejected[] = []
  const comicInfos: Unpacked['comicInfos'] = []
  if (!candidates.some(({ name }) => holdsPages(name))) return { found: [...candidates], rejected, comicInfos, sweep: async () => undefined }
  const scratch = await newScratch()
  let folders = 0
  const room = () => join(scratch, String(folders++))

  const openArchive = async ({ path, name, folder }: Candidate): Promise<Candidate[]> => {
    const into = room()
    const { pages, comicInfo } = await engine.run('openArchive', { path, folder: into }, { priority: 'visible', resend: false })
    const own = [folder, safeName(stem(name))].filter((part) => part !== '').join('/')
    if (comicInfo !== null) comicInfos.push({ folder: own, text: comicInfo })
    return pages.map((page): Candidate => {
      const { folders, name: entry } = entryPlace(page.name)
      return { path: page.path, name: entry, folder: [own, ...folders].join('/'), uploaded: true, inArchive: true }
    })
  }
  const openDocument = async (candidate: Candidate): Promise<Candidate> => {
    const out = join(room(), 'page.png')
    await mkdir(dirname(out), { recursive: true })
    const layers = chosen.get(candidate.path)
    const flats = layers && layers.rough.length > 0 ? { layers: [...layers.rough], out: join(dirname(out), 'rough.png') } : null
    await engine.run('pageOfLayers', { path: candidate.path, lines: layers ? [...layers.lines] : null, out, flats }, { priority: 'visible', resend: false })
    return { ...(flats ? { rough: flats.out } : {}), path: out, name: `${stem(candidate.name)}.png`, folder: candidate.folder, uploaded: true, inArchive: candidate.inArchive ?? false }
  }
  /** A file and all that it holds. One that was sent only to be opened is not needed any more. */
  const open = async (candidate: Candidate): Promise<Candidate[]> => {
    if (!holdsPages(candidate.name)) return [candidate]
    try {
      if (isDocument(candidate.name)) return [await openDocument(candidate)]
      const pages: Candidate[] = []
      for (const page of await openArchive(candidate)) pages.push(...(await open(page)))
      return pages
    } catch (error) {
      rejected.push({ name: candidate.folder ? `${candidate.folder}/${candidate.name}` : candidate.name, error: asHourglassError(error).toData() })
      return []
    } finally {
      if (candidate.uploaded) await rm(candidate.path, { force: true })
    }
  }
  for (const candidate of candidates) found.push(...(await open(candidate)))
  return { found, rejected, comicInfos, sweep: () => rm(scratch, { recursive: true, force: true }) }
}
