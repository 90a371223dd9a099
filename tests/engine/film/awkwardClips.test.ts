// Films as archives, broadcasters and cameras hand them over, through the whole of `hourglass clip`.
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ClipResult } from '../../../src/contract/clips.ts'
import type { EngineInput } from '../../../src/contract/engine.ts'
import { asHourglassError, type HourglassError } from '../../../src/contract/errors.ts'
import { makeStudio, run } from '../studio.ts'
import { ffmpeg, hasFfmpeg, lost, packets, planes, times } from './clips.ts'

const card = (frames: number, size = '96x64', rate = '25'): string[] => ['-f', 'lavfi', '-i', `testsrc2=size=${size}:rate=${rate},trim=end_frame=${frames}`]
const sound = ['-f', 'lavfi', '-i', 'sine=duration=1.2']
const h264 = ['-pix_fmt', 'yuv420p', '-c:v', 'libx264', '-preset', 'ultrafast']

/** Kind, name and marks of each stream of a file. */
const streamsOf = (file: string): string[] =>
  execFileSync('ffprobe', ['-v', 'quiet', '-show_entries', 'stream=codec_type:stream_tags=title,language,filename:stream_disposition=forced,default,attached_pic', '-of', 'compact=p=0', file], { encoding: 'utf8' }).trim().split('\n')

