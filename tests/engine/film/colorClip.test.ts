import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ClipResult } from '../../../src/contract/clips.ts'
import { hourglass, type Ran } from '../cli/run.ts'
import { cutOff, ffmpeg, hasFfmpeg, makeClips, makeSequence } from './clips.ts'

const said = (...args: string[]): string => execFileSync('ffmpeg', ['-v', 'error', '-nostdin', ...args], { encoding: 'latin1', maxBuffer: 2 ** 28 })

/** MD5 of one plane of each frame of a linear decode. */
const planes = (file: string, plane: 'y' | 'u', filters = ''): string[] =>
  said('-noautorotate', '-i', file, '-map', '0:v:0', '-vf', `${filters}extractplanes=${plane}`, '-fps_mode', 'passthrough', '-f', 'framemd5', '-').split('\n').filter((line) => line.startsWith('0,')).map((line) => line.split(',')[5]!.trim())

/** Seconds of each frame, as decoded. */
const times = (file: string): number[] =>
  execFileSync('ffprobe', ['-v', 'quiet', '-select_streams', 'v:0', '-show_entries', 'frame=best_effort_timestamp_time', '-of', 'csv=p=0', file], { encoding: 'latin1' }).split('\n').filter(Boolean).map((line) => Number.parseFloat(line))

const packets = (file: string, kind: 'a' | 's'): string => said('-i', file, '-map', `0:${kind}`, '-c', 'copy', '-f', 'streamhash', '-hash', 'md5', '-')

/** How far a plane of colour of a frame is from none, at most. */
function colorOf(file: string, frame: number): number {
  const raw = execFileSync('ffmpeg', ['-v', 'error', '-nostdin', '-i', file, '-vf', `select=eq(n\\,${frame}),format=yuv444p,extractplanes=v,scale=16:16:flags=area:in_range=pc:out_range=pc`, '-frames:v', '1', '-f', 'rawvideo', '-'], { maxBuffer: 2 ** 20 })
  return Math.max(...[...raw].map((value) => Math.abs(value - 128)))
}

/** Mean of V less its middle (red is above) in a part of a frame, `x:y:width:height`. */
function signOf(file: string, frame: number, part: string): number {
  const [x, y, w, h] = part.split(':')
  const raw = execFileSync('ffmpeg', ['-v', 'error', '-nostdin', '-i', file, '-vf', `select=eq(n\\,${frame}),format=yuv444p,crop=${w}:${h}:${x}:${y},extractplanes=v,scale=1:1:flags=area:in_range=pc:out_range=pc`, '-frames:v', '1', '-f', 'rawvideo', '-'], { maxBuffer: 2 ** 20 })
  return raw[0]! - 128
}

const resultOf = (ran: Ran): ClipResult => {
  const line = ran.lines.at(-1)
  expect(line?.['event'], JSON.stringify(line) + ran.err).toBe('result')
  return line as unknown as ClipResult
}
const errorOf = (ran: Ran): Record<string, unknown> => ran.lines.at(-1) as Record<string, unknown>

/** Names of what the written film did not keep. */
const lost = ({ kept }: ClipResult): string[] => kept.filter(({ same }) => !same).map(({ name, before, after }) => `${name}: ${before} → ${after}`)

