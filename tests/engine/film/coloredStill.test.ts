import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Recipe } from '../../../src/contract/recipe.ts'
import { closeStills } from '../../../src/engine/film/stills.ts'
import type { Studio } from '../../../src/engine/workers/context.ts'
import { bundledModel, makeStudio, run, temporaryFolder } from '../studio.ts'
import { ffmpeg, hasFfmpeg, makeClips } from './clips.ts'

const folder = temporaryFolder()
const at = (name: string): string => join(folder.path, name)
const box = { width: 1000, height: 1000 }
const recipe = (params: Record<string, unknown> = {}): Recipe => ({ version: 1, steps: [{ step: 'colorize', enabled: true, params }] })

/** One plane of a picture file. */
const plane = (file: string, which: 'y' | 'u' | 'a' | 'v'): Buffer => execFileSync('ffmpeg', ['-v', 'error', '-nostdin', '-i', file, '-vf', `format=yuvj420p,extractplanes=${which}`, '-frames:v', '1', '-f', 'rawvideo', '-'], { maxBuffer: 2 ** 26 })
const apart = (one: Buffer, other: Buffer): number => one.reduce((sum, value, i) => sum + Math.abs(value - (other[i] as number)), 0) / one.length
/** Mean distance from grey. */
const colorOf = (file: string): number => (apart(plane(file, 'u'), Buffer.alloc(1e6, 128)) + apart(plane(file, 'v'), Buffer.alloc(1e6, 128))) / 2

