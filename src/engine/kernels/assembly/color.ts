// The colour kernels: everything the product does to every pixel of a full-size picture.
import * as at from './color/layout'
import { interpolateLine, liftChunk } from './color/lift'
import { ownTone, toneOfColor, toneOfGrey } from './color/tones'
import { addLine, sumLine } from './color/reduce'
import { repairPlanes } from './color/repair'
import { trustedSlopes } from './color/slopes'
import { sampleChunk, writeChunk } from './color/write'
import { all, lightnessOffset, lightnessScale } from './color/constants'
import { maxLane, sumLanes, validLanes } from './color/math'

/** Composes `rows` rows standing at `sourceAt` into RGB at `outputAt`; all else is in the parameter block. */
export function compose(firstRow: i32, rows: i32): void {
  const width = load<i32>(at.widthAt)
  const channels = load<i32>(at.channelsAt)
  const wideIn = load<i32>(at.depthAt) == 16
  const wideOut = load<i32>(at.outDepthAt) == 16
  const inBytes = <usize>(channels * (wideIn ? 2 : 1))
  const outBytes: usize = wideOut ? 6 : 3
  const own = load<i32>(at.keepToneAt) != 0 && channels == 3
  const line = <usize>load<u32>(at.lineAt)
  const table = <usize>load<u32>(at.toneTableAt)
  const neutralTable = <usize>load<u32>(at.neutralTableAt)
  const scratch = <usize>load<u32>(at.scratchAt)
  const stage: usize = at.chunk << 2
  const tone = scratch
  const ownX = scratch + stage
  const ownZ = scratch + 2 * stage
  const red = scratch + 3 * stage
  const green = scratch + 4 * stage
  const blue = scratch + 5 * stage
  const neutral = scratch + 6 * stage
  const numbers = scratch + 7 * stage
  let source = <usize>load<u32>(at.sourceAt)
  let output = <usize>load<u32>(at.outputAt)
  let reined: i32 = 0
  for (let row = 0; row < rows; row++) {
    const taps = <usize>(firstRow + row) << 2
    interpolateLine(
      load<u32>(at.planesAt),
      load<i32>(at.planeWidthAt),
      load<i32>(at.planeHeightAt),
      load<i32>(<usize>load<u32>(at.rowFirstAt) + taps),
      <usize>load<u32>(at.rowWeightsAt) + (taps << 2),
      line,
    )
    for (let x = 0; x < width; x += at.chunk) {
      const count = min(at.chunk, width - x)
      const samples = source + <usize>x * inBytes
      if (wideIn) tones<u16>(table, neutralTable, samples, channels, count, tone, ownX, ownZ, own)
      else tones<u8>(table, neutralTable, samples, channels, count, tone, ownX, ownZ, own)
      reined += liftChunk(
        count,
        tone,
        <usize>load<u32>(at.gapsAt) + (<usize>x << 2),
        <usize>load<u32>(at.positionsAt) + (<usize>x << 2),
        line,
        load<f32>(at.warmXAt),
        load<f32>(at.warmZAt),
        own,
        ownX,
        ownZ,
        load<u32>(at.gamutAt),
        wideOut ? 3 : 1,
        red,
        green,
        blue,
        neutral,
      )
      sampleChunk(count, red, numbers, wideOut)
      sampleChunk(count, green, numbers + stage, wideOut)
      sampleChunk(count, blue, numbers + 2 * stage, wideOut)
      writeChunk(count, tone, red, green, blue, neutral, numbers, stage, load<u32>(at.outTableAt), output + <usize>x * outBytes, wideOut)
    }
    source += <usize>width * inBytes
    output += <usize>width * outBytes
  }
  store<f64>(at.gamutCountAt, load<f64>(at.gamutCountAt) + <f64>reined)
}

/** f(Y) of a chunk and, where asked for, the source's own colour. */
function tones<T>(table: usize, neutral: usize, samples: usize, channels: i32, count: i32, tone: usize, ownX: usize, ownZ: usize, own: bool): void {
  toneChunk<T>(table, neutral, samples, channels, count, tone)
  if (own) ownTone<T>(table, samples, count, ownX, ownZ)
}

function toneChunk<T>(table: usize, neutral: usize, samples: usize, channels: i32, count: i32, tone: usize): void {
  if (channels == 1) toneOfGrey<T>(table, samples, count, tone)
  else toneOfColor<T>(table, neutral, samples, count, tone, load<f32>(at.toneRedAt), load<f32>(at.toneGreenAt), load<f32>(at.toneBlueAt))
}

/** f(Y) of pixels x … x + count of the samples at an address. */
function toneFrom(samples: usize, table: usize, neutral: usize, channels: i32, depth: i32, x: i32, count: i32, tone: usize): void {
  if (depth == 16) toneChunk<u16>(table, neutral, samples + (<usize>(x * channels) << 1), channels, count, tone)
  else toneChunk<u8>(table, neutral, samples + <usize>(x * channels), channels, count, tone)
}

