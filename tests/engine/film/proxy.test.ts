import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeStudio, run, temporaryFolder } from '../studio.ts'
import { hasFfmpeg, makeClips, makeSequence } from './clips.ts'

const home = temporaryFolder()
const box = { width: 64, height: 64 }
let clips: Map<string, string>
beforeAll(async () => {
  if (hasFfmpeg) clips = await makeClips(home.path, ['uneven.mp4', 'open-group.mkv', 'turned.mp4', 'mid-group.ts', 'cut.mp4', 'b-frames.avi'])
}, 120_000)
afterAll(home.remove)

/** Mean difference of two pictures of one size, 0…255. */
async function apart(one: Buffer, other: Buffer): Promise<number> {
  const [a, b] = await Promise.all([one, other].map((picture) => sharp(picture).removeAlpha().raw().toBuffer()))
  return (a as Buffer).reduce((sum, value, i) => sum + Math.abs(value - (b?.[i] as number)), 0) / (a as Buffer).length
}

describe.skipIf(!hasFfmpeg)('a proxy', () => {
  const studio = makeStudio()
  it.each(['uneven.mp4', 'open-group.mkv', 'turned.mp4', 'mid-group.ts', 'cut.mp4', 'b-frames.avi'])('of %s has one picture a frame, each of that very frame', async (name) => {
    const path = clips.get(name) as string
    const out = join(home.path, `${name}.jpgs`)
    const { offsets } = await run(studio, 'makeProxy', { path, cache: null, box, out })
    const { frames } = await run(studio, 'clipInfo', { path, cache: null, verify: true })
    expect(offsets).toHaveLength(frames + 1)
    const bytes = readFileSync(out)
    expect(offsets.at(-1)).toBe(bytes.length)
    const still = join(home.path, 'still.jpg')
    for (const n of [0, Math.floor(frames / 2), frames - 1]) {
      await run(studio, 'clipStill', { path, cache: null, frame: n, box, ahead: false, out: still })
      const exact = readFileSync(still)
      const around = [n - 1, n, n + 1].filter((each) => each >= 0 && each < frames)
      const differences = await Promise.all(around.map((each) => apart(exact, bytes.subarray(offsets[each], offsets[each + 1]))))
      expect(around[differences.indexOf(Math.min(...differences))]).toBe(n)
    }
  })

  it('is about as large as was told before', async () => {
    const path = clips.get('uneven.mp4') as string
    const { bytes } = await run(studio, 'estimateProxy', { path, cache: null, box })
    const { offsets } = await run(studio, 'makeProxy', { path, cache: null, box, out: join(home.path, 'told.jpgs') })
    expect(Math.abs(bytes / (offsets.at(-1) as number) - 1)).toBeLessThan(0.2)
  })

  it('of numbered pictures is refused, with what to do', async () => {
    const folder = join(home.path, 'scans')
    await makeSequence(folder, 'png')
    await expect(run(studio, 'makeProxy', { path: folder, cache: null, box, out: join(home.path, 'none.jpgs') })).rejects.toMatchObject({ code: 'unsupported' })
  })
})
