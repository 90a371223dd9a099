import { dialog, type BrowserWindow, type FileFilter } from 'electron'
import { statSync } from 'node:fs'
import { dirname, sep } from 'node:path'
import type { Granted, PickKind } from '../contract/host.ts'
import type { Grants } from '../studio/grants/grants.ts'

const pictures = ['jpg', 'jpeg', 'jpe', 'jfif', 'png', 'tif', 'tiff', 'webp', 'avif', 'heic', 'heif', 'gif', 'bmp']

const filters: Record<PickKind, FileFilter[]> = {
  pictures: [
    { name: 'Photos', extensions: pictures },
    { name: '*', extensions: ['*'] },
  ],
  pages: [
    { name: 'Pages', extensions: [...pictures, 'cbz', 'zip', 'psd', 'ora'] },
    { name: '*', extensions: ['*'] },
  ],
  films: [
    { name: 'Film', extensions: ['mp4', 'm4v', 'mov', 'mkv', 'webm', 'avi', 'mpg', 'mpeg', 'ts', 'm2ts', 'mts', 'vob', 'mxf', 'wmv', 'dv'] },
    { name: '*', extensions: ['*'] },
  ],
  model: [{ name: 'ONNX', extensions: ['onnx'] }],
  card: [{ name: 'JSON', extensions: ['json'] }],
  project: [],
  hints: [{ name: 'JSON', extensions: ['json'] }],
  recipe: [{ name: 'JSON', extensions: ['json'] }],
  palettes: [
    { name: 'Palettes', extensions: ['ase', 'gpl', 'aco', 'json', 'txt', 'hex', ...pictures] },
    { name: '*', extensions: ['*'] },
  ],
}

/** The system's own dialog for files, or for the folder that a project is. */
export async function pickFiles(window: BrowserWindow, grants: Grants, kind: PickKind, many: boolean): Promise<Granted[]> {
  const isProject = kind === 'project'
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    properties: [isProject ? 'openDirectory' : 'openFile', ...(many ? (['multiSelections'] as const) : [])],
    filters: filters[kind],
  })
  return canceled ? [] : filePaths.map((path) => grants.give(path, { write: isProject }))
}

/** A folder to read from, or (target) to write into. */
export async function pickFolder(window: BrowserWindow, grants: Grants, target: boolean): Promise<Granted | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, { properties: ['openDirectory', ...(target ? (['createDirectory'] as const) : [])] })
  const [path] = filePaths
  return canceled || path === undefined ? null : grants.give(path, { write: target })
}

/** `/home/a/trip/day1/x.jpg` dropped as `trip/day1/x.jpg` came with the folder `/home/a/trip`. */
function droppedTop({ path, relative }: { path: string; relative: string }): string {
  const parts = relative.split('/').filter((part) => part !== '' && part !== '.')
  if (parts.length < 2) return path
  const below = sep + parts.join(sep)
  if (!path.endsWith(below)) return path
  let top = path
  for (let level = 1; level < parts.length; level++) top = dirname(top)
  return top
}

/** Grants for what was dropped: single files, and each dropped folder once. */
export function grantDropped(grants: Grants, files: readonly { path: string; relative: string }[]): Granted[] {
  const tops = new Set(files.map(droppedTop))
  return [...tops].filter((path) => statSync(path, { throwIfNoEntry: false })).map((path) => grants.give(path, { write: path.endsWith('.hourglass') }))
}