/** L* of `count` pixels at `sourceAt`, as f32 at `outputAt`. */
export function lightness(count: i32): void {
  const output = <usize>load<u32>(at.outputAt)
  toneFrom(load<u32>(at.sourceAt), load<u32>(at.toneTableAt), load<u32>(at.neutralTableAt), load<i32>(at.channelsAt), load<i32>(at.depthAt), 0, count, output)
  for (let x = 0; x < count; x += 4) {
    const p = output + (<usize>x << 2)
    v128.store(p, f32x4.sub(f32x4.mul(v128.load(p), all(lightnessScale)), all(lightnessOffset)))
  }
}

/** Adds |L* of `sourceAt` − L* of `otherAt|` of `count` pixels to the figures. */
export function measure(count: i32): void {
  const before = <usize>load<u32>(at.scratchAt)
  const after = before + (<usize>at.chunk << 2)
  let most: v128 = i64x2.splat(0)
  for (let x = 0; x < count; x += at.chunk) {
    const n = min(at.chunk, count - x)
    toneFrom(load<u32>(at.sourceAt), load<u32>(at.toneTableAt), load<u32>(at.neutralTableAt), load<i32>(at.channelsAt), load<i32>(at.depthAt), x, n, before)
    toneFrom(load<u32>(at.otherAt), load<u32>(at.otherTableAt), load<u32>(at.otherNeutralAt), load<i32>(at.otherChannelsAt), load<i32>(at.otherDepthAt), x, n, after)
    let sum: v128 = i64x2.splat(0)
    for (let i = 0; i < n; i += 4) {
      const p = <usize>i << 2
      const difference = v128.and(validLanes(i, n), f32x4.abs(f32x4.sub(v128.load(before + p), v128.load(after + p))))
      sum = f32x4.add(sum, difference)
      most = f32x4.pmax(most, difference)
    }
    store<f64>(at.driftSumAt, load<f64>(at.driftSumAt) + 116 * sumLanes(sum))
  }
  store<f64>(at.driftMaxAt, max(load<f64>(at.driftMaxAt), 116 * <f64>maxLane(most)))
  store<f64>(at.pixelsAt, load<f64>(at.pixelsAt) + <f64>count)
}

/** Adds `rows` rows at `sourceAt` to the reduced plane: every reduced pixel sums f(Y) over the area it covers. */
export function reduce(firstRow: i32, rows: i32): void {
  const width = load<i32>(at.widthAt)
  const channels = load<i32>(at.channelsAt)
  const depth = load<i32>(at.depthAt)
  const table = <usize>load<u32>(at.toneTableAt)
  const neutral = <usize>load<u32>(at.neutralTableAt)
  const tone = <usize>load<u32>(at.lineAt)
  const sums = <usize>load<u32>(at.lineSumsAt)
  const reduced = <usize>load<u32>(at.reducedAt)
  const toWidth = load<i32>(at.reducedWidthAt)
  const toHeight = load<i32>(at.reducedHeightAt)
  const height = load<i32>(at.heightAt)
  const rowBytes = <usize>(width * channels * (depth >> 3))
  let samples = <usize>load<u32>(at.sourceAt)
  for (let row = firstRow; row < firstRow + rows; row++) {
    toneFrom(samples, table, neutral, channels, depth, 0, width, tone)
    sumLine(tone, width, sums, toWidth)
    samples += rowBytes
    // Row `row` covers these reduced rows, in units of 1/height.
    const from = <i64>row * toHeight
    const to = from + toHeight
    for (let i = from / height; i * height < to && i < toHeight; i++) {
      const share = <f32>(min(to, (i + 1) * height) - max(from, i * height)) / <f32>toHeight
      addLine(sums, toWidth, share, reduced + ((<usize>i * toWidth) << 2))
    }
  }
}

/**
 * Prepares a network's planes at `planesAt`: a, b, L* stand there one after the other, the slopes of a and b follow.
 * a and b are repaired in place. `scratchAt` has room for six planes.
 */
export function prepare(width: i32, height: i32, edgeRepair: f32): void {
  const bytes = <usize>(width * height) << 2
  const a = <usize>load<u32>(at.planesAt)
  const b = a + bytes
  const lightness = b + bytes
  const room = <usize>load<u32>(at.scratchAt)
  if (edgeRepair > 0) repairPlanes(a, b, lightness, width, height, edgeRepair, room)
  trustedSlopes(a, lightness, width, height, lightness + bytes, room)
  trustedSlopes(b, lightness, width, height, lightness + 2 * bytes, room)
}
