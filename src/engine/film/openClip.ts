import type { ClipIdentity, ClipIndex } from '../../contract/film.ts'
import { fieldsOf, framesOfDecode, framesOfPackets } from '../../core/film/indexing.ts'
import { atRate } from '../../core/film/pictureRate.ts'
import { rateOf } from '../../core/film/rate.ts'
import { minus, seconds, text } from '../../core/film/rational.ts'
import { remarks } from '../../core/film/remarks.ts'
import { fault } from '../../core/texts/wording.ts'
import { named } from '../pictures/failures.ts'
import { decodeAll, readPackets, type Decode } from './decoding.ts'
import { noFilm } from './failures.ts'
import { identify, identifySequence, keepIndex, keptIndex, sameIdentity } from './identity.ts'
import type { OpenOptions, Thoroughness } from './options.ts'
import { inputArguments, probe } from './probe.ts'
import { pictureOf, sequenceOf, type SequenceSource } from './sequence.ts'
import { indexSequence } from './sequenceIndex.ts'

/** Indexes of the clips last used, by path: a step through a film does not read its index again. */
const recent = new Map<string, ClipIndex>()
const recentClips = 8

function remember(path: string, index: ClipIndex): ClipIndex {
  recent.delete(path)
  recent.set(path, index)
  for (const key of recent.keys()) {
    if (recent.size <= recentClips) break
    recent.delete(key)
  }
  return index
}

const enough = (index: ClipIndex | null | undefined, identity: ClipIdentity, thoroughness: Thoroughness): index is ClipIndex =>
  index !== null && index !== undefined && sameIdentity(index.identity, identity) && (index.info.verified || (thoroughness !== 'verify' && (thoroughness === 'packets' || index.doubtful.length === 0)))

/**
 * The index of a film or a sequence: from memory, from the cache, else made.
 * @throws HourglassError `bad-input` where the path is no film that can be decoded, or a rate is given to one with times of its own; `cancelled`
 */
export async function openClip(path: string, options: OpenOptions): Promise<ClipIndex> {
  const { rate = null } = options
  const source = await sequenceOf(path)
  if (rate !== null && !source) throw fault('bad-input', 'fault.rateOfFilm', 'remedy.rateOfFilm', { file: named(path) })
  const index = await indexOf(path, source, options)
  return rate === null ? index : atRate(index, rate)
}

/** Pictures that were moved since are known again; they are read from where they lie now. */
function whereItLies(index: ClipIndex, source: SequenceSource | null): ClipIndex {
  const { sequence } = index
  if (!source || !sequence || pictureOf(sequence, sequence.first) === pictureOf(source.sequence, source.sequence.first)) return index
  return { ...index, sequence: source.sequence }
}

async function indexOf(path: string, source: SequenceSource | null, options: OpenOptions): Promise<ClipIndex> {
  const { tools, cache, thoroughness } = options
  const identity = source ? await identifySequence(source) : await identify(path)
  for (const index of [recent.get(path), cache === null ? null : await keptIndex(cache, identity, tools.version)]) {
    if (enough(index, identity, thoroughness)) return remember(path, whereItLies(index, source))
  }
  const index = source ? await indexSequence(path, source, identity, options) : await indexFile(path, identity, options)
  if (cache !== null && (index.info.verified || !(await keptIndex(cache, identity, tools.version)))) await keepIndex(cache, index)
  return remember(path, index)
}

async function indexFile(path: string, identity: ClipIdentity, options: OpenOptions): Promise<ClipIndex> {
  const { tools, signal, thoroughness, threads, onProgress } = options
  const input = inputArguments(path)
  const header = await probe(tools, path, input, signal)
  const packets = await readPackets(tools, input, header.stream, signal)
  const promised = framesOfPackets(packets)
  if (promised.pts.length === 0) throw noFilm(path, [], 'unreadable')
  let decode: Decode | null = null
  if (thoroughness === 'verify' || (thoroughness === 'when-doubtful' && !promised.plain)) {
    const decodeBy = (many: number): Promise<Decode> => decodeAll(tools, input, header.stream, { signal, threads: many, onFrame: (count) => onProgress?.(Math.min(1, count / promised.pts.length)) })
    decode = await decodeBy(threads)
    // As it will be read again: see `decoderThreads`.
    if (decode.complaints.count > 0 && threads !== 1) decode = await decodeBy(1)
    if (decode.frames.length === 0) throw noFilm(path, [decode.complaints.first ?? ''], 'unreadable')
  }
  // Only H.264 in 4:4:4 is decoded otherwise for some builds: elsewhere the first frame need not be asked.
  const asked = decode ?? (header.facts.codec === 'h264' && header.facts.pixelFormat.includes('444') ? await decodeAll(tools, input, header.stream, { signal, threads, most: 1 }) : null)
  const table = decode ? framesOfDecode(decode.frames, packets) : promised
  const rate = rateOf(table.pts, header.timeBase, header.rates, table.end)
  const [first] = decode?.frames ?? []
  const startPts = table.pts[0] ?? 0
  return {
    version: 1,
    identity,
    ffmpeg: tools.version,
    stream: header.stream,
    timeBase: header.timeBase,
    startPts,
    formatStart: header.formatStart,
    pts: [...table.pts],
    keys: [...table.keys],
    // Before a decode, frames of packets that do not tell are all in doubt.
    doubtful: decode || promised.plain ? [...table.doubtful] : table.pts.map((_, n) => n),
    x264Build: header.facts.codec === 'h264' ? (asked?.x264Build ?? null) : null,
    checks: decode ? decode.frames.map(({ check }) => check) : null,
    sequence: null,
    info: {
      frames: table.pts.length,
      packets: packets.length,
      rate: text(rate.rate),
      variableRate: rate.variable,
      timeBase: text(header.timeBase),
      duration: text(minus(seconds(table.end, header.timeBase), seconds(startPts, header.timeBase))),
      ...header.facts,
      // The decoder knows better than the header (ProRes 4444 says 10 bit and gives 12).
      ...(first && first.pixelFormat !== '' && { pixelFormat: first.pixelFormat, width: first.width, height: first.height }),
      fieldOrder: decode ? fieldsOf(decode.frames.map(({ field }) => field)) : 'progressive',
      warnings: remarks({ header, packets: promised, packetCount: packets.length, table, rate, decode }),
      stream: header.stream,
      verified: decode !== null,
    },
  }
}
