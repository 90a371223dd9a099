import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ClipResult } from '../../../src/contract/clips.ts'
import type { EngineInput } from '../../../src/contract/engine.ts'
import { asHourglassError, type HourglassError } from '../../../src/contract/errors.ts'
import type { Studio } from '../../../src/engine/workers/context.ts'
import { hourglass, type Ran } from '../cli/run.ts'
import { makeStudio, run } from '../studio.ts'
import { cutOff, ffmpeg, hasFfmpeg, lost, makeClips, makeNoise, makeSequence, packets, planes, times } from './clips.ts'

/** V of some frames, ascending, each brought to a square of so many pixels across. */
function redOf(file: string, frames: readonly number[], side: number, crop = ''): number[][] {
  const chosen = frames.map((frame) => `eq(n\\,${frame})`).join('+')
  const raw = execFileSync('ffmpeg', ['-v', 'error', '-nostdin', '-i', file, '-vf', `select=${chosen},format=yuv444p,${crop}extractplanes=v,scale=${side}:${side}:flags=area:in_range=pc:out_range=pc`, '-fps_mode', 'passthrough', '-f', 'rawvideo', '-'], { maxBuffer: 2 ** 20 })
  return frames.map((_, i) => [...raw.subarray(i * side * side, (i + 1) * side * side)])
}

/** How far a plane of colour of some frames is from none, at most. */
const colorOf = (file: string, ...frames: number[]): number[] => redOf(file, frames, 16).map((values) => Math.max(...values.map((value) => Math.abs(value - 128))))

/** Mean of V less its middle (red is above) in a part of some frames, `x:y:width:height`. */
const signsOf = (file: string, part: string, ...frames: number[]): number[] => {
  const [x, y, w, h] = part.split(':')
  return redOf(file, frames, 1, `crop=${w}:${h}:${x}:${y},`).map(([value = 0]) => value - 128)
}

const resultOf = (ran: Ran): ClipResult => {
  const line = ran.lines.at(-1)
  expect(line?.['event'], JSON.stringify(line) + ran.err).toBe('result')
  return line as unknown as ClipResult
}
const errorOf = (ran: Ran): Record<string, unknown> => ran.lines.at(-1) as Record<string, unknown>

const numbersIn = (folder: string): number[] => readdirSync(folder).sort().map((name) => Number(/\d+/.exec(name)![0]))

