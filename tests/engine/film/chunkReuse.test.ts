import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { engineTasks, type EngineInput } from '../../../src/contract/engine.ts'
import { runTask } from '../../../src/engine/tasks/index.ts'
import { makeContext, type Studio } from '../../../src/engine/workers/context.ts'
import { bundledModel, makeStudio, run, temporaryFolder } from '../studio.ts'
import { ffmpeg, hasFfmpeg, planes } from './clips.ts'

const folder = temporaryFolder()
const at = (name: string): string => join(folder.path, name)

describe.skipIf(!hasFfmpeg)('chunks that are kept', { timeout: 120_000 }, () => {
  let studio: Studio
  beforeAll(async () => {
    studio = makeStudio()
    await ffmpeg('-f', 'lavfi', '-i', 'testsrc2=size=96x64:rate=25,trim=end_frame=8', '-f', 'lavfi', '-i', 'mandelbrot=size=96x64:rate=25,trim=end_frame=8', '-filter_complex', '[0:v]format=gray[a];[1:v]format=gray[b];[a][b]concat=n=2', '-pix_fmt', 'yuv420p', '-c:v', 'ffv1', at('reel.mkv'))
  })
  afterAll(async () => {
    await studio.sessions.releaseAll()
    folder.remove()
  })
  const params = (strength: number) => ({ version: 1 as const, steps: [{ step: 'colorize', enabled: true, params: { strength } }] })
  const shots = (...strengths: number[]) => [{ from: 0, to: 8, recipe: params(strengths[0]!) }, { from: 8, to: 16, recipe: params(strengths[1]!) }]
  const colored = (name: string, more: Partial<EngineInput<'colorClip'>>) =>
    run(studio, 'colorClip', { path: at('reel.mkv'), target: at(name), preset: 'exact', recipe: params(1), model: bundledModel, work: at('chunks'), keep: true, overwrite: true, ...more })

  it('are used again for shots that did not change, and the film is the one that a run from nothing makes', async () => {
    const first = await colored('first.mkv', { shots: shots(1, 1) })
    expect(first).toMatchObject({ chunks: 2, reused: 0 })
    const second = await colored('second.mkv', { shots: shots(1, 0.3) })
    expect(second).toMatchObject({ chunks: 2, reused: 1, lumaIdentical: true })
    const whole = await colored('whole.mkv', { shots: shots(1, 0.3), work: at('other'), keep: false })
    expect(whole.reused).toBe(0)
    expect(planes(at('second.mkv'), 'u')).toEqual(planes(at('whole.mkv'), 'u'))
    expect(planes(at('second.mkv'), 'u').slice(0, 8)).toEqual(planes(at('first.mkv'), 'u').slice(0, 8))
    expect(planes(at('second.mkv'), 'u').slice(8)).not.toEqual(planes(at('first.mkv'), 'u').slice(8))
    expect(planes(at('second.mkv'), 'y')).toEqual(planes(at('reel.mkv'), 'y'))
    // What no film needs any more is gone; what was not to be kept leaves nothing.
    expect(readdirSync(at('chunks')).filter((name) => name.endsWith('.mov'))).toHaveLength(2)
    expect(existsSync(at('other'))).toBe(false)
  })

  it('are made anew without looking through the whole film once more', async ({ skip }) => {
    if (process.platform === 'win32') return skip('the program that writes down how it was called is a shell script')
    const [program, calls] = [at('ffmpeg'), at('calls')]
    writeFileSync(program, `#!/bin/sh\necho "$*" >> '${calls}'\nexec ffmpeg "$@"\n`, { mode: 0o755 })
    const studioOf = makeStudio()
    studioOf.config = { ...studioOf.config, ffmpeg: program }
    const passes = async (name: string, given: ReturnType<typeof shots>): Promise<number> => {
      rmSync(calls, { force: true })
      await run(studioOf, 'colorClip', { path: at('reel.mkv'), target: at(name), preset: 'exact', recipe: params(1), model: bundledModel, work: at('looked'), keep: true, overwrite: true, shots: given })
      return readFileSync(calls, 'utf8').split('\n').filter((call) => call.includes('scale=64:36')).length
    }
    expect(await passes('once.mkv', shots(1, 1))).toBe(1)
    expect(await passes('again.mkv', shots(1, 0.3))).toBe(0)
    await studioOf.sessions.releaseAll()
  })

  it('are used again where the picture of a frame that is right was only touched, and made anew where it is another one', async () => {
    const picture = at('right.png')
    const draw = (color: string) => ffmpeg('-f', 'lavfi', '-i', `color=${color}:size=96x64,trim=end_frame=1`, picture)
    const write = () => colored('right.mkv', { shots: shots(1, 1), references: [{ frame: 10, path: picture }], work: at('right') })
    await draw('red')
    await write()
    utimesSync(picture, 1e9, 1e9)
    expect(await write()).toMatchObject({ reused: 2 })
    await draw('blue')
    expect(await write()).toMatchObject({ reused: 1 })
  })

  it('give numbered pictures, those that were made before a stop taken over, onto another disk too', async ({ skip }) => {
    const source = { path: at('reel.mkv'), preset: 'sequence' as const, recipe: params(1), model: bundledModel, work: at('waiting'), keep: true, shots: shots(1, 1) }
    const cancel = new Int32Array(new SharedArrayBuffer(4))
    const stopping = makeContext(studio, 'job', cancel, (done) => done > 0.96 && Atomics.store(cancel, 0, 1))
    await expect(runTask('colorClip', engineTasks.colorClip.input.parse({ ...source, target: at('pictures/p_####.png') }), stopping)).rejects.toMatchObject({ code: 'cancelled' })
    expect(existsSync(at('pictures'))).toBe(false)
    const [waiting = ''] = readdirSync(at('waiting')).filter((name) => name.startsWith('pictures-'))
    const made = readdirSync(at(join('waiting', waiting))).sort()
    expect(made.length).toBeGreaterThan(0)
    expect(made.length).toBeLessThan(16)
    const when = (file: string): number => statSync(file).mtimeMs
    const before = when(at(join('waiting', waiting, made[0]!)))
    const result = await run(studio, 'colorClip', { ...source, target: at('pictures/p_####.png') })
    expect(result).toMatchObject({ frames: 16, reused: 2 })
    expect(result.lumaOff).toBeLessThan(0.1)
    expect(readdirSync(at('pictures'))).toHaveLength(16)
    expect(when(at(join('pictures', made[0]!)))).toBe(before)
    expect(readdirSync(at('waiting')).filter((name) => name.startsWith('pictures-'))).toEqual([])

    const elsewhere = '/dev/shm'
    if (!existsSync(elsewhere) || statSync(elsewhere).dev === statSync(folder.path).dev) return skip('there is no other disk here')
    const place = mkdtempSync(join(elsewhere, 'hourglass-test-'))
    try {
      await run(studio, 'colorClip', { ...source, target: join(place, 'pictures/p_####.png') })
      expect(readdirSync(place)).toEqual(['pictures'])
      expect(readFileSync(join(place, 'pictures/p_0015.png'))).toEqual(readFileSync(at('pictures/p_0015.png')))
      expect(readdirSync(at('waiting')).filter((name) => name.startsWith('pictures-'))).toEqual([])
    } finally {
      rmSync(place, { recursive: true, force: true })
    }
  })

  it('are used again where another shot was cut in two, and made anew where a cut was moved', async () => {
    const cut = [{ from: 0, to: 8, recipe: params(1) }, { from: 8, to: 12, recipe: params(0.3) }, { from: 12, to: 16, recipe: params(0.3) }]
    expect(await colored('cut.mkv', { shots: cut })).toMatchObject({ chunks: 3, reused: 1 })
    const moved = [{ from: 0, to: 7, recipe: params(1) }, { from: 7, to: 12, recipe: params(0.3) }, { from: 12, to: 16, recipe: params(0.3) }]
    expect(await colored('moved.mkv', { shots: moved })).toMatchObject({ chunks: 3, reused: 1 })
  })
})