describe.skipIf(!hasFfmpeg)('a still in colour', { timeout: 120_000 }, () => {
  let studio: Studio
  let clips: Map<string, string>
  beforeAll(async () => {
    studio = makeStudio()
    clips = await makeClips(folder.path, ['uneven.mp4', 'turned.mp4', 'ten-bit.mkv', 'grey.mkv', 'wide-pixels.mp4'])
    await ffmpeg('-f', 'lavfi', '-i', 'testsrc2=size=128x96:rate=25,trim=end_frame=5', '-vf', 'format=gray,format=yuv420p', '-c:v', 'ffv1', at('plain.mkv'))
  })
  afterAll(async () => {
    closeStills()
    await studio.sessions.releaseAll()
    folder.remove()
  })
  const plain = async (path: string, frame: number, out: string) => {
    await run(studio, 'clipStill', { path, cache: null, frame, box, ahead: false, out: at(out) })
    return at(out)
  }
  const coloured = async (path: string, frame: number, out: string, params: Record<string, unknown> = {}) => {
    const made = await run(studio, 'clipColorStill', { path, cache: null, frame, box, recipe: recipe(params), model: bundledModel, out: at(out) })
    expect(made.frame).toBe(frame)
    return at(out)
  }

  it.each(['uneven.mp4', 'turned.mp4', 'ten-bit.mkv', 'wide-pixels.mp4'])('has the luma of the frame of %s, which stands as the frame does', async (name) => {
    const path = clips.get(name) as string
    const [one, other] = [await plain(path, 7, 'one.jpg'), await coloured(path, 7, 'other.jpg')]
    expect(plane(other, 'y').equals(plane(one, 'y'))).toBe(true)
    expect(plane(other, 'u').equals(plane(one, 'u'))).toBe(false)
  })

  it('has colour, of grey film too, and more of it where the recipe is bolder', async () => {
    expect(colorOf(await coloured(clips.get('grey.mkv') as string, 3, 'grey.jpg'))).toBeGreaterThan(1)
    const [careful, bold] = [await coloured(at('plain.mkv'), 2, 'careful.jpg', { strength: 0.4 }), await coloured(at('plain.mkv'), 2, 'bold.jpg', { strength: 1.4 })]
    expect(colorOf(bold)).toBeGreaterThan(1.5 * colorOf(careful))
    expect(readdirSync(folder.path).filter((file) => file.includes('.colour'))).toEqual([])
  })

  it.each([
    ['turned.mp4', 96, 128, 'uchar'],
    ['wide-pixels.mp4', 186, 96, 'uchar'],
    ['ten-bit.mkv', 128, 96, 'ushort'],
  ] as const)('is saved of %s at full size, upright, in square pixels, at its depth, labelled, with the luma of the frame', async (name, width, height, depth) => {
    const path = clips.get(name) as string
    const [target, bare] = [at(`${name}.png`), at(`${name}.plain.png`)]
    const saved = await run(studio, 'clipColorFrame', { path, cache: null, frame: 7, recipe: recipe(), model: bundledModel, target: { path: target, overwrite: false } })
    await run(studio, 'clipFrame', { path, cache: null, frame: 7, verify: false, target: { path: bare, overwrite: false } })
    expect(await sharp(target).metadata()).toMatchObject({ width, height, depth, channels: 3, format: 'png' })
    expect(saved).toMatchObject({ frame: 7, bytes: statSync(target).size })
    expect((await sharp(target).metadata()).xmp?.toString('utf8')).toContain('AlgorithmicMedia')
    // Two ways of making pixels square differ at edges; the card's own full colours lose some of their luma in RGB.
    const luma = async (file: string): Promise<Buffer> => sharp(await sharp(file).resize({ width, height, fit: 'fill' }).toColourspace('srgb').removeAlpha().blur(2).png().toBuffer()).recomb([[0.299, 0.587, 0.114], [0.299, 0.587, 0.114], [0.299, 0.587, 0.114]]).extractChannel(0).raw().toBuffer()
    const [one, other] = [await luma(target), await luma(bare)]
    expect(apart(one, other)).toBeLessThan(4)
    await expect(run(studio, 'clipColorFrame', { path, cache: null, frame: 7, recipe: recipe(), model: bundledModel, target: { path: target, overwrite: false } })).rejects.toMatchObject({ code: 'not-writable' })
  })

  it('follows the hints of its frame where they were placed, and nowhere else the luma', async () => {
    const hint = { kind: 'dot' as const, x: 0.25, y: 0.5, radius: 0.03, color: '#c02020' }
    const [bare, hinted] = [await coloured(at('plain.mkv'), 1, 'bare.jpg'), await coloured(at('plain.mkv'), 1, 'hinted.jpg', { hints: [hint] })]
    expect(plane(hinted, 'y').equals(plane(bare, 'y'))).toBe(true)
    // Planes of colour are 64 × 48.
    const redAt = (file: string, x: number, y: number) => plane(file, 'v')[Math.floor(y * 48) * 64 + Math.floor(x * 64)] ?? 0
    expect(redAt(hinted, 0.25, 0.5) - redAt(bare, 0.25, 0.5)).toBeGreaterThan(8)
  })

  it('is what that frame becomes in the film, where nothing is held steady', async () => {
    await run(studio, 'colorClip', { path: at('plain.mkv'), target: at('film.mkv'), preset: 'exact', recipe: recipe(), model: bundledModel, steady: 0 })
    const [still, film] = [await coloured(at('plain.mkv'), 3, 'still.jpg'), await plain(at('film.mkv'), 3, 'film.jpg')]
    for (const which of ['y', 'u', 'v'] as const) expect(apart(plane(still, which), plane(film, which))).toBeLessThan(1)
  })

  it('is refused for a frame that is not there, and for a recipe without colour', async () => {
    await expect(coloured(at('plain.mkv'), 5, 'none.jpg')).rejects.toMatchObject({ code: 'bad-input' })
    const off = { path: at('plain.mkv'), cache: null, frame: 0, box, recipe: { version: 1 as const, steps: [] }, model: bundledModel, out: at('off.jpg') }
    await expect(run(studio, 'clipColorStill', off)).rejects.toMatchObject({ code: 'bad-input' })
  })

  it('belongs to a shot, whose ends are found by looking at the film once', async () => {
    await ffmpeg('-f', 'lavfi', '-i', 'testsrc2=size=96x64:rate=25,trim=end_frame=20', '-f', 'lavfi', '-i', 'mandelbrot=size=96x64:rate=25,trim=end_frame=25', '-filter_complex', '[0:v]format=gray[a];[1:v]format=gray[b];[a][b]concat=n=2', '-pix_fmt', 'yuv420p', '-c:v', 'ffv1', at('shots.mkv'))
    expect(await run(studio, 'clipShots', { path: at('shots.mkv'), cache: null, target: null })).toEqual({ shots: [{ from: 0, to: 20 }, { from: 20, to: 45 }], inColor: false })
    mkdirSync(at('pictures'))
    await ffmpeg('-i', at('shots.mkv'), at('pictures/shot_%04d.png'))
    expect(await run(studio, 'clipShots', { path: at('pictures'), cache: null, target: null })).toMatchObject({ shots: [{ from: 0, to: 20 }, { from: 20, to: 45 }] })
  })
})
