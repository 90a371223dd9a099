import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fittedInto } from '../../../src/engine/film/conformFilm.ts'
import { chaptersText } from '../../../src/engine/film/joinFilms.ts'
import type { Studio } from '../../../src/engine/workers/context.ts'
import { bundledModel, makeStudio, run, temporaryFolder } from '../studio.ts'
import { ffmpeg, hasFfmpeg, makeSequence, planes } from './clips.ts'

const folder = temporaryFolder()
const at = (name: string): string => join(folder.path, name)
const times = (file: string): string[] => execFileSync('ffprobe', ['-v', 'error', '-select_streams', 'v:0', '-show_entries', 'frame=pts_time', '-of', 'csv=p=0', file], { encoding: 'latin1' }).split('\n').map((line) => line.replace(/,+$/, '')).filter(Boolean)
/** Samples of the first sound track, 16 bits. */
const samples = (file: string, rate = 48_000): Int16Array => {
  const bytes = execFileSync('ffmpeg', ['-v', 'error', '-nostdin', '-i', file, '-map', '0:a:0', '-ac', '1', '-ar', String(rate), '-f', 's16le', '-'], { maxBuffer: 2 ** 28 })
  return new Int16Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length))
}
const recipe = { version: 1 as const, steps: [{ step: 'colorize', enabled: true, params: {} }] }

describe('the parts of an edit', () => {
  it('fit into another frame uncut and undistorted', () => {
    const frame = { width: 1920, height: 1080, sar: '1:1' }
    expect(fittedInto({ width: 1440, height: 1080, sar: '1:1' }, frame)).toEqual({ width: 1440, height: 1080 })
    expect(fittedInto({ width: 1440, height: 1080, sar: '4:3' }, frame)).toEqual({ width: 1920, height: 1080 })
    expect(fittedInto({ width: 320, height: 240, sar: '1:1' }, frame)).toEqual({ width: 1440, height: 1080 })
    expect(fittedInto({ width: 1000, height: 3000, sar: '1:1' }, frame)).toEqual({ width: 360, height: 1080 })
    // Into pixels that are wider than high: 720 of them are as wide as 1047 square ones.
    expect(fittedInto({ width: 1024, height: 576, sar: '1:1' }, { width: 720, height: 576, sar: '16:11' })).toEqual({ width: 704, height: 576 })
  })

  it('are chapters, whatever their clips are called', () => {
    expect(chaptersText([{ title: 'a=b;#c\\d\ne', start: { num: 1, den: 3 }, length: { num: 2, den: 3 } }])).toBe(';FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=333\nEND=1000\ntitle=a\\=b\\;\\#c\\\\d e\n')
  })
})

