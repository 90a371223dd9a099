import sharp from 'sharp'
import type { Crop } from '../../contract/photos.ts'
import type { Size } from '../../contract/pictures.ts'
import { isStrip, sheetOf, sheetShare } from '../../core/pages/sheet.ts'
import { decodePicture, encodeForScreen, openPicture, thumbnail as writeThumbnail, type Pixels } from '../pictures/index.ts'
import { withAlpha } from '../pictures/samples.ts'
import type { TaskContext } from '../workers/context.ts'
import { cutOut } from '../steps/window.ts'
import { closeView, cropRect, viewOf } from './sources.ts'
import type { TaskInput, TaskOutput } from './task.ts'

/** 8-bit pixels fitted into a box, never enlarged. */
export async function shrunk(pixels: Pixels, box: Size): Promise<Pixels> {
  const scale = Math.min(1, box.width / pixels.width, box.height / pixels.height)
  if (scale === 1) return pixels
  const channels = pixels.alpha ? 4 : pixels.channels
  const data = pixels.alpha ? withAlpha(pixels.data, pixels.channels, pixels.alpha) : pixels.data
  const { data: raw, info } = await sharp(data as Uint8Array<ArrayBuffer>, { raw: { width: pixels.width, height: pixels.height, channels } })
    .resize({ ...box, fit: 'inside', withoutEnlargement: true })
    .toColourspace(channels === 1 ? 'b-w' : 'srgb')
    .raw()
    .toBuffer({ resolveWithObject: true })
  const size = { width: info.width, height: info.height }
  const all = new Uint8Array(raw.buffer, raw.byteOffset, raw.length)
  if (info.channels !== 4) return { ...size, data: all, channels: info.channels === 1 ? 1 : 3, depth: 8, alpha: null }
  const count = size.width * size.height
  const color = new Uint8Array(3 * count)
  const alpha = new Uint8Array(count)
  for (let i = 0; i < count; i++) {
    for (let channel = 0; channel < 3; channel++) color[3 * i + channel] = all[4 * i + channel] as number
    alpha[i] = all[4 * i + 3] as number
  }
  return { ...size, data: color, channels: 3, depth: 8, alpha }
}

/** A part of the picture at the best size the file has, fitted into the box. */
export async function croppedView(task: TaskContext, source: TaskInput<'original'>['source'], box: Size, crop: Crop): Promise<Pixels> {
  const { pixels, whole } = await closeView(task, source, box, crop, true)
  return shrunk(whole ? pixels : cutOut(pixels, cropRect(crop, pixels)), box)
}

/** What a small picture of a page shows: of a strip the first sheet. */
export function beginningOf(page: Pixels): Pixels {
  return isStrip(page) ? cutOut(page, { left: 0, top: 0, ...sheetOf(page) }) : page
}

/** A small picture of the original. */
export async function thumbnail({ source, side, isPage, out }: TaskInput<'thumbnail'>): Promise<TaskOutput<'thumbnail'>> {
  if (!isPage) return writeThumbnail(source.path, side, out)
  const picture = await openPicture(source.path)
  const long = Math.ceil(side / sheetShare(picture.info))
  return encodeForScreen(beginningOf(await decodePicture(picture, { box: { width: long, height: long }, depth: 8 })), out)
}

/** The original fitted into a box. */
export async function original(input: TaskInput<'original'>, task: TaskContext): Promise<TaskOutput<'original'>> {
  const pixels = input.crop ? await croppedView(task, input.source, input.box, input.crop) : (await viewOf(task, input.source, input.box)).pixels
  task.check()
  return encodeForScreen(pixels, input.out)
}