/** Starting a terminal costs more than a small film does: what is no word of the command line is asked of the engine itself. */
describe.skipIf(!hasFfmpeg)('hourglass clip', { timeout: 300_000, concurrent: true }, () => {
  let cwd = ''
  let clips = new Map<string, string>()
  let studio: Studio
  const at = (name: string): string => join(cwd, name)
  const asked = (...args: string[]): Promise<Ran> => hourglass(['clip', ...args, '--json'], { cwd })
  const model = join(import.meta.dirname, '../../../models/colorize-photo-fast')
  // Most of the films here are in colour, which shows soonest what is mixed up.
  const recipe = (params: Record<string, unknown> = {}) => ({ version: 1 as const, steps: [{ step: 'colorize', enabled: true, params: { forceColor: true, ...params } }] })
  const clip = (source: string, target: string, more: Partial<EngineInput<'colorClip'>> = {}): Promise<ClipResult> =>
    run(studio, 'colorClip', { path: source, target: at(target), preset: 'exact', recipe: recipe(), model, cache: at('indexes'), ...more })
  const refused = async (...work: Parameters<typeof clip>): Promise<HourglassError> => asHourglassError(await clip(...work).then(() => expect.unreachable('it was not refused'), (error: unknown) => error))
  /** A new folder of a test's own, in which what is left behind shows. */
  const place = (name: string): string => {
    mkdirSync(at(name))
    return name
  }
  const leftovers = (folder: string): string[] => readdirSync(at(folder)).filter((name) => name.startsWith('.'))

  beforeAll(async () => {
    cwd = mkdtempSync(join(tmpdir(), 'hourglass-clip-'))
    studio = makeStudio()
    const [made] = await Promise.all([
      makeClips(at('clips'), ['uneven.mp4', 'late.mp4', 'turned.mp4', 'ten-bit.mkv', 'odd-size.mkv', 'interlaced.mkv', 'grey.mkv', 'mid-group.ts', 'broadcast.ts', 'single.mp4', 'tiny.mp4', 'rgb.mkv', 'alpha.mov']),
      ffmpeg('-f', 'lavfi', '-i', 'testsrc2=size=128x96:rate=30000/1001,trim=end_frame=30', '-f', 'lavfi', '-i', 'sine=duration=1', '-pix_fmt', 'yuv420p', '-color_range', 'tv', '-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709', '-timecode', '00:59:58;20', '-metadata', 'title=A reel', '-c:v', 'libx264', '-preset', 'ultrafast', '-c:a', 'pcm_s16le', at('tagged.mov')),
      // Two pictures that follow one another: two shots.
      ffmpeg('-f', 'lavfi', '-i', 'testsrc2=size=96x64:rate=25,trim=end_frame=30', '-f', 'lavfi', '-i', 'mandelbrot=size=96x64:rate=25,trim=end_frame=30', '-filter_complex', '[0:v]format=gray[a];[1:v]format=gray[b];[a][b]concat=n=2', '-pix_fmt', 'yuv420p', '-c:v', 'libx264', '-preset', 'ultrafast', '-g', '40', at('pair.mp4')),
    ])
    clips = made
  })
  afterAll(async () => {
    await studio.sessions.releaseAll()
    rmSync(cwd, { recursive: true, force: true })
  })

  test('keeps luma to the bit, every timestamp of a variable rate, and gives real colour', async () => {
    const source = clips.get('uneven.mp4')!
    const folder = place('uneven')
    const result = await clip(source, `${folder}/uneven.mp4`)
    const out = at(`${folder}/uneven.mp4`)
    expect(result.lumaIdentical).toBe(true)
    expect(planes(out, 'y')).toEqual(planes(source, 'y'))
    expect(times(out)).toEqual(times(source))
    expect(planes(out, 'u')).not.toEqual(planes(source, 'u'))
    expect(colorOf(out, 20)[0]).toBeGreaterThan(3)
    expect(lost(result)).toEqual([])
    expect(leftovers(folder)).toEqual([])
  })

  test('sound whose encoder began before the film goes into Matroska, as it was beside the pictures; of a range without what lies before it', async () => {
    // AAC at a low rate: its first packet stands 64 ms before the first picture, and MP4 hides it.
    await ffmpeg('-f', 'lavfi', '-i', 'testsrc2=size=96x64:rate=25,trim=end_frame=50', '-f', 'lavfi', '-i', 'sine=duration=2:sample_rate=16000', '-pix_fmt', 'yuv420p', '-c:v', 'libx264', '-preset', 'ultrafast', '-c:a', 'aac', at('early.mp4'))
    const soundAt = (file: string): number => Number.parseFloat(execFileSync('ffprobe', ['-v', 'quiet', '-select_streams', 'a:0', '-show_entries', 'packet=pts_time', '-of', 'csv=p=0', file], { encoding: 'latin1' }))
    const [film, before] = [at('early-colour.mkv'), times(at('early.mp4'))]
    expect(soundAt(at('early.mp4'))).toBeLessThan(-0.05)
    expect(lost(await clip(at('early.mp4'), 'early-colour.mkv'))).toEqual([])
    const after = times(film)
    expect(after.map((time) => Math.round(1000 * (time - (after[0] ?? 0))))).toEqual(before.map((time) => Math.round(1000 * time)))
    expect(Math.abs((after[0] ?? 0) - soundAt(film) + soundAt(at('early.mp4')))).toBeLessThan(0.0015)
    expect(packets(film, 'a')).toBe(packets(at('early.mp4'), 'a'))

    expect(lost(await clip(at('early.mp4'), 'early-range.mkv', { from: 10, to: 30 }))).toEqual([])
    expect(times(at('early-range.mkv'))[0]).toBe(0)
    expect(soundAt(at('early-range.mkv'))).toBeGreaterThanOrEqual(0)
    expect(soundAt(at('early-range.mkv'))).toBeLessThan(0.07)
  })

  test('keeps colour tags, timecode, title and the packets of sound, in the visual preset too', async () => {
    const result = resultOf(await asked('tagged.mov', '-o', 'tagged-colour.mov', '--force-color'))
    expect(lost(result)).toEqual([])
    expect(result.kept.find(({ name }) => name === 'timecode')?.after).toBe('00:59:58;20')
    expect(packets(at('tagged-colour.mov'), 'a')).toBe(packets(at('tagged.mov'), 'a'))
    expect(result.lumaIdentical).toContain('lossy')
    const exact = await clip(at('tagged.mov'), 'tagged-colour.mkv')
    expect(lost(exact)).toEqual([])
  })

  test.each([
    ['late.mp4', 'mp4'],
    ['ten-bit.mkv', 'mkv'],
    ['odd-size.mkv', 'mkv'],
    ['interlaced.mkv', 'mkv'],
    ['grey.mkv', 'mkv'],
    ['mid-group.ts', 'mkv'],
    ['broadcast.ts', 'mp4'],
    ['single.mp4', 'mkv'],
    ['tiny.mp4', 'mp4'],
    ['turned.mp4', 'mp4'],
  ])('keeps luma and times of %s', async (name, ending) => {
    const source = clips.get(name)!
    const result = await clip(source, `kept-${name}.${ending}`)
    const out = at(`kept-${name}.${ending}`)
    expect(result.lumaIdentical).toBe(true)
    expect(planes(out, 'y')).toEqual(planes(source, 'y'))
    const [mine, theirs] = [times(out), times(source)]
    const start = name.endsWith('.ts') ? theirs[0]! - mine[0]! : 0
    mine.forEach((time, n) => expect(Math.abs(time + start - theirs[n]!)).toBeLessThan(0.0011))
    // Grey film that does not say its range is given one; a clock that starts anywhere starts at 0.
    expect(lost(result).filter((row) => !row.startsWith('range'))).toEqual([])
  })

  test('says before the work that Matroska may not tell how a film is turned', async () => {
    const turned = { path: clips.get('turned.mp4')!, cache: at('indexes'), preset: 'exact' as const, from: 0, to: null }
    const codes = async (target: string): Promise<string[]> => (await run(studio, 'clipPreflight', { ...turned, target: at(target) })).notes.map(({ code }) => code)
    expect(await codes('turned.mkv')).toContain('turn-left-out')
    expect(await codes('turned.mov')).not.toContain('turn-left-out')
  })

  test('says what is kept of RGB, which has no luma of its own', async () => {
    const result = await clip(clips.get('rgb.mkv')!, 'rgb.mkv')
    expect(result.lumaIdentical).toContain('RGB')
    expect(planes(at('rgb.mkv'), 'y')).toEqual(planes(clips.get('rgb.mkv')!, 'y', 'scale=out_color_matrix=bt709:out_range=tv,format=yuv444p,'))
  })

  test('keeps luma and transparency of 12 bits in 16, each value 16 times as high', async () => {
    const source = clips.get('alpha.mov')!
    const result = await clip(source, 'alpha.mkv')
    expect(result.lumaIdentical).toBe(true)
    for (const plane of ['y', 'a'] as const) expect(planes(at('alpha.mkv'), plane)).toEqual(planes(source, plane, 'format=yuva444p16le,'))
    expect(lost(result)).toEqual([])
  })

  test('colours a range of frames alone', async () => {
    const source = clips.get('uneven.mp4')!
    expect((await clip(source, 'range.mkv', { from: 7, to: 19 })).frames).toBe(12)
    expect(planes(at('range.mkv'), 'y')).toEqual(planes(source, 'y').slice(7, 19))
  })

  test('made chunk by chunk and joined is the film that one call makes', async () => {
    const film = at('pair.mp4')
    // With them every shot is a chunk; else as many as 125 frames hold.
    const work = { preset: 'visual' as const, keep: true }
    const whole = await clip(film, 'whole.mp4', { ...work, work: at('whole') })
    expect(whole.shots.map(({ from }) => from)).toEqual([0, 30])
    expect(whole.chunks).toBe(2)
    expect((await refused(film, 'parts.mp4', { ...work, join: true })).code).toBe('bad-input')
    expect(await clip(film, 'parts.mp4', { ...work, chunk: 1 })).toMatchObject({ frames: 30, chunk: 1 })
    expect((await refused(film, 'parts.mp4', { ...work, join: true })).message).toContain('0')
    // Other settings would not fit: they are refused, and what is there stays.
    expect((await refused(film, 'parts.mp4', { ...work, chunk: 0, steady: 0.5 })).code).toBe('bad-input')
    await clip(film, 'parts.mp4', { ...work, chunk: 0 })
    expect((await clip(film, 'parts.mp4', { ...work, chunk: 2 })).frames).toBe(0)
    const joined = await clip(film, 'parts.mp4', { ...work, join: true })
    expect(joined.reused).toBe(2)
    for (const plane of ['y', 'u'] as const) expect(planes(at('parts.mp4'), plane)).toEqual(planes(at('whole.mp4'), plane))
    expect(times(at('parts.mp4'))).toEqual(times(film))
    // From the terminal.
    expect(resultOf(await asked('pair.mp4', '-o', 'farm.mp4', '--chunk', '0', '--steady', '0.9'))).toMatchObject({ chunk: 0, chunks: 1, frames: 60 })
    expect(resultOf(await asked('pair.mp4', '-o', 'farm.mp4', '--join', '--steady', '0.9'))).toMatchObject({ chunk: null, reused: 1 })
  })

  test('obeys shots of a file, each with a recipe of its own, and writes the file that it found', async () => {
    const found = await hourglass(['clip-info', 'pair.mp4', '--shots', 'shots.json', '--json'], { cwd })
    expect(found.status, found.err).toBe(0)
    const file = JSON.parse(readFileSync(at('shots.json'), 'utf8')) as { shots: Record<string, unknown>[] }
    expect(file.shots).toEqual([{ from: 0, to: 30 }, { from: 30, to: 60 }])
    // Without colour in the second half, and with a cut where none is to be seen.
    const grey = { version: 1, steps: [{ step: 'colorize', params: { strength: 0 } }] }
    const settled = [{ from: 0, to: 12 }, { from: 12, to: 30 }, { from: 30, to: 60, recipe: grey }]
    writeFileSync(at('settled.json'), JSON.stringify({ version: 1, shots: settled }))
    const result = resultOf(await asked('pair.mp4', '-o', 'settled.mkv', '--preset', 'exact', '--shots', 'settled.json'))
    expect(result.shots.map(({ from, to }) => [from, to])).toEqual([[0, 12], [12, 30], [30, 60]])
    const [before = 0, after] = colorOf(at('settled.mkv'), 8, 40)
    expect(before).toBeGreaterThan(1)
    expect(after).toBe(0)
    const gap = await refused(at('pair.mp4'), 'no.mp4', { shots: [{ from: 0, to: 12 }, { from: 14, to: 60 }] })
    expect(gap).toMatchObject({ code: 'bad-input', message: expect.stringContaining('12') })
  })

  test('carries a frame that is right, and hints at a frame, through the shot and no further', async () => {
    // A still ground, on which a small square goes from left to right; then another picture.
    await ffmpeg('-f', 'lavfi', '-i', 'gradients=size=96x64:rate=25:c0=0x303030:c1=0x909090:speed=0.00001:seed=1,trim=end_frame=30', '-f', 'lavfi', '-i', 'mandelbrot=size=96x64:rate=25,trim=end_frame=12', '-f', 'lavfi', '-i', 'color=0xe0e0e0:size=10x10:rate=25', '-filter_complex', "[0][2]overlay=x='10+n':y=27:shortest=1,format=gray[a];[1]format=gray[b];[a][b]concat=n=2", '-pix_fmt', 'yuv420p', '-c:v', 'libx264', '-qp', '12', at('square.mp4'))
    await ffmpeg('-f', 'lavfi', '-i', 'color=0xb04040:size=96x64', '-frames:v', '1', at('red.png'))
    resultOf(await asked('square.mp4', '-o', 'referenced.mp4', '--reference', '15=red.png', '--preset', 'exact'))
    const red = signsOf(at('referenced.mp4'), '0:0:96:64', 0, 15, 29, 36)
    for (const each of red.slice(0, 3)) expect(each).toBeGreaterThan(30)
    expect(Math.abs(red[3]!)).toBeLessThan(15)
    // The square's middle is at x = 15 + n.
    const hint = { kind: 'dot', x: 25 / 96, y: 0.5, radius: 0.03, color: '#d06060', frame: 10 }
    writeFileSync(at('square.hints.json'), JSON.stringify({ version: 1, size: [96, 64], hints: [hint] }))
    resultOf(await asked('square.mp4', '-o', 'hinted.mp4', '--hints', 'square.hints.json', '--preset', 'exact'))
    for (const frame of [0, 10, 25]) expect(signsOf(at('hinted.mp4'), `${12 + frame}:29:6:6`, frame)[0], `frame ${frame}`).toBeGreaterThan(15)
    // Where it was, the ground has what it has without any hint.
    await clip(at('square.mp4'), 'unhinted.mp4')
    const ground = (name: string): number => signsOf(at(name), '22:29:6:6', 28)[0]!
    expect(Math.abs(ground('hinted.mp4') - ground('unhinted.mp4'))).toBeLessThan(6)
    expect((await refused(at('square.mp4'), 'no.mp4', { references: [{ frame: 300, path: at('red.png') }] })).code).toBe('bad-input')
    await ffmpeg('-f', 'lavfi', '-i', 'color=red:size=64x64', '-frames:v', '1', at('square.png'))
    expect((await refused(at('square.mp4'), 'no.mp4', { references: [{ frame: 30, path: at('square.png') }] })).message).toContain('64×64')
  })

  test('leaves a film in colour alone unless it is told otherwise', async () => {
    const folder = place('again')
    const left = await asked(clips.get('uneven.mp4')!, '-o', `${folder}/again.mp4`)
    expect(errorOf(left)).toMatchObject({ code: 'bad-input', remedy: expect.stringContaining('--force-color') })
    expect(left.status).not.toBe(0)
    expect(readdirSync(at(folder))).toEqual([])
    expect((await clip(at('pair.mp4'), 'grey.mp4', { to: 8, recipe: recipe({ forceColor: false }) })).frames).toBe(8)
  })

  test('colours a picture once that several frames repeat', async () => {
    await ffmpeg('-f', 'lavfi', '-i', 'testsrc2=size=96x64:rate=16,trim=end_frame=24', '-vf', 'format=gray,fps=24,format=yuv420p', '-c:v', 'libx264', '-preset', 'ultrafast', '-qp', '10', at('silent.mp4'))
    const result = await clip(at('silent.mp4'), 'silent.mkv')
    const [luma, color] = [planes(at('silent.mp4'), 'y'), planes(at('silent.mkv'), 'u')]
    expect(luma).toHaveLength(36)
    expect(new Set(color).size).toBe(24)
    expect(result.notes.find(({ code }) => code === 'repeated-frames')?.message).toContain('12 of 36')
    expect(result.lumaIdentical).toBe(true)
  })

  test.each(['png', 'tif', 'dpx'] as const)('colours numbered pictures (%s) with gaps into a film: the frames, their times, and BT.709 luma of their samples', async (ending) => {
    const pictures = at(`scans ${ending}`)
    await makeSequence(pictures, ending)
    const result = await clip(pictures, `scans-${ending}.mkv`)
    const out = at(`scans-${ending}.mkv`)
    expect(result.frames).toBe(16)
    expect(result.lumaIdentical).toContain('BT.709')
    const numbers = numbersIn(pictures)
    times(out).forEach((time, n) => expect(Math.abs(time - (numbers[n]! - 995) / 24)).toBeLessThan(0.0011))
    const depth = ending === 'dpx' ? 'yuv444p10le' : 'yuv444p'
    const list = at(`${ending}.ffconcat`)
    writeFileSync(list, `ffconcat version 1.0\n${readdirSync(pictures).sort().map((name) => `file '${join(pictures, name)}'`).join('\n')}\n`)
    expect(planes(out, 'y')).toEqual(planes(list, 'y', `scale=out_color_matrix=bt709:out_range=tv,format=${depth},`))
  })

  test('runs numbered pictures at the rate it is given, exactly, and mixes no chunks of two rates', async () => {
    const pictures = at('silent')
    await makeSequence(pictures, 'png')
    const info = await hourglass(['clip-info', pictures, '--rate', '50/3', '--json'], { cwd })
    expect(info.lines.at(-1)).toMatchObject({ rate: '50/3', duration: '6/5', frames: 16 })
    const work = { preset: 'visual' as const }
    await clip(pictures, 'silent.mov', { ...work, rate: { num: 18, den: 1 }, chunk: 0 })
    expect((await refused(pictures, 'silent.mov', { ...work, rate: { num: 16_667, den: 1000 }, join: true })).message).toContain('other settings')
    const result = resultOf(await asked(pictures, '-o', 'silent.mov', '--rate', '16.667', '--force-color'))
    expect(result.reused).toBe(0)
    const numbers = numbersIn(pictures)
    times(at('silent.mov')).forEach((time, n) => expect(Math.abs(time - ((numbers[n]! - 995) * 1000) / 16_667)).toBeLessThan(2e-6))
    expect((await asked(pictures, '-o', 'no.mov', '--rate', '0.5')).status).toBe(2)
    expect(await refused(at('silent.mov'), 'no.mov', { ...work, rate: { num: 18, den: 1 } })).toMatchObject({ code: 'bad-input', message: expect.stringContaining('times of its own'), remedy: expect.stringContaining('numbered pictures') })
  })

  test('writes numbered pictures of 16 bits whose luma is the film’s, also where RGB cannot hold the colour', async () => {
    const pictures = at('plates')
    await makeSequence(pictures, 'png')
    const folder = place('written')
    const target = (name: string): string => `${folder}/${name}`
    const result = await clip(pictures, target('coloured/plate_####.tif'), { preset: 'sequence', recipe: recipe({ saturation: 2, strength: 1.5, vividness: 1 }) })
    expect(result.frames).toBe(16)
    expect(readdirSync(at(target('coloured'))).sort().slice(0, 2)).toEqual(['plate_0995.tif', 'plate_0996.tif'])
    // Samples in steps of 8 bits, by ffmpeg's decoder, which converts nothing here.
    const samples = (file: string): number[] => {
      const raw = (format: string): Buffer => execFileSync('ffmpeg', ['-v', 'error', '-nostdin', '-i', file, '-f', 'rawvideo', '-pix_fmt', format, '-'], { maxBuffer: 2 ** 24 })
      if (file.endsWith('.png')) return [...raw('rgb24')]
      const bytes = raw('rgb48le')
      return Array.from({ length: bytes.length / 2 }, (_, i) => bytes.readUInt16LE(2 * i) / 257)
    }
    const luma = (rgb: readonly number[], i: number): number => 0.2126 * rgb[3 * i]! + 0.7152 * rgb[3 * i + 1]! + 0.0722 * rgb[3 * i + 2]!
    const [before, after] = [samples(join(pictures, 'scan.1000.png')), samples(at(target('coloured/plate_1000.tif')))]
    let [most, changed] = [0, 0]
    for (let i = 0; i < 64 * 48; i++) {
      most = Math.max(most, Math.abs(luma(before, i) - luma(after, i)))
      if (Math.abs(before[3 * i]! - after[3 * i]!) > 4) changed++
    }
    expect(most).toBeLessThan(0.1)
    expect(changed).toBeGreaterThan(300)
    // Frames of a film carry their own numbers; a folder that holds something else is left alone.
    const work = { preset: 'sequence' as const, to: 2 }
    resultOf(await asked('pair.mp4', '-o', target('stills'), '--preset', 'sequence', '--from', '3', '--to', '6'))
    expect(readdirSync(at(target('stills'))).sort()).toEqual(['frame_000003.png', 'frame_000004.png', 'frame_000005.png'])
    expect((await refused(at('pair.mp4'), target('stills'), work)).code).toBe('not-writable')
    writeFileSync(at(target('stills/mine.txt')), 'keep')
    expect((await refused(at('pair.mp4'), target('stills'), { ...work, overwrite: true })).message).toContain('mine.txt')
    expect((await refused(at('pair.mp4'), target('stills.mp4'), work)).remedy).toContain('####')
    // The pictures that a film is made of are never written over, whatever is asked for.
    const contents = (): string[] => readdirSync(pictures).map((name) => readFileSync(join(pictures, name)).toString('base64'))
    const originals = contents()
    expect((await refused(pictures, 'plates/scan.####.png', { ...work, overwrite: true })).code).toBe('not-writable')
    expect(contents()).toEqual(originals)
    expect(leftovers(folder)).toEqual([])
  })

  test('refuses what it cannot do well, and writes nothing', async () => {
    const folder = place('refused')
    writeFileSync(at('text.mp4'), 'not a film')
    writeFileSync(at('empty.mp4'), '')
    cutOff(clips.get('uneven.mp4')!, at('cut.mp4'))
    await ffmpeg('-f', 'lavfi', '-i', 'sine=duration=1', '-c:a', 'aac', at('sound.mp4'))
    const tagged = at('tagged.mov')
    const into = (name: string): string => `${folder}/${name}`
    const refusals: [Parameters<typeof clip>, code: string][] = [
      ...['text.mp4', 'empty.mp4', 'cut.mp4', 'sound.mp4', 'gone.mp4'].map((name): [Parameters<typeof clip>, string] => [[at(name), into('no.mp4')], 'bad-input']),
      [[tagged, into('no.mp4')], 'unsupported'],
      [[tagged, into('no.avi')], 'bad-input'],
      [[tagged, 'tagged.mov', { overwrite: true }], 'not-writable'],
      [[tagged, into('no.mov'), { from: 40 }], 'bad-input'],
      [[tagged, into('gone/no.mov')], 'not-writable'],
      [[clips.get('alpha.mov')!, into('no.mp4')], 'unsupported'],
      [[tagged, into('no\nline.mov')], 'unsupported'],
    ]
    for (const [[source, target, more], code] of refusals) {
      const error = await refused(source, target, { preset: 'visual', ...more })
      expect(error.code, target).toBe(code)
      expect(error.remedy).not.toBe('')
    }
    const ran = await asked('cut.mp4', '-o', into('no.mp4'))
    expect(errorOf(ran)).toMatchObject({ input: 'cut.mp4', code: 'bad-input', message: expect.stringContaining('moov') })
    expect(ran.status).toBe(3)
    expect(readdirSync(at(folder))).toEqual([])
  })

  test('a disk that fills up half way is said, and what was finished is used by the next call', async ({ skip }) => {
    const disk = at('disk')
    mkdirSync(disk)
    // Only somebody who may mount file systems can fill one up.
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1500k', 'tmpfs', disk]).status !== 0) return skip('no file system may be mounted here')
    try {
      // Noise takes more room than film does: five chunks, of which four find room.
      await ffmpeg(...makeNoise(600), at('noise.mp4'))
      const ran = await asked('noise.mp4', '-o', 'disk/full.mp4')
      expect(errorOf(ran)).toMatchObject({ code: 'no-space', message: expect.stringContaining('full.mp4'), remedy: expect.stringContaining('Free some space') })
      expect(ran.status).toBe(5)
      // Nothing but what a further call goes on with.
      expect(readdirSync(disk)).toEqual(['.full.mp4.hourglass-clip'])
      expect(spawnSync('mount', ['-o', 'remount,size=8m', disk]).status).toBe(0)
      expect(await clip(at('noise.mp4'), 'disk/full.mp4', { preset: 'visual', recipe: recipe({ forceColor: false }) })).toMatchObject({ frames: 600, chunks: 5, reused: 4 })
      expect(readdirSync(disk)).toEqual(['full.mp4'])
    } finally {
      spawnSync('umount', [disk])
    }
  })
})