describe.skipIf(!hasFfmpeg)('an edit of several clips', { timeout: 120_000 }, () => {
  let studio: Studio
  const sine = (hertz: number): string[] => ['-f', 'lavfi', '-i', `sine=frequency=${hertz}:sample_rate=48000:duration=3`]
  beforeAll(async () => {
    studio = makeStudio()
    const grey = ['-vf', 'format=gray', '-pix_fmt', 'yuv420p', '-c:v', 'ffv1', '-c:a', 'pcm_s16le', '-shortest']
    await ffmpeg('-f', 'lavfi', '-i', 'testsrc2=size=96x64:rate=24000/1001,trim=end_frame=30', ...sine(440), ...grey, at('one.mkv'))
    await ffmpeg('-f', 'lavfi', '-i', 'mandelbrot=size=96x64:rate=24000/1001,trim=end_frame=24', ...sine(990), ...grey, at('two.mkv'))
    await ffmpeg('-f', 'lavfi', '-i', 'testsrc2=size=64x64:rate=12,trim=end_frame=12', '-vf', 'format=gray', '-pix_fmt', 'yuv420p', '-c:v', 'ffv1', at('small.mkv'))
  })
  afterAll(async () => {
    await studio.sessions.releaseAll()
    folder.remove()
  })

  const cuts = [
    { path: 'one.mkv', from: 7, to: 19 },
    { path: 'two.mkv', from: 0, to: 9 },
    { path: 'one.mkv', from: 1, to: 4 },
  ]
  const colored = async (cut: (typeof cuts)[number], film: string, preset: 'exact' | 'visual' = 'exact') => {
    await run(studio, 'colorClip', { ...cut, path: at(cut.path), target: at(film), preset, recipe, model: bundledModel, overwrite: true, bare: true })
    return { film: at(film), source: at(cut.path), from: cut.from, to: cut.to, title: cut.path }
  }

  it('is one film: every frame of every part, its luma to the bit, no time lost, sound cut to the sample', async () => {
    const parts = await Promise.all(cuts.map((cut, i) => colored(cut, `part-${i}.mkv`)))
    // A part is nothing but pictures, the first at 0.
    expect(() => samples(at('part-0.mkv'))).toThrow('Command failed')
    expect(times(at('part-0.mkv'))[0]).toMatch(/^0\.0+$/)
    const joined = await run(studio, 'joinFilms', { parts, target: at('edit.mkv'), preset: 'exact', overwrite: false, cache: null })
    expect(joined).toMatchObject({ frames: 24, lumaIdentical: true, notes: [] })
    expect(joined.kept.filter(({ same }) => !same)).toEqual([])
    expect(joined.kept.find(({ name }) => name === 'audio 1')).toMatchObject({ before: 'pcm_s16le 48000 Hz 1', after: 'flac 48000 Hz 1', same: true })
    const luma = cuts.flatMap(({ path, from, to }) => planes(at(path), 'y').slice(from, to))
    expect(planes(at('edit.mkv'), 'y')).toEqual(luma)
    expect(planes(at('edit.mkv'), 'u')).toEqual(parts.flatMap(({ film }) => planes(film, 'u')))
    expect(times(at('edit.mkv')).map((time) => Math.round((Number(time) * 24_000) / 1001))).toEqual(Array.from({ length: 24 }, (_, n) => n))

    const sampleAt = (frame: number): number => Math.round((frame * 1001 * 48_000) / 24_000)
    const heard = samples(at('edit.mkv'))
    expect(heard).toHaveLength(sampleAt(24))
    let start = 0
    for (const { path, from, to } of cuts) {
      const [wanted, found] = [samples(at(path)).subarray(sampleAt(from), sampleAt(to)), heard.subarray(sampleAt(start), sampleAt(start + to - from))]
      // The container's clock counts milliseconds: a part may begin half of one beside its frame.
      const off = Array.from({ length: 121 }, (_, i) => i - 60).find((by) => wanted.subarray(60, -60).every((value, i) => value === found[i + 60 + by]))
      expect(off, `${path} at ${start}`).toBeDefined()
      start += to - from
    }
    const chapters = JSON.parse(execFileSync('ffprobe', ['-v', 'error', '-show_chapters', '-of', 'json', at('edit.mkv')], { encoding: 'utf8' })) as { chapters: { tags: { title: string } }[] }
    expect(chapters.chapters.map(({ tags }) => tags.title)).toEqual(['one.mkv', 'two.mkv', 'one.mkv'])
  })

  it('is told beforehand what it needs, and which parts are of another format', async () => {
    const parts = [...cuts, { path: 'small.mkv', from: 0, to: 6 }].map((cut) => ({ ...cut, path: at(cut.path) }))
    const flight = await run(studio, 'editPreflight', { parts, cache: null, target: at('edit.mp4'), preset: 'visual' })
    expect(flight).toMatchObject({ frames: 30, conforming: [3], ranges: [null, null, null, null] })
    expect(flight.neededMb).toBeGreaterThan(0)
    await expect(run(studio, 'editPreflight', { parts: [{ path: at('small.mkv'), from: 0, to: 13 }], cache: null, target: at('edit.mp4'), preset: 'visual' })).rejects.toMatchObject({ code: 'bad-input' })
  })

  it('brings a smaller, slower part to size and rate of the first, and is silent where a part has no sound', async () => {
    const first = await colored({ path: 'one.mkv', from: 0, to: 12 }, 'first.mp4', 'visual')
    const small = await colored({ path: 'small.mkv', from: 0, to: 6 }, 'small-exact.mkv')
    const { frames } = await run(studio, 'conformFilm', { path: small.film, like: at('one.mkv'), range: null, target: at('small.mp4'), preset: 'visual', cache: null })
    // Half a second at 12 frames a second.
    expect(frames).toBe(12)
    const joined = await run(studio, 'joinFilms', { parts: [first, { ...small, film: at('small.mp4') }], target: at('both.mp4'), preset: 'visual', overwrite: false, cache: null })
    expect(joined.frames).toBe(24)
    const facts = execFileSync('ffprobe', ['-v', 'error', '-show_entries', 'stream=codec_name,width,height,nb_frames', '-of', 'csv=p=0', at('both.mp4')], { encoding: 'latin1' })
    expect(facts).toMatch(/^h264,96,64,24/)
    const heard = samples(at('both.mp4'))
    const loudness = (part: Int16Array): number => part.reduce((sum, value) => sum + Math.abs(value), 0) / part.length
    expect(loudness(heard.subarray(4800, 20_000))).toBeGreaterThan(500)
    expect(loudness(heard.subarray(26_000, 46_000))).toBeLessThan(2)
  })

  it('runs numbered pictures at their rate, missing ones kept as gaps', async () => {
    await makeSequence(at('scans'), 'png')
    const rate = { num: 16, den: 1 }
    const ranges = [{ from: 5, to: 12 }, { from: 0, to: 4 }]
    const parts = await Promise.all(ranges.map(async (range, i) => {
      const film = at(`scans-${i}.mov`)
      await run(studio, 'colorClip', { ...range, rate, path: at('scans'), target: film, preset: 'prores', recipe: { ...recipe, steps: [{ ...recipe.steps[0]!, params: { forceColor: true } }] }, model: bundledModel, bare: true })
      return { ...range, film, source: at('scans'), rate, title: 'scans' }
    }))
    const flight = await run(studio, 'editPreflight', { parts: ranges.map((range) => ({ ...range, path: at('scans'), rate })), cache: null, target: at('scans.mov'), preset: 'prores' })
    expect(flight.conforming).toEqual([])
    await run(studio, 'joinFilms', { parts, target: at('scans.mov'), preset: 'prores', overwrite: false, cache: null })
    // 1000 to 1007 without 1003, then 995 to 998.
    expect(times(at('scans.mov')).map((time) => Math.round(Number(time) * 16))).toEqual([0, 1, 2, 4, 5, 6, 7, 8, 9, 10, 11])
  })

  it('that cannot be written leaves nothing behind, and never replaces a source', async () => {
    const part = await colored({ path: 'two.mkv', from: 3, to: 6 }, 'again.mkv')
    await expect(run(studio, 'joinFilms', { parts: [part], target: at('two.mkv'), preset: 'exact', overwrite: true, cache: null })).rejects.toMatchObject({ code: 'not-writable' })
    const before = readdirSync(folder.path).sort()
    await expect(run(studio, 'joinFilms', { parts: [{ ...part, film: at('gone.mkv') }], target: at('new.mkv'), preset: 'exact', overwrite: true, cache: null })).rejects.toMatchObject({ code: 'bad-input' })
    expect(existsSync(at('new.mkv'))).toBe(false)
    expect(readdirSync(folder.path).sort()).toEqual(before)
  })
})
