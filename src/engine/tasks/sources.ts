import { stat } from 'node:fs/promises'
import type { Crop } from '../../contract/photos.ts'
import type { Note, Size } from '../../contract/pictures.ts'
import { fault, noted } from '../../core/texts/wording.ts'
import { isLargePage, pageInMemory, pageOfFile, type FullPage } from '../pages/fullPage.ts'
import { decodePicture, openPicture, type Picture, type Pixels } from '../pictures/index.ts'
import { readsFromTop } from '../pictures/decode.ts'
import { roomLike } from '../pictures/samples.ts'
import { cutOut } from '../steps/window.ts'
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
  /** Where it is larger than its pixels: they are the wanted part of it alone. */
  readonly whole?: Size
  /** What is to be said of how it was made. */
  readonly notes: readonly Note[]
}

async function decodedView(task: TaskContext, source: Source, box: Size | null): Promise<View> {
  const key = `${await sourceKey(source)}\0${box ? `${box.width}x${box.height}` : 'full'}`
  return task.studio.memo.get(`view\0${key}`, (view) => pixelBytes(view.pixels), async () => {
    const picture = await openPicture(source.path)
    const pixels = await decodePicture(picture, { ...(box ? { box } : {}), depth: 8, shared: true, bandBytes: viewBand(task.studio.budget.roomMb) })
    return { key, picture, pixels, notes: [] }
  })
}

/** The whole picture fitted into a box, never enlarged. */
export function viewOf(task: TaskContext, source: Source, box: Size): Promise<View> {
  return decodedView(task, source, box)
}

/** Bytes decoded at once for a view at full size: a few of them, and the view, fit into the room. */
const viewBand = (roomMb: number): number => Math.max(4, Math.min(160, roomMb / 8)) * 2 ** 20

/** MB for a picture of 8 bit at a size, decoded and composed; at full size with the bands it is decoded in. */
function viewMb({ info, grey }: Picture, halvings: number, roomMb: number): number {
  const pixels = (info.width * info.height) / 4 ** halvings
  const bytes = pixels * ((grey ? 1 : 3) + Number(info.hasAlpha) + 3)
  return (bytes + (halvings === 0 ? 3 * viewBand(roomMb) : 0)) / 2 ** 20
}

/** Pixels of the rows of a large picture that are decoded at once, and kept, for parts of it. */
const partPixels = 16_000_000

/** A part of a large picture at full size: only rows around it are decoded. */
async function partView(task: TaskContext, source: Source, picture: Picture, crop: Crop): Promise<View> {
  const { width, height } = picture.info
  const key = `${await sourceKey(source)}\0full`
  const rect = cropRect(crop, picture.info)
  const rows = Math.max(64, Math.floor(partPixels / width))
  let part: Pixels | null = null
  for (let top = rect.top - (rect.top % rows); top < rect.top + rect.height; top += rows) {
    const band = await task.studio.memo.get(`view\0${key}\0${top}`, pixelBytes, () => decodePicture(picture, { rows: { top, height: Math.min(rows, height - top) }, depth: 8, shared: true }))
    const [from, to] = [Math.max(rect.top, top), Math.min(rect.top + rect.height, top + rows)]
    const own = cutOut(band, { left: rect.left, top: from - top, width: rect.width, height: to - from })
    part ??= { ...own, height: rect.height, data: roomLike(own.data, rect.width * rect.height * own.channels, true), alpha: own.alpha && roomLike(own.alpha, rect.width * rect.height, true) }
    part.data.set(own.data, (from - rect.top) * rect.width * own.channels)
    if (own.alpha) part.alpha?.set(own.alpha, (from - rect.top) * rect.width)
    await task.pause()
  }
  if (!part) throw new Error('A part has at least one row')
  return { key, picture, pixels: part, whole: { width, height }, notes: [] }
}

/**
 * The whole picture at the size in which a part of it fills the box: full size or a half, a quarter, … of it, so that
 * zooming a little asks for the same decode again. Never enlarged; smaller where the memory setting does not hold it,
 * which is then said.
 * @param partsAlone of a large picture at full size the part is enough (see `View.whole`)
 */
export async function closeView(task: TaskContext, source: Source, box: Size, crop: Crop, partsAlone = false): Promise<View> {
  const picture = await openPicture(source.path)
  const { info } = picture
  const wanted = Math.min(box.width / (crop.width * info.width), box.height / (crop.height * info.height))
  const fitting = Math.max(0, Math.floor(Math.log2(1 / wanted)))
  if (partsAlone && fitting === 0 && isLargePage(info) && readsFromTop(picture)) return partView(task, source, picture, crop)
  const { roomMb, limitMb } = task.studio.budget
  let halvings = fitting
  while (viewMb(picture, halvings, roomMb) > roomMb && info.width / 2 ** halvings > 1024) halvings++
  const view = await decodedView(task, source, halvings === 0 ? null : { width: Math.ceil(info.width / 2 ** halvings), height: Math.ceil(info.height / 2 ** halvings) })
  if (halvings === fitting) return view
  return { ...view, notes: [noted('view-coarser', 'note.viewCoarser', { limit: limitMb })] }
}

/** A page at its full size: its name now, its pixels once they are asked for. */
export async function fullOf(task: TaskContext, source: Source): Promise<FullPage> {
  const key = `${await sourceKey(source)}\0full`
  const picture = await openPicture(source.path)
  if (isLargePage(picture.info)) return pageOfFile(key, picture, viewBand(task.studio.budget.roomMb))
  return pageInMemory(key, picture.info, async () => (await decodedView(task, source, null)).pixels)
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