describe.skipIf(!hasFfmpeg)('films from elsewhere', { timeout: 300_000, concurrent: true }, () => {
  let cwd = ''
  const studio = makeStudio()
  const at = (name: string): string => join(cwd, name)
  const model = join(import.meta.dirname, '../../../models/colorize-photo-fast')
  const recipe = { version: 1 as const, steps: [{ step: 'colorize', enabled: true, params: { forceColor: true } }] }
  const clip = (source: string, target: string, more: Partial<EngineInput<'colorClip'>> = {}, by = studio): Promise<ClipResult> =>
    run(by, 'colorClip', { path: at(source), target: at(target), preset: 'exact', recipe, model, cache: at('indexes'), ...more })
  const refused = async (...work: Parameters<typeof clip>): Promise<HourglassError> => asHourglassError(await clip(...work).then(() => expect.unreachable('it was not refused'), (error: unknown) => error))
  const make = (...args: string[]): Promise<string> => ffmpeg(...args.slice(0, -1), at(args.at(-1)!))

  beforeAll(() => {
    cwd = mkdtempSync(join(tmpdir(), 'hourglass-awkward-'))
  })
  afterAll(async () => {
    await studio.sessions.releaseAll()
    rmSync(cwd, { recursive: true, force: true })
  })

  test('H.264 of 10 bits in 1080p and 4:2:2 is not taken for AVC-Intra, whose headers are others', async () => {
    await make(...card(3, '1920x1080'), '-c:v', 'ffv1', '-pix_fmt', 'yuv422p10le', 'broadcast.mkv')
    for (const target of ['broadcast.mp4', 'broadcast.mov']) {
      await clip('broadcast.mkv', target, { preset: 'visual' })
      expect(times(at(target)), target).toHaveLength(3)
      expect(planes(at(target), 'y'), target).toHaveLength(3)
    }
  })

  test('a film that begins before zero loses nothing of it in MP4, which would hide it', async () => {
    await make(...card(30), ...sound, '-c:v', 'ffv1', '-c:a', 'aac', '-output_ts_offset', '-0.6', '-avoid_negative_ts', 'disabled', 'before.mkv')
    expect(times(at('before.mkv'))[0]).toBeLessThan(-0.5)
    expect(lost(await clip('before.mkv', 'before.mp4'))).toEqual([])
    expect(planes(at('before.mp4'), 'y')).toEqual(planes(at('before.mkv'), 'y'))
  })

  test('interlaced film whose luma is put together with colour anew says that it is interlaced', async () => {
    await make(...card(4, '720x480', '30000/1001'), '-c:v', 'dvvideo', '-pix_fmt', 'yuv411p', 'tape.mov')
    const { kept } = await clip('tape.mov', 'tape.mkv')
    expect(kept.find(({ name }) => name === 'fieldOrder')).toMatchObject({ before: 'bff', after: 'bff' })
  })

  test('sound that MP4 has a place for goes there as it is, and pictures stand beside it to the tick', async () => {
    // The first picture comes some ticks after the sound, which are no whole number of milliseconds.
    await make(...card(30), ...sound, ...h264, '-c:a', 'mp2', 'aired.ts')
    await make(...card(30), ...sound, '-c:v', 'ffv1', '-c:a', 'flac', 'archived.mkv')
    for (const [source, target] of [['aired.ts', 'aired.mp4'], ['archived.mkv', 'archived.mp4']] as const) {
      expect(lost(await clip(source, target, { preset: 'visual' })), source).toEqual([])
      expect(packets(at(target), 'a')).toBe(packets(at(source), 'a'))
    }
  })

  test('sound that the named container cannot hold is refused with those that can', async () => {
    await make(...card(4), ...sound, ...h264, '-c:a', 'adpcm_ima_qt', 'quicktime.mov')
    await make(...card(4), ...sound, '-c:v', 'mpeg2video', '-c:a', 'pcm_dvd', '-f', 'vob', 'disc.vob')
    expect((await refused('quicktime.mov', 'quicktime.mkv', { preset: 'visual' })).remedy).toBe('End the name with .mov.')
    expect(lost(await clip('quicktime.mov', 'quicktime-colour.mov', { preset: 'visual' }))).toEqual([])
    expect((await refused('disc.vob', 'disc.mkv')).remedy).toContain('-c:a flac')
  })

  test('covers, attached fonts, and what tracks are called go along where the container has a place for them; what does not is told', async () => {
    writeFileSync(at('font.ttf'), 'a font')
    writeFileSync(at('words.ass'), '[Script Info]\n\n[V4+ Styles]\nFormat: Name\nStyle: Default\n\n[Events]\nFormat: Start, End, Style, Text\nDialogue: 0:00:00.10,0:00:00.50,Default,Word\n')
    await make(...card(1, '40x60'), '-frames:v', '1', 'cover.jpg')
    await make(...card(20), '-i', at('words.ass'), ...h264, '-c:s', 'ass', '-disposition:v:0', 'default', '-disposition:s:0', 'forced', '-metadata:s:v:0', 'language=fra', '-metadata:s:v:0', 'title=Bild', '-attach', at('font.ttf'), '-metadata:s:t', 'mimetype=application/x-truetype-font', 'rich.mkv')
    await make(...card(20), '-i', at('cover.jpg'), '-map', '0', '-map', '1', '-c:v:0', 'libx264', '-pix_fmt:v:0', 'yuv420p', '-c:v:1', 'copy', '-disposition:v:1', 'attached_pic', 'rich.mp4')
    const rich = await clip('rich.mkv', 'rich-colour.mkv')
    expect(lost(rich)).toEqual([])
    expect(rich.kept).toContainEqual({ name: 'attachments', before: '1', after: '1', same: true })
    expect(streamsOf(at('rich-colour.mkv'))).toEqual(streamsOf(at('rich.mkv')))
    expect(lost(await clip('rich.mp4', 'rich-colour.mp4'))).toEqual([])
    expect(streamsOf(at('rich-colour.mp4'))).toEqual(streamsOf(at('rich.mp4')))
    expect(lost(await clip('rich.mp4', 'rich-colour-2.mkv'))).toEqual(['covers: 1 → 0'])
  })

  test('luma of two bytes comes through whichever byte is first, and transparency of 16 bits too', async () => {
    const formats = { 'grey.nut': 'gray16be', 'color.nut': 'yuv422p16be' }
    for (const [source, format] of Object.entries(formats)) {
      await make(...card(6), '-c:v', 'rawvideo', '-pix_fmt', format, source)
      expect((await clip(source, `${source}.mkv`)).lumaIdentical, source).toBe(true)
      expect(planes(at(`${source}.mkv`), 'y'), source).toEqual(planes(at(source), 'y', `format=${format.replace('be', 'le')},`))
    }
    await make(...card(6), '-c:v', 'png', '-pix_fmt', 'rgba64be', 'clear.mkv')
    expect((await clip('clear.mkv', 'clear-colour.mkv')).frames).toBe(6)
    expect(planes(at('clear-colour.mkv'), 'a')).toEqual(planes(at('clear.mkv'), 'a', 'format=gbrap16le,'))
  })

  test('a damaged film is coloured, its damage told, and its frames are the same each time', async () => {
    await make(...card(60, '320x192'), '-pix_fmt', 'yuv420p', '-c:v', 'libx264', '-g', '30', 'whole.ts')
    const bytes = readFileSync(at('whole.ts'))
    for (let i = Math.floor(bytes.length / 3); i < bytes.length / 2; i += 997) bytes[i] = (bytes[i] as number) ^ 0x10
    writeFileSync(at('damaged.ts'), bytes)
    const many = makeStudio()
    many.config = { ...many.config, threads: 0 }
    const { frames, warnings } = await run(many, 'clipInfo', { path: at('damaged.ts'), cache: at('indexes'), verify: true })
    expect(warnings.map(({ code }) => code)).toContain('read-errors')
    const hashOf = async (frame: number, by = many): Promise<string> => (await run(by, 'clipFrame', { path: at('damaged.ts'), cache: null, frame, verify: true, target: null })).hash
    const last = await hashOf(frames - 1)
    expect(await hashOf(frames - 1)).toBe(last)
    expect(await hashOf(frames - 1, studio)).toBe(last)
    const result = await clip('damaged.ts', 'damaged.mkv', {}, many)
    expect(result.notes.map(({ code }) => code)).toContain('read-errors')
    expect(planes(at('damaged.mkv'), 'y')).toHaveLength(frames)
    await many.sessions.releaseAll()
  })

  test('a film whose times begin anew in its middle is refused, the parts of it are not', async () => {
    await make(...card(20), ...h264, 'once.ts')
    writeFileSync(at('twice.ts'), Buffer.concat([readFileSync(at('once.ts')), readFileSync(at('once.ts'))]))
    const error = await refused('twice.ts', 'twice.mkv')
    expect(error).toMatchObject({ code: 'unsupported', remedy: expect.stringContaining('genpts') })
    const frame = Number(/frame (\d+)/.exec(error.message)?.[1])
    expect((await clip('twice.ts', 'start.mkv', { to: frame })).frames).toBe(frame)
  })

  test('a line break in a path, which ffmpeg cannot be told, is refused before the work', async () => {
    await make(...card(4), ...h264, 'plain.mp4')
    expect(await refused('plain.mp4', 'two\nlines.mp4')).toMatchObject({ code: 'unsupported', remedy: expect.stringContaining('Rename') })
  })

  test('the memory that very large frames take is told before the work', async () => {
    for (const [size, told] of [['7680x4320', true], ['1920x1080', false]] as const) {
      await make('-f', 'lavfi', '-i', `color=gray:size=${size}:rate=25,trim=end_frame=1`, ...h264, `${size}.mp4`)
      const { notes } = await run(studio, 'clipPreflight', { path: at(`${size}.mp4`), cache: null, target: at('large.mp4'), preset: 'visual', from: 0, to: null })
      expect(notes.some(({ code }) => code === 'large-frames'), size).toBe(told)
    }
  })

  test('a film that is changed while it is coloured is not written', async () => {
    await make(...card(30), ...h264, 'first.mp4')
    await make(...card(30), '-vf', 'negate', ...h264, 'second.mp4')
    copyFileSync(at('first.mp4'), at('changing.mp4'))
    mkdirSync(at('changed'))
    const work = refused('changing.mp4', 'changed/film.mkv')
    while (!existsSync(at('changed/.film.mkv.hourglass-clip/owner.json'))) await setTimeout(2)
    copyFileSync(at('second.mp4'), at('changing.mp4'))
    expect((await work).message).toContain('was changed while')
    expect(readdirSync(at('changed'))).toEqual([])
  })

  test.skipIf(process.platform === 'win32')('an ffmpeg that breaks down is told as such', async () => {
    await make(...card(4), ...h264, 'sound.mp4')
    writeFileSync(at('ffmpeg'), '#!/bin/sh\n[ "$1" = -version ] && { echo "ffmpeg version 6.0"; exit; }\nkill -SEGV $$\n', { mode: 0o755 })
    const broken = makeStudio()
    broken.config = { ...broken.config, ffmpeg: at('ffmpeg') }
    expect(await refused('sound.mp4', 'no.mkv', {}, broken)).toMatchObject({ code: 'missing-component', message: expect.stringContaining('SIGSEGV') })
  })

  test.skipIf(process.platform !== 'linux')('a place that is no disk is told as one that cannot be written', async () => {
    await make(...card(4), ...h264, 'for-proc.mp4')
    const error = asHourglassError(await run(studio, 'colorClip', { path: at('for-proc.mp4'), target: '/proc/film.mp4', preset: 'visual', recipe, model, cache: at('indexes') }).catch((thrown: unknown) => thrown))
    expect(error).toMatchObject({ code: 'not-writable', message: expect.stringContaining('film.mp4') })
  })

  test('a film that one process makes is left alone by another, until that one is gone', async () => {
    await make(...card(40), ...h264, 'plain-40.mp4')
    mkdirSync(at('busy'))
    const owner = at('busy/.film.mkv.hourglass-clip/owner.json')
    const first = clip('plain-40.mp4', 'busy/film.mkv')
    while (!existsSync(owner)) await setTimeout(2)
    expect((await refused('plain-40.mp4', 'busy/film.mkv')).code).toBe('locked')
    expect((await first).frames).toBe(40)
    // A process that was killed leaves its mark behind.
    mkdirSync(dirname(owner))
    writeFileSync(owner, JSON.stringify({ machine: Buffer.from(hostname()).toString('hex').slice(-8).padStart(8, '0'), pid: 2 ** 22 + 1, token: '' }))
    expect((await clip('plain-40.mp4', 'busy/film.mkv', { overwrite: true })).frames).toBe(40)
    expect(readdirSync(at('busy'))).toEqual(['film.mkv'])
  })

  test.skipIf(process.platform !== 'linux')('a film is taken over at once from a process that was killed and of which nobody has heard yet', async () => {
    await make(...card(10), ...h264, 'plain-10.mp4')
    const owner = at('killed/.film.mkv.hourglass-clip/owner.json')
    mkdirSync(dirname(owner), { recursive: true })
    // What the shell started has ended; what the shell became never asks for it.
    const parent = spawn('sh', ['-c', 'sleep 0.3 & echo $!; exec sleep 60'])
    try {
      const [line] = (await once(parent.stdout, 'data')) as [Buffer]
      const pid = Number(String(line))
      await expect.poll(() => readFileSync(`/proc/${pid}/stat`, 'latin1')).toMatch(/\) Z/)
      writeFileSync(owner, JSON.stringify({ machine: Buffer.from(hostname()).toString('hex').slice(-8).padStart(8, '0'), pid, token: '' }))
      expect((await clip('plain-10.mp4', 'killed/film.mkv')).frames).toBe(10)
    } finally {
      parent.kill('SIGKILL')
    }
  })
})
