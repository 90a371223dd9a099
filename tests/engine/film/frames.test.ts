import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ClipIndex } from '../../../src/contract/film.ts'
import { filmTools, type FilmTools } from '../../../src/engine/film/ffmpeg.ts'
import { pruneIndexes } from '../../../src/engine/film/identity.ts'
import { openClip } from '../../../src/engine/film/openClip.ts'
import { hashOf, readFrame, readFrames } from '../../../src/engine/film/planes.ts'
import { encodeStill } from '../../../src/engine/film/still.ts'
import { hasFfmpeg, kinds, makeClips, makeSequence, truthOf } from './clips.ts'

const folder = mkdtempSync(join(tmpdir(), 'hourglass-film-'))
let tools: FilmTools
let clips = new Map<string, string>()
const indexes = new Map<string, ClipIndex>()

const reading = () => ({ tools, threads: 1 })
const indexOf = async (file: string): Promise<ClipIndex> => openClip(file, { ...reading(), cache: null, thoroughness: 'verify' })
const codes = (index: ClipIndex | undefined): string[] => index?.info.warnings.map(({ code }) => code) ?? []

describe.skipIf(!hasFfmpeg)('films', () => {
  beforeAll(async () => {
    tools = await filmTools({})
    clips = await makeClips(folder)
    for (const [name, file] of clips) indexes.set(name, await indexOf(file))
  }, 300_000)
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it.each(Object.keys(kinds))('%s: the index is what a decode from the start gives, and frames fetched by it are the same pictures', async (name) => {
    const file = clips.get(name)
    if (file === undefined) return
    const index = indexes.get(name) as ClipIndex
    const truth = await truthOf(file, index.stream)
    expect(index.pts).toEqual(truth.map(({ pts }) => pts))
    expect(index.info.frames).toBe(truth.length)
    // Without the sums of the decode, so that nothing but the way of fetching brings the right frame.
    const blind = { ...index, checks: null }
    const last = truth.length - 1
    const key = index.keys.at(-1) ?? 0
    for (const n of new Set([0, Math.max(0, key - 1), key, last, ...index.doubtful.slice(0, 2)])) expect(hashOf(await readFrame(file, blind, n, reading())), `frame ${n}`).toBe(truth[n]?.hash)
    const [from, to] = [Math.min(last, Math.max(0, key - 2)), last]
    const seen: string[] = []
    await readFrames(file, blind, from, to, reading(), (frame) => void seen.push(hashOf(frame)))
    expect(seen).toEqual(truth.slice(from, to + 1).map(({ hash }) => hash))
  }, 120_000)

  it('say in what they differ from their headers', () => {
    expect(indexes.get('plain.mp4')?.info.warnings).toEqual([])
    expect(codes(indexes.get('uneven.mp4'))).toEqual(['variable-rate'])
    expect(codes(indexes.get('cut.mp4'))).toEqual(expect.arrayContaining(['edit-list', 'header-count']))
    expect(codes(indexes.get('mid-group.ts'))).toContain('starts-mid-group')
    expect(codes(indexes.get('late.mp4'))).toContain('late-start')
    expect(codes(indexes.get('skips.avi'))).toContain('skipped-frames')
    expect(codes(indexes.get('b-frames.avi'))).toContain('made-timestamps')
    expect(codes(indexes.get('interlaced.mkv'))).toContain('interlaced')
    expect(codes(indexes.get('two-films.mkv'))).toContain('several-videos')
    expect(codes(indexes.get('broken-off.mkv'))).toContain('read-errors')
    if (clips.has('hidden.webm')) expect(codes(indexes.get('hidden.webm'))).toContain('hidden-frames')
  })

  it('are described as they are stored', () => {
    expect(indexes.get('film-rate.mkv')?.info).toMatchObject({ frames: 40, rate: '24000/1001', variableRate: false, timeBase: '1/1000' })
    expect(indexes.get('uneven.mp4')?.info).toMatchObject({ frames: 40, variableRate: true })
    expect(indexes.get('plain.mp4')?.info).toMatchObject({ rate: '25/1', duration: '8/5', sar: '1:1', rotation: 0, pixelFormat: 'yuv420p', fieldOrder: 'progressive', audio: [] })
    expect(indexes.get('turned.mp4')?.info).toMatchObject({ width: 128, height: 96, rotation: 90 })
    expect(indexes.get('wide-pixels.mp4')?.info.sar).toBe('16:11')
    expect(indexes.get('interlaced.mkv')?.info).toMatchObject({ fieldOrder: 'tff' })
    expect(indexes.get('two-films.mkv')?.info).toMatchObject({ frames: 30, width: 128, stream: 1 })
    expect(indexes.get('cut.mp4')?.info.audio).toMatchObject([{ codec: 'aac', channels: 1 }])
    expect(indexes.get('grey.mkv')?.info).toMatchObject({ rate: '18/1', pixelFormat: 'gray' })
    expect(indexes.get('alpha.mov')?.info.pixelFormat).toMatch(/^yuva444p1[02]le$/)
  })

  it('never show a neighbour: a frame that is not the counted one is an error', async () => {
    const index = indexes.get('plain.mp4') as ClipIndex
    const wrong = { ...index, checks: index.pts.map(() => 1) }
    await expect(readFrame(clips.get('plain.mp4') as string, wrong, 7, reading())).rejects.toMatchObject({ code: 'bad-input', message: expect.stringContaining('Frame 7') })
  })

  it('are decoded from the start where seeking brings another picture', async () => {
    const file = clips.get('plain.mp4') as string
    const index = indexes.get('plain.mp4') as ClipIndex
    const truth = await truthOf(file, 0)
    // Keyframes that are none: the seek lands behind the frame.
    const astray = { ...index, keys: [30, 31, 32, 33], pts: index.pts, formatStart: { num: -4, den: 5 } }
    expect(hashOf(await readFrame(file, astray, 34, reading()))).toBe(truth[34]?.hash)
  })

  it('become stills that stand upright, with all their bits', async () => {
    const still = async (name: string): Promise<{ width: number; height: number; depth: number; channels: number }> => {
      const index = indexes.get(name) as ClipIndex
      const path = join(folder, `${name}.png`)
      writeFileSync(path, await encodeStill(tools, index.info, await readFrame(clips.get(name) as string, index, 3, reading())))
      const { width, height, channels, depth } = await sharp(path).metadata()
      return { width, height, channels, depth: depth === 'ushort' ? 16 : 8 }
    }
    expect(await still('turned.mp4')).toMatchObject({ width: 96, height: 128, depth: 8 })
    expect(await still('ten-bit.mkv')).toMatchObject({ width: 128, height: 96, depth: 16 })
    expect(await still('alpha.mov')).toMatchObject({ channels: 4, depth: 16 })
    expect(await still('grey.mkv')).toMatchObject({ channels: 1, depth: 8 })
  })

  it('are read once: the index is kept, and made anew when the file changes', async () => {
    const cache = join(folder, 'kept')
    const file = clips.get('plain.mp4') as string
    const options = { ...reading(), cache, thoroughness: 'verify' as const }
    // Another path to the same bytes, so that memory has none of it.
    const first = await openClip(file, options)
    expect(readdirSync(cache)).toHaveLength(1)
    expect(await openClip(file, options)).toBe(first)
    utimesSync(file, new Date(), new Date(Date.now() + 5000))
    expect(await openClip(file, options)).not.toBe(first)
    expect(readdirSync(cache)).toHaveLength(2)
  })

  it('are indexed by their packets alone at first, and decoded where packets do not tell the frames', async () => {
    const quick = (name: string) => openClip(clips.get(name) as string, { ...reading(), cache: null, thoroughness: 'when-doubtful' })
    utimesSync(clips.get('film-rate.mkv') as string, new Date(), new Date(Date.now() + 9000))
    utimesSync(clips.get('b-frames.avi') as string, new Date(), new Date(Date.now() + 9000))
    expect((await quick('film-rate.mkv')).info.verified).toBe(false)
    expect((await quick('b-frames.avi')).info.verified).toBe(true)
  })

  it('have indexes of which the longest unused go first when they take too much room', async () => {
    const cache = join(folder, 'crowded')
    mkdirSync(cache)
    for (const [name, age] of [['old', 300], ['middle', 200], ['new', 100]] as const) {
      writeFileSync(join(cache, `${name}.clip.json`), 'x'.repeat(100))
      utimesSync(join(cache, `${name}.clip.json`), new Date(Date.now() - 1000 * age), new Date(Date.now() - 1000 * age))
    }
    writeFileSync(join(cache, 'other.txt'), 'x'.repeat(500))
    await pruneIndexes(cache, 250)
    expect(readdirSync(cache).sort()).toEqual(['middle.clip.json', 'new.clip.json', 'other.txt'])
  })

  it('end their ffmpeg when they are cancelled', async () => {
    const stop = new AbortController()
    const file = join(folder, 'long.mkv')
    await kinds['grey.mkv']?.(file)
    const opening = openClip(file, { ...reading(), cache: null, thoroughness: 'verify', signal: stop.signal })
    stop.abort()
    await expect(opening).rejects.toMatchObject({ code: 'cancelled' })
  })
})

