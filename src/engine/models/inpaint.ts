import type { Size } from '../../contract/pictures.ts'
import { fixedSizeOf, runImage } from './imageRunner.ts'
import { resample, type Plane, type Rect } from './resample.ts'
import type { Session } from './sessions.ts'
import type { Values } from './tensors.ts'
import type { TileHooks } from './tiler.ts'

/** Room around a hole that the network sees, as a share of the hole's longer side, and in pixels at least. */
const margin = 0.5
const leastMargin = 32

/** Boxes of the connected holes of a mask (values above a half), grown by what the network should see around them. */
export function holesOf(mask: Plane): Rect[] {
  const { width, height, data } = mask
  const seen = new Uint8Array(data.length)
  const boxes: Rect[] = []
  for (let start = 0; start < data.length; start++) {
    if (seen[start] || (data[start] as number) <= 0.5) continue
    let [left, right, top, bottom] = [width, -1, height, -1]
    const stack = [start]
    seen[start] = 1
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      const [x, y] = [at % width, Math.floor(at / width)]
      left = Math.min(left, x)
      right = Math.max(right, x)
      top = Math.min(top, y)
      bottom = Math.max(bottom, y)
      const next = [x > 0 ? at - 1 : -1, x < width - 1 ? at + 1 : -1, at - width, at + width]
      for (const other of next) {
        if (other < 0 || other >= data.length || seen[other] || (data[other] as number) <= 0.5) continue
        seen[other] = 1
        stack.push(other)
      }
    }
    boxes.push({ x: left, y: top, width: right - left + 1, height: bottom - top + 1 })
  }
  return boxes.map((box) => grown(box, { width, height }))
}

function grown(box: Rect, picture: Size): Rect {
  const side = Math.max(box.width, box.height)
  const wanted = side + 2 * Math.max(leastMargin, margin * side)
  // A square around the hole, moved rather than cut at the picture's border.
  const fit = (from: number, length: number, whole: number): [number, number] => {
    const size = Math.min(whole, Math.round(wanted))
    return [Math.min(whole - size, Math.max(0, Math.round(from + length / 2 - size / 2))), size]
  }
  const [x, width] = fit(box.x, box.width, picture.width)
  const [y, height] = fit(box.y, box.height, picture.height)
  return { x, y, width, height }
}

const planeOf = (values: Values, channel: number): Plane => {
  const count = values.width * values.height
  return { width: values.width, height: values.height, data: values.data.subarray(channel * count, (channel + 1) * count) }
}

/**
 * Fills the holes of a picture: around each, a square crop at the network's own size is run, and its answer is put
 * back under the mask alone. Everything outside the mask stays as it is, bit for bit.
 * @param image three planes in sRGB 0…1
 * @param mask 1 inside the holes, 0 outside; values between blend
 */
export async function runInpaint(session: Session, image: Values, mask: Plane, hooks: TileHooks): Promise<Values> {
  const { card } = session.model
  const side = card.size.default ?? 512
  const size = fixedSizeOf(session) ?? { width: side, height: side }
  const result: Values = { ...image, data: Float32Array.from(image.data) }
  const holes = holesOf(mask)
  for (const [index, hole] of holes.entries()) {
    await hooks.pause()
    const count = size.width * size.height
    const crop: Values = { ...size, channels: image.channels, data: new Float32Array(count * image.channels) }
    for (let channel = 0; channel < image.channels; channel++) crop.data.set(resample(planeOf(result, channel), size.width, size.height, hole).data, channel * count)
    const small = resample(mask, size.width, size.height, hole)
    const holeMask: Values = { ...size, channels: 1, data: small.data.map((value) => (value > 0 ? 1 : 0)) }
    const answer = await runImage(session, { image: crop, mask: holeMask })
    for (let channel = 0; channel < image.channels; channel++) {
      const filled = resample(planeOf(answer, channel), hole.width, hole.height)
      for (let y = 0; y < hole.height; y++) {
        for (let x = 0; x < hole.width; x++) {
          const to = (hole.y + y) * image.width + hole.x + x
          const weight = Math.min(1, Math.max(0, mask.data[to] as number))
          if (weight === 0) continue
          const at = channel * image.width * image.height + to
          const value = Math.min(1, Math.max(0, filled.data[y * hole.width + x] as number))
          result.data[at] = (result.data[at] as number) * (1 - weight) + value * weight
        }
      }
    }
    hooks.progress((index + 1) / holes.length)
  }
  return result
}
