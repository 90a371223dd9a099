// The colour kernels: everything the product does to every pixel of a full-size picture.
import * as at from './color/layout'
import { interpolateLine, liftChunk } from './color/lift'
import { ownTone, toneOfColor, toneOfGrey } from './color/tones'
import { writeChunk } from './color/write'

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
  const scratch = <usize>load<u32>(at.scratchAt)
  const stage: usize = at.chunk << 2
  const tone = scratch
  const ownX = scratch + stage
  const ownZ = scratch + 2 * stage
  const red = scratch + 3 * stage
  const green = scratch + 4 * stage
  const blue = scratch + 5 * stage
  const neutral = scratch + 6 * stage
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
      if (wideIn) tones<u16>(table, samples, channels, count, tone, ownX, ownZ, own)
      else tones<u8>(table, samples, channels, count, tone, ownX, ownZ, own)
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
        red,
        green,
        blue,
        neutral,
      )
      writeChunk(count, tone, red, green, blue, neutral, load<u32>(at.outTableAt), output + <usize>x * outBytes, scratch + 7 * stage, wideOut)
    }
    source += <usize>width * inBytes
    output += <usize>width * outBytes
  }
  store<f64>(at.gamutCountAt, load<f64>(at.gamutCountAt) + <f64>reined)
}

/** f(Y) of a chunk and, where asked for, the source's own colour. */
function tones<T>(table: usize, samples: usize, channels: i32, count: i32, tone: usize, ownX: usize, ownZ: usize, own: bool): void {
  if (channels == 1) toneOfGrey<T>(table, samples, count, tone)
  else toneOfColor<T>(table, samples, count, tone, load<f32>(at.toneRedAt), load<f32>(at.toneGreenAt), load<f32>(at.toneBlueAt))
  if (own) ownTone<T>(table, samples, count, ownX, ownZ)
}
