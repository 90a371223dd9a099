import { stat } from 'node:fs/promises'
import type { Crop } from '../../contract/photos.ts'
import type { Size } from '../../contract/pictures.ts'
import { fault } from '../../core/texts/wording.ts'
import { decodePicture, openPicture, type Picture, type Pixels } from '../pictures/index.ts'
import type { TaskContext } from '../workers/context.ts'

export interface Source {
  readonly path: string
  readonly sha256?: string | undefined
}

/** Names a source file for everything remembered of it: its path with size and time of change. */
export async function sourceKey(source: Source): Promise<string> {
  const found = await stat(source.path).catch((cause: unknown) => {
    throw fault('bad-input', 'fault.notThereAnyMore', 'remedy.newPlaceOrRemove', { file: `“${source.path}”` }, { cause })
  })
  return `${source.path}\0${found.size}\0${found.mtimeMs}`
}

export const pixelBytes = (pixels: Pixels): number => pixels.data.byteLength + (pixels.alpha?.byteLength ?? 0)

/** A picture opened and decoded to fit a box, 8 bit, on shared memory; remembered. */
export interface View {
  readonly key: string
  readonly picture: Picture
  readonly pixels: Pixels
}

async function decodedView(task: TaskContext, source: Source, box: Size | null): Promise<View> {
  const key = `${await sourceKey(source)}\0${box ? `${box.width}x${box.height}` : 'full'}`
  return task.studio.memo.get(`view\0${key}`, (view) => pixelBytes(view.pixels), async () => {
    const picture = await openPicture(source.path)
    const pixels = await decodePicture(picture, { ...(box ? { box } : {}), depth: 8, shared: true })
    return { key, picture, pixels }
  })
}

/** The whole picture fitted into a box, never enlarged. */
export function viewOf(task: TaskContext, source: Source, box: Size): Promise<View> {
  return decodedView(task, source, box)
}

/**
 * The whole picture at the size in which a part of it fills the box: full size or a half, a quarter, … of it, so that
 * zooming a little asks for the same decode again. Never enlarged.
 */
export async function closeView(task: TaskContext, source: Source, box: Size, crop: Crop): Promise<View> {
  const { info } = await openPicture(source.path)
  const wanted = Math.min(box.width / (crop.width * info.width), box.height / (crop.height * info.height))
  const halvings = Math.max(0, Math.floor(Math.log2(1 / wanted)))
  if (halvings === 0) return decodedView(task, source, null)
  return decodedView(task, source, { width: Math.ceil(info.width / 2 ** halvings), height: Math.ceil(info.height / 2 ** halvings) })
}

/** A crop's rectangle in whole pixels of a picture of this size. */
export function cropRect(crop: Crop, size: Size): { left: number; top: number; width: number; height: number } {
  const left = Math.min(size.width - 1, Math.round(crop.x * size.width))
  const top = Math.min(size.height - 1, Math.round(crop.y * size.height))
  return {
    left,
    top,
    width: Math.max(1, Math.min(size.width - left, Math.round(crop.width * size.width))),
    height: Math.max(1, Math.min(size.height - top, Math.round(crop.height * size.height))),
  }
}
