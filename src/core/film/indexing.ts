import type { FieldOrder } from '../../contract/film.ts'

/** One coded packet as the demuxer gives it; ticks. */
export interface Packet {
  readonly pts: number | null
  readonly dts: number | null
  readonly duration: number | null
  readonly key: boolean
  /** Cut off by an edit list: decoded, never shown. */
  readonly discard: boolean
}

/** One frame as a decode from the start gives it. */
export interface DecodedFrame {
  readonly pts: number | null
  readonly duration: number
  readonly key: boolean
  /** CRC-32 of its planes. */
  readonly check: number
  readonly bytes: number
  readonly width: number
  readonly height: number
  readonly pixelFormat: string
  readonly field: FieldOrder
}

/** Field order of a clip: that of most interlaced frames, if there are any. */
export function fieldsOf(frames: readonly FieldOrder[]): FieldOrder {
  const count = (field: FieldOrder): number => frames.filter((each) => each === field).length
  const [top, bottom] = [count('tff'), count('bff')]
  return top + bottom === 0 ? 'progressive' : top >= bottom ? 'tff' : 'bff'
}

/** Timestamps of frames in order, and what is to be known of them. */
export interface FrameTable {
  readonly pts: readonly number[]
  /** Frame numbers, ascending. */
  readonly keys: readonly number[]
  readonly doubtful: readonly number[]
  /** Tick at which the last frame ends. */
  readonly end: number
}

export interface PacketTable extends FrameTable {
  /**
   * Nothing speaks against one frame a packet: every packet has a timestamp of its own and the first one can be
   * decoded by itself. Where this is false, only a decode knows the frames.
   */
  readonly plain: boolean
  readonly hidden: number
  readonly withoutPts: number
  readonly sharingPts: number
  /** Packets before the first that can be decoded by itself. */
  readonly beforeKey: number
}

/** Most common of some numbers, at least 1: the step of frames that do not say how long they last. */
function usualStep(pts: readonly number[]): number {
  const counts = new Map<number, number>()
  for (let i = 1; i < pts.length; i++) {
    const step = (pts[i] as number) - (pts[i - 1] as number)
    if (step > 0) counts.set(step, (counts.get(step) ?? 0) + 1)
  }
  let [usual, most] = [1, 0]
  for (const [step, count] of counts) if (count > most) [usual, most] = [step, count]
  return usual
}

const endOf = (pts: readonly number[], last: number | null): number => (pts.at(-1) ?? 0) + (last !== null && last > 0 ? last : usualStep(pts))

/** The frames that packets promise, before anything was decoded: those not cut off, in the order of their timestamps. */
export function framesOfPackets(packets: readonly Packet[]): PacketTable {
  const shown = packets.filter(({ discard }) => !discard)
  const withoutPts = shown.filter(({ pts }) => pts === null).length
  const timed = shown.map((packet, i) => ({ ...packet, at: packet.pts ?? packet.dts ?? i })).sort((a, b) => a.at - b.at)
  const firstKey = packets.findIndex(({ key }) => key)
  const beforeKey = firstKey < 0 ? packets.length : firstKey
  const doubtful: number[] = []
  const keys: number[] = []
  let sharingPts = 0
  timed.forEach((packet, n) => {
    const shares = n > 0 && packet.at === timed[n - 1]?.at
    if (shares) sharingPts++
    if (shares || packet.pts === null) doubtful.push(n)
    if (packet.key) keys.push(n)
  })
  const pts = timed.map(({ at }) => at)
  return {
    pts,
    keys,
    doubtful,
    end: endOf(pts, timed.at(-1)?.duration ?? null),
    plain: withoutPts === 0 && sharingPts === 0 && beforeKey === 0,
    hidden: packets.length - shown.length,
    withoutPts,
    sharingPts,
    beforeKey,
  }
}

/**
 * The frames as decoded: their number and timestamps are the decode's. Keyframes are those of the packets, which is
 * where a seek can land, unless packets carry no timestamps.
 */
export function framesOfDecode(decoded: readonly DecodedFrame[], packets: readonly Packet[]): FrameTable {
  const pts: number[] = []
  const doubtful: number[] = []
  const step = usualStep(decoded.flatMap((frame) => frame.pts ?? []))
  decoded.forEach((frame, n) => {
    const before = pts[n - 1]
    const at = frame.pts ?? (before === undefined ? 0 : before + step)
    if (frame.pts === null || (before !== undefined && at <= before)) doubtful.push(n)
    pts.push(at)
  })
  const trusted = packets.some(({ key, pts: at }) => key && at !== null) && packets.every(({ key, pts: at }) => !key || at !== null)
  const keyTimes = new Set(packets.flatMap((packet) => (packet.key && packet.pts !== null ? [packet.pts] : [])))
  const keys = decoded.flatMap((frame, n) => ((trusted ? keyTimes.has(pts[n] as number) : frame.key) ? [n] : []))
  return { pts, keys, doubtful, end: endOf(pts, decoded.at(-1)?.duration ?? null) }
}

/**
 * Where to start decoding for frame `n`: the second keyframe at or before it, since the leading frames of an open
 * group need the group before, and some containers seek late. null: from the start of the file.
 * @param before keyframes between that one and the frame's own: 0 where every frame can be checked afterwards
 */
export function seekKey(keys: readonly number[], n: number, before = 1): number | null {
  let [low, high] = [0, keys.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((keys[middle] as number) <= n) low = middle + 1
    else high = middle
  }
  return low > before ? (keys[low - 1 - before] as number) : null
}

/** Ticks between two frames that containers can tell: 32 bits. */
const farthestStep = 2 ** 31

/** The first frame whose timestamp does not follow the one before, or comes later than any container could tell; null: all do. */
export function firstOutOfOrder(pts: readonly number[]): number | null {
  const found = pts.findIndex((at, n) => n > 0 && (at <= (pts[n - 1] as number) || at - (pts[n - 1] as number) > farthestStep))
  return found < 0 ? null : found
}
