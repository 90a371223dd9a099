import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { engineTasks, type EngineInput } from '../../../src/contract/engine.ts'
import { takesFile, type KeptTake, type TakesFile } from '../../../src/contract/takes.ts'
import { runTask } from '../../../src/engine/tasks/index.ts'
import { makeContext, type Studio } from '../../../src/engine/workers/context.ts'
import { bundledModel, makeStudio, run, temporaryFolder } from '../studio.ts'
import { ffmpeg, hasFfmpeg } from './clips.ts'

const folder = temporaryFolder()
const at = (name: string): string => folder.path + '/' + name
const box = { width: 96, height: 96 }

describe.skipIf(!hasFfmpeg)('takes of shots', { timeout: 120_000 }, () => {
  let studio: Studio
  beforeAll(async () => {
    studio = makeStudio()
    const reel = ['-f', 'lavfi', '-i', 'testsrc2=size=96x64:rate=25,trim=end_frame=8', '-f', 'lavfi', '-i', 'mandelbrot=size=96x64:rate=25,trim=end_frame=8', '-filter_complex', '[0:v]format=gray[a];[1:v]format=gray[b];[a][b]concat=n=2']
    await ffmpeg(...reel, '-pix_fmt', 'yuv420p', '-c:v', 'ffv1', at('reel.mkv'))
    await ffmpeg('-i', at('reel.mkv'), '-c:v', 'libx264', '-qp', '0', at('flat.mp4'))
    await ffmpeg('-i', at('flat.mp4'), '-c', 'copy', '-metadata:s:v', 'rotate=90', at('turned.mp4'))
  }, 60_000)
  afterAll(async () => {
    await studio.sessions.releaseAll()
    folder.remove()
  })
  const params = (strength: number) => ({ version: 1 as const, steps: [{ step: 'colorize', enabled: true, params: { strength } }] })
  const wanted = (name: string, [first, second]: readonly [number, number]): EngineInput<'colorClip'> => ({
    path: at('reel.mkv'),
    target: at(name),
    preset: 'exact',
    recipe: params(1),
    model: bundledModel,
    work: at('chunks'),
    keep: true,
    takes: 3,
    overwrite: true,
    shots: [{ from: 0, to: 8, recipe: params(first) }, { from: 8, to: 16, recipe: params(second) }],
  })
  const written = (name: string, strengths: readonly [number, number], more: Partial<EngineInput<'colorClip'>> = {}) => run(studio, 'colorClip', { ...wanted(name, strengths), ...more })
  const record = (work = 'chunks'): TakesFile => takesFile.parse(JSON.parse(readFileSync(at(`${work}/takes.json`), 'utf8')))
  const numbers = (takes: readonly KeptTake[]) => takes.map(({ number, from }) => `v${number} of ${from}`)
  const films = (work = 'chunks') => readdirSync(at(work)).filter((name) => name.endsWith('.mov'))
  const hash = async (path: string, frame: number): Promise<string> => (await run(studio, 'clipFrame', { path, cache: null, frame, verify: true, target: null })).hash
  const partOf = ({ chunks: [chunk] }: KeptTake, work = 'chunks') => ({ path: at(`${work}/${chunk!.file}`), from: chunk!.from, to: chunk!.to })

  it('stay when a shot is coloured otherwise, with the very frames that the first film has, and come back without being rendered', async () => {
    await written('first.mkv', [1, 1])
    expect(numbers(record().current)).toEqual(['v1 of 0', 'v1 of 8'])
    expect(await written('second.mkv', [1, 0.3])).toMatchObject({ chunks: 2, reused: 1 })
    const { current, earlier } = record()
    expect([numbers(current), numbers(earlier)]).toEqual([['v1 of 0', 'v2 of 8'], ['v1 of 8']])
    expect(earlier[0]).toMatchObject({ from: 8, to: 16, look: { recipe: params(1) }, model: { id: bundledModel.split('/').at(-1) } })
    // Frame n of the clip is frame n − 8 of the take.
    for (const n of [8, 11, 15]) expect(await hash(partOf(earlier[0]!).path, n - 8)).toBe(await hash(at('first.mkv'), n))
    expect(await hash(partOf(current[1]!).path, 3)).toBe(await hash(at('second.mkv'), 11))
    expect(await hash(at('second.mkv'), 11)).not.toBe(await hash(at('first.mkv'), 11))

    expect(await written('third.mkv', [1, 1])).toMatchObject({ chunks: 2, reused: 2, lumaIdentical: true })
    expect([numbers(record().current), numbers(record().earlier)]).toEqual([['v1 of 0', 'v1 of 8'], ['v2 of 8']])
    expect(await hash(at('third.mkv'), 11)).toBe(await hash(at('first.mkv'), 11))
  })

  it('stay three at most of a shot, the oldest goes, and no chunk lies there that nothing names', async () => {
    for (const strength of [0.5, 0.6, 0.7, 0.8]) await written('again.mkv', [1, strength])
    const { current, earlier } = record()
    expect([numbers(current), numbers(earlier)]).toEqual([['v1 of 0', 'v6 of 8'], ['v5 of 8', 'v4 of 8', 'v3 of 8']])
    expect(films().sort()).toEqual([...current, ...earlier].flatMap(({ chunks }) => chunks.map(({ file }) => file)).sort())
  })

  it('of shots that a film of a range leaves out stay as they are', async () => {
    const [first] = record().current
    await written('range.mkv', [1, 0.9], { from: 8 })
    expect(record().current[0]).toEqual(first)
    expect(await written('whole.mkv', [1, 0.9])).toMatchObject({ reused: 2 })
  })

  it('lose nothing where a film is stopped before it is written', async () => {
    await written('stopped.mkv', [1, 1], { work: at('stopped') })
    const before = record('stopped')
    const cancel = new Int32Array(new SharedArrayBuffer(4))
    const input = engineTasks.colorClip.input.parse({ ...wanted('stopped.mkv', [1, 0.4]), work: at('stopped') })
    await expect(runTask('colorClip', input, makeContext(studio, 'job', cancel, (done) => done > 0.9 && Atomics.store(cancel, 0, 1)))).rejects.toMatchObject({ code: 'cancelled' })
    expect(record('stopped')).toEqual(before)
    for (const { chunks } of before.current) for (const { file } of chunks) expect(existsSync(at(`stopped/${file}`))).toBe(true)
    await written('stopped.mkv', [1, 0.4], { work: at('stopped') })
    expect(record('stopped').earlier).toEqual([before.current[1]])
  })

  it('are none where the record is damaged, and begin anew with the next film', async () => {
    await written('damaged.mkv', [1, 1], { work: at('other') })
    writeFileSync(at('other/takes.json'), '{"version":1,"current":')
    await written('damaged.mkv', [1, 0.3], { work: at('other') })
    expect([numbers(record('other').current), numbers(record('other').earlier)]).toEqual([['v1 of 0', 'v1 of 8'], []])
    expect(films('other')).toHaveLength(2)
  })

  it('are not kept where nobody asks for them', async () => {
    await written('none.mkv', [1, 1], { work: at('none'), takes: 0 })
    await written('none.mkv', [1, 0.3], { work: at('none'), takes: 0 })
    expect(existsSync(at('none/takes.json'))).toBe(false)
    expect(films('none')).toHaveLength(2)
  })

  it('are looked at frame by frame, upright as their clip, and compared with each other and with it', async () => {
    await written('turned.mkv', [1, 0.2], { path: at('turned.mp4'), work: at('turned') })
    await written('turned.mkv', [1, 1], { path: at('turned.mp4'), work: at('turned') })
    const { current, earlier } = record('turned')
    const [one, other] = [partOf(earlier[0]!, 'turned'), partOf(current[1]!, 'turned')]
    const asked = { clip: at('turned.mp4'), cache: null, frame: 12, box }
    await run(studio, 'takeStill', { ...asked, part: one, out: at('still.jpg') })
    expect(await sharp(at('still.jpg')).metadata()).toMatchObject({ width: 64, height: 96 })
    const compare = (mode: 'difference' | 'luma', first: typeof one | null) => run(studio, 'compareTakes', { ...asked, one: first, other, mode, out: at('out.png') })
    expect((await compare('difference', one)).luma.most).toBe(0)
    expect((await sharp(at('out.png')).stats()).channels.some(({ max }) => max > 0)).toBe(true)
    expect((await compare('luma', null)).luma.most).toBe(0)
    await expect(run(studio, 'takeStill', { ...asked, frame: 7, part: one, out: at('still.jpg') })).rejects.toMatchObject({ code: 'bad-input' })
    // A file that holds other frames than those it stands for shows none of them.
    await expect(run(studio, 'takeStill', { ...asked, part: { ...one, path: at('turned.mp4') }, out: at('still.jpg') })).rejects.toMatchObject({ code: 'bad-input' })
  })
})
