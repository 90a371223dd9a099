import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Chroma } from '../../../src/core/film/chroma.ts'
import { chunksOf, type Span } from '../../../src/core/film/chunks.ts'
import { looksOf } from '../../../src/core/film/looks.ts'
import type { Colorist } from '../../../src/engine/film/colorist.ts'
import { filmTools } from '../../../src/engine/film/ffmpeg.ts'
import { FilmColors, type ColorsOfChunk } from '../../../src/engine/film/filmColors.ts'
import { readLuma } from '../../../src/engine/film/luma.ts'
import { openClip } from '../../../src/engine/film/openClip.ts'
import type { Coloring } from '../../../src/engine/film/shotFrames.ts'
import { lumaStore, putBy } from '../../../src/engine/film/storedLuma.ts'
import { makeContext } from '../../../src/engine/workers/context.ts'
import { makeStudio } from '../studio.ts'
import { ffmpeg, hasFfmpeg } from './clips.ts'

const size = { width: 64, height: 48 }
const frames = 300
const [left, right] = [10, 40]

describe.skipIf(!hasFfmpeg)('colours of a long shot, chunk by chunk', { timeout: 120_000 }, () => {
  const cwd = mkdtempSync(join(tmpdir(), 'hourglass-film-colors-'))
  const studio = makeStudio()
  const whole: Span = { from: 0, to: frames }
  const chunks = chunksOf([whole])
  let coloring: Coloring
  /** Frames that the model was asked for. */
  let asked = 0

  beforeAll(async () => {
    const path = join(cwd, 'grain.mkv')
    // A picture that stands still under a little grain: whatever changes is the model's. Its first corner says which frame it is.
    await ffmpeg('-f', 'lavfi', '-i', 'testsrc2=size=64x48:rate=25', '-vf', `trim=end_frame=1,loop=${frames - 1}:1,format=gray,noise=alls=4:allf=t,format=yuv420p,geq=lum='if(lt(X,8)*lt(Y,8),N/2,lum(X,Y))'`, '-c:v', 'ffv1', path)
    const tools = await filmTools(studio.config)
    const index = await openClip(path, { tools, cache: null, thoroughness: 'packets', threads: 1 })
    /** A model that changes its mind, on what the two halves are, long before each cut: what came before has not faded there. */
    const colorist: Pick<Colorist, 'size' | 'sizeFor' | 'colorsOf'> = {
      size,
      sizeFor: () => size,
      colorsOf(luma): Promise<Chroma> {
        asked += 1
        const frame = 2 * (luma[0] as number)
        const tint = frame < 48 || frame >= 148 ? 25 : -25
        const u = Float32Array.from(luma, (_, i) => (i % size.width < size.width / 2 ? tint : -tint))
        return Promise.resolve({ u, v: u.map((value) => -value) })
      },
    }
    coloring = {
      task: makeContext(studio, 'job', new Int32Array(1), () => undefined),
      footage: { tools, path, index, threads: 1, toPlanar: '' },
      store: lumaStore(join(cwd, 'luma.raw'), size, whole),
      colorist: colorist as Colorist,
      plan: { version: 1, key: '', shots: [{ ...whole, factor: null }], chunks, range: 'tv' },
      lookOf: looksOf({ version: 1, steps: [{ step: 'colorize', enabled: true, params: {} }] }, 0.9, [])!,
      references: [],
    }
  })
  afterAll(() => rmSync(cwd, { recursive: true, force: true }))

  async function colorsOf(wanted: readonly Span[], of = coloring): Promise<ColorsOfChunk[]> {
    const colors = new FilmColors(of, new AbortController().signal)
    const made: ColorsOfChunk[] = []
    for (const chunk of wanted) made.push(await colors.of(chunk))
    await colors.close()
    return made
  }

  test('do not jump where one chunk ends and the next begins', async () => {
    const made = (await colorsOf(chunks)).flatMap((chunk) => chunk.frames)
    expect(made).toHaveLength(frames)
    const changes = made.slice(1).map((frame, i) => [left, right].reduce((sum, x) => sum + Math.abs((frame[24 * 64 + x] as number) - (made[i] as Uint8Array)[24 * 64 + x]!), 0))
    const cuts = chunks.slice(1).map(({ from }) => from)
    expect(cuts).toEqual([100, 200])
    for (const cut of cuts) {
      const around = changes.filter((_, i) => Math.abs(i + 1 - cut) <= 12 && i + 1 !== cut)
      expect(changes[cut - 1], `at ${cut}, among ${around.join(' ')}`).toBeLessThanOrEqual(Math.max(...around) + 1)
    }
  })

  test('are the same whichever chunk is asked for first, and each frame is shown to the model once', async () => {
    asked = 0
    const inOrder = await colorsOf(chunks)
    expect(asked).toBe(frames / 4 + 1)
    for (const [i, chunk] of chunks.entries()) expect((await colorsOf([chunk]))[0]).toEqual(inOrder[i])
    expect(await colorsOf([chunks[2]!, chunks[0]!])).toEqual([inOrder[2], inOrder[0]])
  })

  test('are the same where luma was put by, all of it or of the first frames, and where there was no room for it', async () => {
    const decoded = await colorsOf(chunks)
    const all = lumaStore(join(cwd, 'all.raw'), size, whole)
    const some = { ...lumaStore(join(cwd, 'some.raw'), size, whole), frames: 130 }
    const none = lumaStore(join(cwd, 'gone/none.raw'), size, whole)
    for (const store of [all, some, none]) {
      let frames = 0
      await putBy(store, (file) => {
        frames = 0
        return readLuma(coloring.footage, whole, { width: 8, height: 6 }, () => void frames++, undefined, file === null ? null : { ...store, file })
      })
      expect(frames).toBe(whole.to)
    }
    // With all of it the film itself is not opened any more.
    const elsewhere = { ...coloring.footage, path: join(cwd, 'moved.mkv') }
    expect(await colorsOf(chunks, { ...coloring, footage: elsewhere, store: all })).toEqual(decoded)
    for (const store of [some, none]) expect(await colorsOf(chunks, { ...coloring, store })).toEqual(decoded)
    expect(readdirSync(cwd).filter((name) => name.endsWith('.raw')).sort()).toEqual(['all.raw', 'some.raw'])
  })

  test('wait for luma that each process writes into a file of its own until it is whole', async () => {
    const store = lumaStore(join(cwd, 'shared.raw'), size, whole)
    const places: (string | null)[] = []
    await Promise.all([1, 2].map(() => putBy(store, (file) => Promise.resolve(places.push(file)))))
    expect(new Set(places).size).toBe(2)
  })

  test('leave no decoder behind when nobody asks for the rest', async () => {
    const colors = new FilmColors(coloring, new AbortController().signal)
    await colors.of(chunks[0]!)
    await colors.close()
    await expect(colors.close()).resolves.toBeUndefined()
  })
})