describe.skipIf(!hasFfmpeg)('hourglass clip', { timeout: 300_000 }, () => {
  let cwd = ''
  let clips = new Map<string, string>()
  const asked = (...args: string[]): Promise<Ran> => hourglass(['clip', ...args, '--json'], { cwd })
  // Most of the films here are in colour, which shows soonest what is mixed up.
  const clip = (...args: string[]): Promise<Ran> => asked(...args, '--force-color')

  beforeAll(async () => {
    cwd = mkdtempSync(join(tmpdir(), 'hourglass-clip-'))
    clips = await makeClips(join(cwd, 'clips'), ['uneven.mp4', 'late.mp4', 'turned.mp4', 'ten-bit.mkv', 'odd-size.mkv', 'interlaced.mkv', 'grey.mkv', 'mid-group.ts', 'single.mp4', 'rgb.mkv', 'alpha.mov'])
    await ffmpeg('-f', 'lavfi', '-i', 'testsrc2=size=128x96:rate=30000/1001,trim=end_frame=30', '-f', 'lavfi', '-i', 'sine=duration=1', '-pix_fmt', 'yuv420p', '-color_range', 'tv', '-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709', '-timecode', '00:59:58;20', '-metadata', 'title=A reel', '-c:v', 'libx264', '-preset', 'ultrafast', '-c:a', 'pcm_s16le', join(cwd, 'tagged.mov'))
    writeFileSync(join(cwd, 'loud.json'), JSON.stringify({ version: 1, steps: [{ step: 'colorize', params: { saturation: 2, strength: 1.5, vividness: 1, forceColor: true } }] }))
    // Two pictures that take turns: three shots and more than one chunk.
    await ffmpeg('-f', 'lavfi', '-i', 'testsrc2=size=96x64:rate=25,trim=end_frame=150', '-f', 'lavfi', '-i', 'mandelbrot=size=96x64:rate=25,trim=end_frame=150', '-filter_complex', '[0:v]format=gray[a];[1:v]format=gray[b];[a][b]concat=n=2', '-pix_fmt', 'yuv420p', '-c:v', 'libx264', '-preset', 'ultrafast', '-g', '40', join(cwd, 'shots.mp4'))
  })
  afterAll(() => rmSync(cwd, { recursive: true, force: true }))

  test('keeps luma to the bit, every timestamp of a variable rate, and gives real colour', async () => {
    const source = clips.get('uneven.mp4')!
    const result = resultOf(await clip(source, '-o', 'uneven.mp4', '--preset', 'exact'))
    const out = join(cwd, 'uneven.mp4')
    expect(result.lumaIdentical).toBe(true)
    expect(planes(out, 'y')).toEqual(planes(source, 'y'))
    expect(times(out)).toEqual(times(source))
    expect(planes(out, 'u')).not.toEqual(planes(source, 'u'))
    expect(colorOf(out, 20)).toBeGreaterThan(3)
    expect(lost(result)).toEqual([])
    expect(readdirSync(cwd).filter((name) => name.startsWith('.'))).toEqual([])
  })

  test('keeps colour tags, timecode, title and the packets of sound, in the visual preset too', async () => {
    const result = resultOf(await clip('tagged.mov', '-o', 'tagged-colour.mov'))
    expect(lost(result)).toEqual([])
    expect(result.kept.find(({ name }) => name === 'timecode')?.after).toBe('00:59:58;20')
    expect(packets(join(cwd, 'tagged-colour.mov'), 'a')).toBe(packets(join(cwd, 'tagged.mov'), 'a'))
    expect(result.lumaIdentical).toContain('lossy')
  })

  test.each([
    ['late.mp4', 'mp4'],
    ['ten-bit.mkv', 'mkv'],
    ['odd-size.mkv', 'mkv'],
    ['interlaced.mkv', 'mkv'],
    ['grey.mkv', 'mkv'],
    ['mid-group.ts', 'mkv'],
    ['single.mp4', 'mkv'],
    ['turned.mp4', 'mp4'],
  ])('keeps luma and times of %s', async (name, ending) => {
    const source = clips.get(name)!
    const result = resultOf(await clip(source, '-o', `kept-${name}.${ending}`, '--preset', 'exact'))
    const out = join(cwd, `kept-${name}.${ending}`)
    expect(result.lumaIdentical).toBe(true)
    expect(planes(out, 'y')).toEqual(planes(source, 'y'))
    const [mine, theirs] = [times(out), times(source)]
    const start = name.endsWith('.ts') ? theirs[0]! - mine[0]! : 0
    mine.forEach((time, n) => expect(Math.abs(time + start - theirs[n]!)).toBeLessThan(0.0011))
    // Grey film that does not say its range is given one; a clock that starts anywhere starts at 0.
    expect(lost(result).filter((row) => !row.startsWith('range'))).toEqual([])
  })

  test('says what is kept of RGB, which has no luma of its own', async () => {
    const result = resultOf(await clip(clips.get('rgb.mkv')!, '-o', 'rgb.mkv', '--preset', 'exact'))
    expect(result.lumaIdentical).toContain('RGB')
    expect(planes(join(cwd, 'rgb.mkv'), 'y')).toEqual(planes(clips.get('rgb.mkv')!, 'y', 'scale=out_color_matrix=bt709:out_range=tv,format=yuv444p,'))
  })

  test('colours a range of frames alone', async () => {
    const source = clips.get('uneven.mp4')!
    resultOf(await clip(source, '-o', 'range.mkv', '--preset', 'exact', '--from', '7', '--to', '19'))
    expect(planes(join(cwd, 'range.mkv'), 'y')).toEqual(planes(source, 'y').slice(7, 19))
  })

  test('made chunk by chunk and joined is the film that one call makes', async () => {
    const whole = resultOf(await clip('shots.mp4', '-o', 'whole.mp4'))
    expect(whole.shots.map(({ from }) => from)).toEqual([0, 150])
    expect(whole.chunks).toBe(2)
    const early = await clip('shots.mp4', '-o', 'parts.mp4', '--join')
    expect(errorOf(early)['code']).toBe('bad-input')
    expect(resultOf(await clip('shots.mp4', '-o', 'parts.mp4', '--chunk', '1')).frames).toBe(150)
    expect(errorOf(await clip('shots.mp4', '-o', 'parts.mp4', '--join'))['message']).toContain('0')
    // Other settings would not fit: they are refused, and what is there stays.
    expect(errorOf(await clip('shots.mp4', '-o', 'parts.mp4', '--chunk', '0', '--steady', '0.5'))['code']).toBe('bad-input')
    resultOf(await clip('shots.mp4', '-o', 'parts.mp4', '--chunk', '0'))
    expect((await clip('shots.mp4', '-o', 'parts.mp4', '--chunk', '2')).status).toBe(0)
    const joined = resultOf(await clip('shots.mp4', '-o', 'parts.mp4', '--join'))
    expect(joined.reused).toBe(2)
    for (const plane of ['y', 'u'] as const) expect(planes(join(cwd, 'parts.mp4'), plane)).toEqual(planes(join(cwd, 'whole.mp4'), plane))
    expect(times(join(cwd, 'parts.mp4'))).toEqual(times(join(cwd, 'shots.mp4')))
  })

  test('obeys shots of a file, each with a recipe of its own, and writes the file that it found', async () => {
    const found = await hourglass(['clip-info', 'shots.mp4', '--shots', 'shots.json', '--json'], { cwd })
    expect(found.status, found.err).toBe(0)
    const file = JSON.parse(readFileSync(join(cwd, 'shots.json'), 'utf8')) as { shots: Record<string, unknown>[] }
    expect(file.shots).toEqual([{ from: 0, to: 150 }, { from: 150, to: 300 }])
    // Without colour in the second half, and with a cut where none is to be seen.
    const grey = { version: 1, steps: [{ step: 'colorize', params: { strength: 0 } }] }
    const settled = [{ from: 0, to: 60 }, { from: 60, to: 150 }, { from: 150, to: 300, recipe: grey }]
    writeFileSync(join(cwd, 'settled.json'), JSON.stringify({ version: 1, shots: settled }))
    const result = resultOf(await clip('shots.mp4', '-o', 'settled.mkv', '--preset', 'exact', '--shots', 'settled.json'))
    expect(result.shots.map(({ from, to }) => [from, to])).toEqual([[0, 60], [60, 150], [150, 300]])
    expect(colorOf(join(cwd, 'settled.mkv'), 40)).toBeGreaterThan(1)
    expect(colorOf(join(cwd, 'settled.mkv'), 200)).toBe(0)
    writeFileSync(join(cwd, 'gap.json'), JSON.stringify({ version: 1, shots: [{ from: 0, to: 60 }, { from: 70, to: 300 }] }))
    const refused = errorOf(await clip('shots.mp4', '-o', 'no.mp4', '--shots', 'gap.json'))
    expect(refused['code']).toBe('bad-input')
    expect(refused['message']).toContain('60')
  })

  test('carries a frame that is right, and hints at a frame, through the shot and no further', async () => {
    // A still ground, on which a small square goes from left to right; then another picture.
    await ffmpeg('-f', 'lavfi', '-i', 'gradients=size=96x64:rate=25:c0=0x303030:c1=0x909090:speed=0.00001,trim=end_frame=60', '-f', 'lavfi', '-i', 'mandelbrot=size=96x64:rate=25,trim=end_frame=40', '-f', 'lavfi', '-i', 'color=0xe0e0e0:size=10x10:rate=25', '-filter_complex', "[0][2]overlay=x='10+n':y=27:shortest=1,format=gray[a];[1]format=gray[b];[a][b]concat=n=2", '-pix_fmt', 'yuv420p', '-c:v', 'libx264', '-qp', '12', join(cwd, 'square.mp4'))
    await ffmpeg('-f', 'lavfi', '-i', 'color=0xb04040:size=96x64', '-frames:v', '1', join(cwd, 'red.png'))
    const red = (file: string, frame: number): number => signOf(file, frame, '0:0:96:64')
    resultOf(await clip('square.mp4', '-o', 'referenced.mp4', '--reference', '30=red.png', '--preset', 'exact'))
    for (const frame of [0, 30, 59]) expect(red(join(cwd, 'referenced.mp4'), frame), `frame ${frame}`).toBeGreaterThan(30)
    expect(Math.abs(red(join(cwd, 'referenced.mp4'), 75))).toBeLessThan(15)
    // The square's middle is at x = 15 + n.
    const hint = { kind: 'dot', x: 35 / 96, y: 0.5, radius: 0.03, color: '#d06060', frame: 20 }
    writeFileSync(join(cwd, 'square.hints.json'), JSON.stringify({ version: 1, size: [96, 64], hints: [hint] }))
    resultOf(await clip('square.mp4', '-o', 'hinted.mp4', '--hints', 'square.hints.json', '--preset', 'exact'))
    for (const frame of [0, 20, 50]) expect(signOf(join(cwd, 'hinted.mp4'), frame, `${12 + frame}:29:6:6`), `frame ${frame}`).toBeGreaterThan(15)
    // Where it was, the ground has what it has without any hint.
    resultOf(await clip('square.mp4', '-o', 'unhinted.mp4', '--preset', 'exact'))
    expect(Math.abs(signOf(join(cwd, 'hinted.mp4'), 50, '32:29:6:6') - signOf(join(cwd, 'unhinted.mp4'), 50, '32:29:6:6'))).toBeLessThan(6)
    const nowhere = errorOf(await clip('square.mp4', '-o', 'no.mp4', '--reference', '300=red.png'))
    expect(nowhere).toMatchObject({ code: 'bad-input' })
    await ffmpeg('-f', 'lavfi', '-i', 'color=red:size=64x64', '-frames:v', '1', join(cwd, 'square.png'))
    expect(errorOf(await clip('square.mp4', '-o', 'no.mp4', '--reference', '30=square.png'))['message']).toContain('64×64')
  })

  test('leaves a film in colour alone unless it is told otherwise', async () => {
    const refused = await asked(clips.get('uneven.mp4')!, '-o', 'again.mp4')
    expect(errorOf(refused)).toMatchObject({ code: 'bad-input', remedy: expect.stringContaining('--force-color') })
    expect(refused.status).not.toBe(0)
    expect(readdirSync(cwd).filter((name) => name.includes('again'))).toEqual([])
    expect(resultOf(await asked('shots.mp4', '-o', 'grey.mp4', '--to', '8')).frames).toBe(8)
  })

  test('colours a picture once that several frames repeat', async () => {
    await ffmpeg('-f', 'lavfi', '-i', 'testsrc2=size=96x64:rate=16,trim=end_frame=24', '-vf', 'format=gray,fps=24,format=yuv420p', '-c:v', 'libx264', '-preset', 'ultrafast', '-qp', '10', join(cwd, 'silent.mp4'))
    const result = resultOf(await clip('silent.mp4', '-o', 'silent.mkv', '--preset', 'exact'))
    const [luma, color] = [planes(join(cwd, 'silent.mp4'), 'y'), planes(join(cwd, 'silent.mkv'), 'u')]
    expect(luma).toHaveLength(36)
    expect(new Set(color).size).toBe(24)
    expect(result.notes.find(({ code }) => code === 'repeated-frames')?.message).toContain('12 of 36')
    expect(result.lumaIdentical).toBe(true)
  })

  test('colours numbered pictures with gaps into a film: the frames, their times, and BT.709 luma of their samples', async () => {
    for (const ending of ['png', 'tif', 'dpx'] as const) {
      const pictures = join(cwd, `scans ${ending}`)
      await makeSequence(pictures, ending)
      const result = resultOf(await clip(pictures, '-o', `scans-${ending}.mkv`, '--preset', 'exact'))
      const out = join(cwd, `scans-${ending}.mkv`)
      expect(result.frames).toBe(16)
      expect(result.lumaIdentical).toContain('BT.709')
      const numbers = readdirSync(pictures).sort().map((name) => Number(/\d+/.exec(name)![0]))
      times(out).forEach((time, n) => expect(Math.abs(time - (numbers[n]! - 995) / 24)).toBeLessThan(0.0011))
      const depth = ending === 'dpx' ? 'yuv444p10le' : 'yuv444p'
      const truth = numbers.map((number) => planes(join(pictures, `scan.${String(number).padStart(4, '0')}.${ending}`), 'y', `scale=out_color_matrix=bt709:out_range=tv,format=${depth},`)[0])
      expect(planes(out, 'y')).toEqual(truth)
    }
  })

  test('runs numbered pictures at the rate it is given, exactly, and mixes no chunks of two rates', async () => {
    const pictures = join(cwd, 'silent')
    await makeSequence(pictures, 'png')
    const info = await hourglass(['clip-info', pictures, '--rate', '50/3', '--json'], { cwd })
    expect(info.lines.at(-1)).toMatchObject({ rate: '50/3', duration: '6/5', frames: 16 })
    resultOf(await clip(pictures, '-o', 'silent.mov', '--rate', '18', '--chunk', '0'))
    expect(errorOf(await clip(pictures, '-o', 'silent.mov', '--rate', '16.667', '--join'))['message']).toContain('other settings')
    const result = resultOf(await clip(pictures, '-o', 'silent.mov', '--rate', '16.667'))
    expect(result.reused).toBe(0)
    const numbers = readdirSync(pictures).sort().map((name) => Number(/\d+/.exec(name)![0]))
    times(join(cwd, 'silent.mov')).forEach((time, n) => expect(Math.abs(time - ((numbers[n]! - 995) * 1000) / 16_667)).toBeLessThan(2e-6))
    expect((await clip(pictures, '-o', 'no.mov', '--rate', '0.5')).status).toBe(2)
    const refused = errorOf(await clip('silent.mov', '-o', 'no.mov', '--rate', '18'))
    expect(refused).toMatchObject({ code: 'bad-input', message: expect.stringContaining('times of its own'), remedy: expect.stringContaining('numbered pictures') })
  })

  test('writes numbered pictures of 16 bits whose luma is the film’s, also where RGB cannot hold the colour', async () => {
    const pictures = join(cwd, 'plates')
    await makeSequence(pictures, 'png')
    const result = resultOf(await clip(pictures, '-o', 'coloured/plate_####.tif', '--preset', 'sequence', '--recipe', 'loud.json'))
    expect(result.frames).toBe(16)
    expect(readdirSync(join(cwd, 'coloured')).sort().slice(0, 2)).toEqual(['plate_0995.tif', 'plate_0996.tif'])
    // Samples in steps of 8 bits, by ffmpeg's decoder, which converts nothing here.
    const samples = (file: string): number[] => {
      const raw = (format: string): Buffer => execFileSync('ffmpeg', ['-v', 'error', '-nostdin', '-i', file, '-f', 'rawvideo', '-pix_fmt', format, '-'], { maxBuffer: 2 ** 24 })
      if (file.endsWith('.png')) return [...raw('rgb24')]
      const bytes = raw('rgb48le')
      return Array.from({ length: bytes.length / 2 }, (_, i) => bytes.readUInt16LE(2 * i) / 257)
    }
    const luma = (rgb: readonly number[], i: number): number => 0.2126 * rgb[3 * i]! + 0.7152 * rgb[3 * i + 1]! + 0.0722 * rgb[3 * i + 2]!
    const [before, after] = [samples(join(pictures, 'scan.1000.png')), samples(join(cwd, 'coloured/plate_1000.tif'))]
    let [most, changed] = [0, 0]
    for (let i = 0; i < 64 * 48; i++) {
      most = Math.max(most, Math.abs(luma(before, i) - luma(after, i)))
      if (Math.abs(before[3 * i]! - after[3 * i]!) > 4) changed++
    }
    expect(most).toBeLessThan(0.1)
    expect(changed).toBeGreaterThan(300)
    // Frames of a film carry their own numbers; a folder that holds something else is left alone.
    resultOf(await clip('shots.mp4', '-o', 'stills', '--preset', 'sequence', '--from', '3', '--to', '6'))
    expect(readdirSync(join(cwd, 'stills')).sort()).toEqual(['frame_000003.png', 'frame_000004.png', 'frame_000005.png'])
    expect(errorOf(await clip('shots.mp4', '-o', 'stills', '--preset', 'sequence', '--to', '2'))['code']).toBe('not-writable')
    writeFileSync(join(cwd, 'stills/mine.txt'), 'keep')
    expect(errorOf(await clip('shots.mp4', '-o', 'stills', '--preset', 'sequence', '--to', '2', '--overwrite'))['message']).toContain('mine.txt')
    expect(errorOf(await clip('shots.mp4', '-o', 'stills.mp4', '--preset', 'sequence'))['remedy']).toContain('####')
    // The pictures that a film is made of are never written over, whatever is asked for.
    const originals = readdirSync(pictures).map((name) => readFileSync(join(pictures, name)).toString('base64'))
    expect(errorOf(await clip(pictures, '-o', 'plates/scan.####.png', '--preset', 'sequence', '--overwrite'))['code']).toBe('not-writable')
    expect(readdirSync(pictures).map((name) => readFileSync(join(pictures, name)).toString('base64'))).toEqual(originals)
    expect(readdirSync(cwd).filter((name) => name.startsWith('.'))).toEqual([])
  })

  test('refuses what it cannot do well, and writes nothing', async () => {
    writeFileSync(join(cwd, 'text.mp4'), 'not a film')
    writeFileSync(join(cwd, 'empty.mp4'), '')
    cutOff(clips.get('uneven.mp4')!, join(cwd, 'cut.mp4'))
    await ffmpeg('-f', 'lavfi', '-i', 'sine=duration=1', '-c:a', 'aac', join(cwd, 'sound.mp4'))
    const refusals: [string[], string][] = [
      ...['text.mp4', 'empty.mp4', 'cut.mp4', 'sound.mp4', 'gone.mp4'].map((name): [string[], string] => [[name, '-o', 'no.mp4'], 'bad-input']),
      [['tagged.mov', '-o', 'no.mp4'], 'unsupported'],
      [['tagged.mov', '-o', 'no.avi'], 'bad-input'],
      [['tagged.mov', '-o', 'tagged.mov', '--overwrite'], 'not-writable'],
      [['tagged.mov', '-o', 'no.mov', '--from', '40'], 'bad-input'],
      [['tagged.mov', '-o', 'gone/no.mov'], 'not-writable'],
      [[clips.get('alpha.mov')!, '-o', 'no.mp4'], 'unsupported'],
    ]
    for (const [args, code] of refusals) {
      const ran = await clip(...args)
      expect(errorOf(ran)['code'], args.join(' ')).toBe(code)
      expect(errorOf(ran)['remedy']).not.toBe('')
      expect(errorOf(ran)['input']).toBe(args[0])
      expect(ran.status).not.toBe(0)
    }
    expect(existsSync(join(cwd, 'no.mp4')) || existsSync(join(cwd, 'no.mov'))).toBe(false)
    expect(readdirSync(cwd).filter((name) => name.startsWith('.'))).toEqual([])
  })

  test('a disk that fills up half way is said, and leaves what it had finished for the next call, or nothing', async ({ skip }) => {
    const disk = join(cwd, 'disk')
    mkdirSync(disk)
    // Only somebody who may mount file systems can fill one up.
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=700k', 'tmpfs', disk]).status !== 0) return skip('no file system may be mounted here')
    try {
      await ffmpeg('-f', 'lavfi', '-i', 'nullsrc=size=96x64:rate=25,geq=lum=random(1)*255:cb=128:cr=128,trim=end_frame=120', '-pix_fmt', 'yuv420p', '-c:v', 'libx264', '-qp', '1', join(cwd, 'noise.mp4'))
      const ran = await clip('noise.mp4', '-o', 'disk/full.mp4')
      expect(errorOf(ran)['code']).toBe('no-space')
      expect(ran.status).toBe(5)
      // Nothing but what a further call goes on with.
      expect(readdirSync(disk).filter((name) => name !== '.full.mp4.hourglass-clip')).toEqual([])
    } finally {
      spawnSync('umount', [disk])
    }
  })
})
