import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeStudio, run, temporaryFolder } from '../studio.ts'
import { ffmpeg, hasFfmpeg } from './clips.ts'

const home = temporaryFolder()
const place = (name: string) => join(home.path, name)
const [grey, colored, other, turned] = ['grey.mkv', 'colored.mkv', 'other.mkv', 'turned.mp4'].map(place) as [string, string, string, string]
const out = place('out.png')
const box = { width: 64, height: 48 }

/** Ten frames of moving grey; the film of more bits carries the same luma and colour over it. */
beforeAll(async () => {
  if (!hasFfmpeg) return
  const luma = "lum='16+mod(X*3+N*7,200)'"
  const film = ['-f', 'lavfi', '-i', `color=gray:size=64x48:rate=25,trim=end_frame=10,format=yuv420p,geq=${luma}:cb=128:cr=128`]
  await ffmpeg(...film, '-c:v', 'ffv1', grey)
  await ffmpeg(...film, '-vf', "geq=lum='lum(X,Y)':cb=100:cr=170:i=nearest,format=yuv420p10le", '-c:v', 'ffv1', colored)
  await ffmpeg(...film, '-vf', "geq=lum='lum(X,Y)+if(eq(N,4)*eq(X,20)*eq(Y,10),5,0)':cb=128:cr=128:i=nearest", '-c:v', 'ffv1', other)
  await ffmpeg(...film, '-c:v', 'libx264', '-qp', '0', `${turned}.flat.mp4`)
  await ffmpeg('-i', `${turned}.flat.mp4`, '-c', 'copy', '-metadata:s:v', 'rotate=90', turned)
}, 60_000)
afterAll(home.remove)

describe.skipIf(!hasFfmpeg)('two films compared', () => {
  const studio = makeStudio()
  const compare = (second: string, frame: number, mode: 'difference' | 'luma' | 'chroma', gain = 1, first = grey) => run(studio, 'compareClips', { path: first, other: second, cache: null, frame, mode, gain, box, out })

  it('have the same luma where only colour was added, whatever the depth of the file, and the picture of it is black', async () => {
    expect((await compare(colored, 3, 'luma', 64)).luma).toEqual({ most: 0, mean: 0, share: 0, samples: 64 * 48 })
    expect((await sharp(out).stats()).channels[0]?.max).toBe(0)
    await compare(colored, 3, 'difference')
    expect((await sharp(out).stats()).channels[0]?.mean).toBeGreaterThan(30)
    await compare(colored, 3, 'chroma')
    const { channels } = await sharp(out).stats()
    expect(channels[0]?.mean).toBeGreaterThan((channels[2]?.mean ?? 0) + 60)
    expect(channels[0]?.stdev).toBeLessThan(1)
  })

  it('show the one sample that differs in the one frame in which it does', async () => {
    expect((await compare(other, 3, 'luma')).luma.most).toBe(0)
    expect((await compare(other, 4, 'luma', 16)).luma).toMatchObject({ most: 5, share: 1 / (64 * 48) })
    const { data, info } = await sharp(out).extractChannel(0).raw().toBuffer({ resolveWithObject: true })
    expect([info.width, info.height, info.channels]).toEqual([64, 48, 1])
    expect([...data.entries()].filter(([, value]) => value > 0)).toEqual([[10 * 64 + 20, 80]])
  })

  it('stand upright as the first one does', async () => {
    await compare(turned, 2, 'luma', 1, turned)
    expect(await sharp(out).metadata()).toMatchObject({ width: 36, height: 48 })
  })
})

describe.skipIf(!hasFfmpeg)('the instruments of a frame', () => {
  it('count its samples, and draw waveform and vectorscope', async () => {
    const [waveform, vectorscope] = [place('waveform.png'), place('vectorscope.png')]
    const { histogram } = await run(makeStudio(), 'clipScopes', { path: colored, cache: null, frame: 0, waveform, vectorscope })
    for (const counts of [histogram.luma, histogram.red, histogram.green, histogram.blue]) expect(counts.reduce((sum, count) => sum + count, 0)).toBe(64 * 48)
    expect(histogram.luma[16]).toBeGreaterThan(0)
    expect(histogram.luma[15]).toBe(0)
    expect(await sharp(waveform).metadata()).toMatchObject({ width: 64, height: 256 })
    const { data, info } = await sharp(vectorscope).removeAlpha().raw().toBuffer({ resolveWithObject: true })
    const light = [...Array(info.width * info.height).keys()].map((i) => (data[3 * i] as number) + (data[3 * i + 1] as number) + (data[3 * i + 2] as number))
    // One colour is one point, with its glow.
    expect(light.indexOf(Math.max(...light))).toBe((255 - 170) * 256 + 100)
    expect(light.filter((value) => value > 0)).toHaveLength(5)
  })
})

describe.skipIf(!hasFfmpeg)('the flicker of a film', () => {
  it('is found at the frame whose colour differs, by one decode, and a grey film has none', async () => {
    const jumping = place('jumping.mkv')
    await ffmpeg('-i', grey, '-vf', "geq=lum='lum(X,Y)':cb='if(eq(N,6),80,100)':cr=170:i=nearest", '-c:v', 'ffv1', jumping)
    const { percent } = await run(makeStudio(), 'clipFlicker', { path: jumping, cache: null, starts: [0] })
    expect(percent).toHaveLength(10)
    expect(percent.flatMap((value, n) => (value > 10 ? [n] : []))).toEqual([6, 7])
    const none = await run(makeStudio(), 'clipFlicker', { path: grey, cache: null, starts: [0] })
    expect(Math.max(...none.percent)).toBe(0)
  })
})
