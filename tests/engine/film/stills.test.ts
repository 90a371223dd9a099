import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { filmTools, type FilmTools } from '../../../src/engine/film/ffmpeg.ts'
import { openClip } from '../../../src/engine/film/openClip.ts'
import { readFrame } from '../../../src/engine/film/planes.ts'
import { encodeStill } from '../../../src/engine/film/still.ts'
import { closeStills, stillOf } from '../../../src/engine/film/stills.ts'
import { hasFfmpeg, makeClips } from './clips.ts'

const folder = mkdtempSync(join(tmpdir(), 'hourglass-stills-'))
const box = { width: 64, height: 64 }

/** Mean difference of two pictures of one size, 0…255. */
async function apart(one: Buffer, other: Buffer): Promise<number> {
  const [a, b] = await Promise.all([one, other].map((picture) => sharp(picture).removeAlpha().raw().toBuffer()))
  return (a as Buffer).reduce((sum, value, i) => sum + Math.abs(value - (b?.[i] as number)), 0) / (a as Buffer).length
}

describe.skipIf(!hasFfmpeg)('stills for a playhead', () => {
  let tools: FilmTools
  let clips: Map<string, string>
  beforeAll(async () => {
    tools = await filmTools({})
    clips = await makeClips(folder, ['uneven.mp4', 'wide-pixels.mp4', 'turned.mp4'])
  })
  afterAll(() => {
    closeStills()
    rmSync(folder, { recursive: true, force: true })
  })
  const opened = async (name: string) => {
    const file = clips.get(name) as string
    const reading = { tools, threads: 1 }
    return { file, reading, index: await openClip(file, { ...reading, cache: null, thoroughness: 'verify' }) }
  }

  it('are the frame asked for and none beside it, whichever way it steps and jumps', async () => {
    const { file, reading, index } = await opened('uneven.mp4')
    const frames = await Promise.all(index.pts.map(async (_, n) => encodeStill(tools, index.info, await readFrame(file, index, n, reading))))
    for (const n of [20, 21, 22, 21, 20, 19, 18, 39, 0, 1, 38, 37, 36, 5]) {
      const still = await stillOf(file, index, n, { width: 1000, height: 1000 }, reading)
      const differences = await Promise.all(frames.map((frame) => apart(still, frame)))
      expect(differences.indexOf(Math.min(...differences))).toBe(n)
    }
  })

  it('stand upright in square pixels, inside the box, and are never enlarged', async () => {
    const sizeOf = async (name: string, inside: { width: number; height: number }) => {
      const { file, reading, index } = await opened(name)
      const { width, height, format } = await sharp(await stillOf(file, index, 3, inside, reading)).metadata()
      return { width, height, format }
    }
    expect(await sizeOf('turned.mp4', box)).toEqual({ width: 48, height: 64, format: 'jpeg' })
    expect(await sizeOf('wide-pixels.mp4', { width: 1000, height: 1000 })).toEqual({ width: 186, height: 96, format: 'jpeg' })
  })

  it('say that there is no such frame', async () => {
    const { file, reading, index } = await opened('turned.mp4')
    await expect(stillOf(file, index, 20, box, reading)).rejects.toMatchObject({ code: 'bad-input', message: expect.stringContaining('frames are 0 to 19') })
  })
})