describe.skipIf(!hasFfmpeg)('numbered pictures', () => {
  const place = mkdtempSync(join(tmpdir(), 'hourglass-pictures-'))
  beforeAll(async () => {
    tools = await filmTools({})
  })
  afterAll(() => rmSync(place, { recursive: true, force: true }))

  it.each(['png', 'tif', 'dpx'] as const)('in %s are a clip: frames count the files, timestamps the numbers, and gaps are told', async (ending) => {
    const pictures = join(place, `50% ${ending}`)
    await makeSequence(pictures, ending)
    const index = await indexOf(pictures)
    expect(index.info).toMatchObject({ frames: 16, packets: 16, rate: '24/1', duration: '5/6', width: 64, height: 48 })
    expect(index.info.warnings).toMatchObject([{ code: 'missing-numbers', message: expect.stringContaining('1003, 1010–1012') }])
    expect(index.pts.slice(6, 9)).toEqual([6, 7, 9])
    // Frame 8 is the picture 1004: the number after the gap.
    const [truth] = await truthOf(join(pictures, `scan.1004.${ending}`), 0)
    expect(hashOf(await readFrame(pictures, index, 8, reading()))).toBe(truth?.hash)
    expect((await indexOf(join(pictures, `scan.1000.${ending}`))).info.frames).toBe(16)
  })

  it('leave out a damaged picture and say so', async () => {
    const pictures = join(place, 'damaged')
    await makeSequence(pictures, 'png')
    writeFileSync(join(pictures, 'scan.0999.png'), 'no picture')
    const index = await indexOf(pictures)
    expect(index.info.frames).toBe(15)
    expect(codes(index)).toEqual(['missing-numbers', 'unreadable-pictures'])
    const [truth] = await truthOf(join(pictures, 'scan.1000.png'), 0)
    expect(hashOf(await readFrame(pictures, index, 4, reading()))).toBe(truth?.hash)
  })

  it('that were moved are known again, and read from where they lie now', async () => {
    const [before, after] = [join(place, 'before'), join(place, 'after')]
    const cache = join(place, 'cache')
    await makeSequence(before, 'png')
    const opened = async (path: string): Promise<ClipIndex> => openClip(path, { ...reading(), cache, thoroughness: 'verify' })
    await opened(before)
    renameSync(before, after)
    const index = await opened(after)
    const [truth] = await truthOf(join(after, 'scan.1000.png'), 0)
    expect(hashOf(await readFrame(after, index, 5, reading()))).toBe(truth?.hash)
  })

  it('are not found in a folder without any', async () => {
    const empty = join(place, 'empty')
    mkdirSync(empty)
    await expect(indexOf(empty)).rejects.toMatchObject({ code: 'bad-input', message: expect.stringContaining('holds no numbered pictures') })
  })
})
