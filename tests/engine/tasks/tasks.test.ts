import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EngineInput, EngineOutput } from '../../../src/contract/engine.ts'
import type { Recipe } from '../../../src/contract/recipe.ts'
import { engineMb } from '../../../src/engine/workers/budget.ts'
import type { Studio } from '../../../src/engine/workers/context.ts'
import { abGraph, writeModel } from '../onnxGraph.ts'
import { bundledModel, makeStudio, run, temporaryFolder } from '../studio.ts'

const folder = temporaryFolder()
const at = (name: string): string => join(folder.path, name)
let studio: Studio

const recipe = (params: Record<string, unknown> = {}): Recipe => ({ version: 1, steps: [{ step: 'colorize', enabled: true, params }] })
const [width, height] = [900, 600]

/** A soft grey scene with a bright sky and dark shapes. */
function scene(x: number, y: number): number {
  const dark = Math.hypot(x - 300, y - 400) < 120 || (x > 600 && x < 760 && y > 250)
  return dark ? 60 + 20 * Math.sin(x / 9) : 230 - y / 4 + 8 * Math.sin(y / 13)
}

beforeAll(async () => {
  studio = makeStudio()
  const grey = Uint8Array.from({ length: width * height }, (_, i) => scene(i % width, Math.floor(i / width)))
  await sharp(grey, { raw: { width, height, channels: 1 } })
    .toColourspace('b-w')
    .jpeg({ quality: 95 })
    .withExif({ IFD0: { ImageDescription: 'grandmother', Copyright: 'us' } })
    .toFile(at('photo.jpg'))
  const deep = Uint16Array.from({ length: width * height }, (_, i) => 257 * scene(i % width, Math.floor(i / width)) + (i % 200))
  await sharp(deep, { raw: { width, height, channels: 1 } }).toColourspace('grey16').tiff({ compression: 'deflate' }).toFile(at('deep.tif'))
})
afterAll(async () => {
  await studio.sessions.releaseAll()
  folder.remove()
})

const exportInput = (source: string, target: string, more: Partial<EngineInput<'export'>> = {}): EngineInput<'export'> => ({
  source: { path: at(source) },
  recipe: recipe(),
  model: bundledModel,
  target: at(target),
  format: 'png',
  quality: 95,
  depth: 'same',
  label: true,
  compare: null,
  overwrite: false,
  ...more,
})
const renderInput = (out: string, more: Partial<EngineInput<'render'>> = {}): EngineInput<'render'> => ({
  source: { path: at('photo.jpg') },
  recipe: recipe(),
  model: bundledModel,
  box: { width: 450, height: 450 },
  out: at(out),
  ...more,
})
const pixels = async (path: string): Promise<Buffer> => sharp(path).removeAlpha().raw().toBuffer()
/** Mean difference of two pictures of one size, in 8-bit levels. */
async function difference(first: string, second: string): Promise<number> {
  const [a, b] = await Promise.all([pixels(first), pixels(second)])
  expect(a.length).toBe(b.length)
  return a.reduce((sum, value, i) => sum + Math.abs(value - (b[i] ?? 0)), 0) / a.length
}

describe('inspect, thumbnail, original', () => {
  it('tells size, hash and colour kind of a file', async () => {
    const found = await run(studio, 'inspect', { path: at('photo.jpg') })
    expect(found).toMatchObject({ info: { width, height, format: 'jpeg', depth: 8 }, colorKind: 'grey' })
    expect(found.sha256).toMatch(/^[0-9a-f]{64}$/)
    expect((await run(studio, 'inspect', { path: at('photo.jpg'), hash: false })).sha256).toBeNull()
  })

  it('what is no picture is refused with its name', async () => {
    writeFileSync(at('text.jpg'), 'not a picture')
    await expect(run(studio, 'inspect', { path: at('text.jpg') })).rejects.toMatchObject({ code: 'bad-input', message: expect.stringContaining('text.jpg') })
  })

  it('makes a small picture and a view, and the part of it that is asked for', async () => {
    expect(await run(studio, 'thumbnail', { source: { path: at('photo.jpg') }, side: 120, out: at('thumb.webp') })).toEqual({ width: 120, height: 80 })
    const box = { width: 300, height: 300 }
    expect(await run(studio, 'original', { source: { path: at('photo.jpg') }, box, out: at('view.jpg') })).toEqual({ width: 300, height: 200 })
    const crop = { x: 0.5, y: 0.5, width: 0.2, height: 0.2 }
    expect(await run(studio, 'original', { source: { path: at('photo.jpg') }, box, crop, out: at('part.jpg') })).toEqual({ width: 180, height: 120 })
    // The right half of this part is the dark post.
    const right = await sharp(at('part.jpg')).extract({ left: 156, top: 60, width: 20, height: 40 }).raw().toBuffer()
    expect(Math.max(...right)).toBeLessThan(100)
  })
})

describe('render', () => {
  it('gives the view, its figures, the mask of doubt and the small picture in one go', async () => {
    const made = await run(studio, 'render', renderInput('render.jpg', { doubtOut: at('doubt.png'), thumbnail: { side: 100, out: at('small.webp') } }))
    expect(made).toMatchObject({ width: 450, height: 300, figures: { renderFactor: 12, model: { id: 'colorize-photo-bootstrap' } } })
    expect(made.figures.confidence).toBeGreaterThan(0)
    const doubt = await sharp(at('doubt.png')).metadata()
    expect(doubt).toMatchObject({ width: 450, height: 300, hasAlpha: true })
    // What is hatched is what is told: as much of the picture as the share says.
    const told = made.figures.doubt ?? 0
    const alpha = await sharp(at('doubt.png')).extractChannel('alpha').raw().toBuffer()
    const hatched = alpha.reduce((sum, value) => sum + value, 0) / (255 * alpha.length)
    expect(told).toBeGreaterThan(0)
    expect(told).toBeLessThan(1)
    expect(Math.abs(hatched - told)).toBeLessThan(0.03)
    expect(await sharp(at('small.webp')).metadata()).toMatchObject({ width: 100, height: 67 })
    const stats = await sharp(at('render.jpg')).stats()
    expect(stats.channels).toHaveLength(3)
  })

  it('moving strength or saturation asks neither decoder nor network again; moving the factor asks the network', async () => {
    await run(studio, 'render', renderInput('first.jpg'))
    const saturated = await run(studio, 'render', renderInput('second.jpg', { recipe: recipe({ saturation: 1.6, strength: 0.8 }) }))
    expect(saturated.figures.ms.network).toBe(0)
    expect(saturated.figures.ms.decode).toBeLessThan(10)
    expect(await difference(at('first.jpg'), at('second.jpg'))).toBeGreaterThan(0.5)
    const refactored = await run(studio, 'render', renderInput('third.jpg', { recipe: recipe({ renderFactor: 8 }) }))
    expect(refactored.figures.ms.network).toBeGreaterThan(0)
    expect(refactored.figures.networkSize).not.toEqual(saturated.figures.networkSize)
  })

  it('a part that the memory setting does not hold at full size is shown coarser, and that is said', async () => {
    await sharp({ create: { width: 4000, height: 3000, channels: 3, background: '#777777' } }).png().toFile(at('wide.png'))
    const tight = makeStudio(engineMb + 40)
    const crop = { x: 0.4, y: 0.4, width: 0.1, height: 0.1 }
    const input = renderInput('close.jpg', { source: { path: at('wide.png') }, crop, box: { width: 400, height: 300 } })
    try {
      const made = await run(tight, 'render', input)
      expect(made).toMatchObject({ width: 200, height: 150, figures: { notes: [{ code: 'view-coarser', message: expect.stringContaining(`${engineMb + 40} MB`) }] } })
      expect(await run(studio, 'render', { ...input, out: at('fine.jpg') })).toMatchObject({ width: 400, height: 300, figures: { notes: [] } })
    } finally {
      await tight.sessions.releaseAll()
    }
  })

  it('a part of the picture has the colours of the whole', async () => {
    const exported = await run(studio, 'export', exportInput('photo.jpg', 'whole.png', { label: false }))
    expect(exported.figures).toMatchObject({ width, height })
    const crop = { x: 200 / width, y: 150 / height, width: 300 / width, height: 240 / height }
    const part = await run(studio, 'render', renderInput('crop.jpg', { crop, box: { width: 600, height: 600 } }))
    expect(part).toMatchObject({ width: 300, height: 240 })
    await sharp(at('whole.png')).extract({ left: 200, top: 150, width: 300, height: 240 }).toFile(at('whole-part.png'))
    expect(await difference(at('crop.jpg'), at('whole-part.png'))).toBeLessThan(2.5)
  })

  it('an unknown step is left out and a wrong setting is set back and said', async () => {
    const steps = [{ step: 'from-the-future', enabled: true, params: {} }, { step: 'colorize', enabled: true, params: { saturation: 9 } }]
    const made = await run(studio, 'render', renderInput('repaired.jpg', { recipe: { version: 1, steps } }))
    expect(made.figures.notes).toContainEqual(expect.objectContaining({ code: 'parameter-repaired', message: expect.stringContaining('saturation') }))
  })

  it('a recipe whose steps are switched off shows the original', async () => {
    const off: Recipe = { version: 1, steps: [{ step: 'colorize', enabled: false, params: {} }] }
    const made = await run(studio, 'render', renderInput('off.jpg', { recipe: off, model: '' }))
    expect(made.figures.model).toBeNull()
    const { channels } = await sharp(at('off.jpg')).stats()
    expect(new Set(channels.map(({ mean }) => Math.round(mean))).size).toBe(1)
  })
})

describe('export', () => {
  it.each(['png', 'tiff', 'jpeg', 'webp'] as const)('as %s: size, depth and drift of what was written', async (format) => {
    const { figures, bytes, sha256 } = await run(studio, 'export', exportInput('photo.jpg', `out.${format}`, { format }))
    expect(figures).toMatchObject({ width, height, depth: 8, alreadyColor: false })
    expect(figures.lumaDrift.mean).toBeLessThan(format === 'png' || format === 'tiff' ? 0.1 : 0.6)
    if (format === 'png' || format === 'tiff') expect(figures.lumaDrift.max).toBeLessThan(0.5)
    expect(bytes).toBeGreaterThan(1000)
    expect(sha256).toMatch(/^[0-9a-f]{64}$/)
  })

  it('a lossless WebP in is a lossless WebP out, with the drift that only one without loss has', async () => {
    await sharp(at('photo.jpg')).webp({ lossless: true }).toFile(at('art.webp'))
    const kept = await run(studio, 'export', exportInput('art.webp', 'art-out.webp', { format: 'webp', quality: null }))
    const asked = await run(studio, 'export', exportInput('art.webp', 'art-95.webp', { format: 'webp', quality: 95 }))
    expect(kept.figures.lumaDrift.max).toBeLessThan(0.5)
    expect(asked.figures.lumaDrift.max).toBeGreaterThan(0.5)
  })

  it('16 bit stay 16 bit, with a drift that only 16 bit can have', async () => {
    const { figures } = await run(studio, 'export', exportInput('deep.tif', 'deep-out.tif', { format: 'tiff' }))
    expect(figures.depth).toBe(16)
    expect(figures.lumaDrift.mean).toBeLessThan(0.01)
    expect(await sharp(at('deep-out.tif')).metadata()).toMatchObject({ depth: 'ushort', channels: 3 })
    const eight = await run(studio, 'export', exportInput('deep.tif', 'deep-out.png', { depth: 8 }))
    expect(eight.figures.depth).toBe(8)
    expect(eight.figures.lumaDrift.mean).toBeGreaterThan(0.005)
    expect(eight.figures.lumaDrift.max).toBeLessThan(0.5)
  })

  it('keeps metadata, writes label and stamp, and adds the comparison', async () => {
    const made = await run(studio, 'export', exportInput('photo.jpg', 'labelled.jpg', { format: 'jpeg', compare: at('labelled-compare.jpg'), stamp: 'work-17' }))
    expect(made.kept).toContain('exif')
    const metadata = await sharp(at('labelled.jpg')).metadata()
    expect(metadata.xmpAsString).toContain('compositeWithTrainedAlgorithmicMedia')
    expect(metadata.xmpAsString).toContain('Hourglass Studio 0.0.0-test')
    expect(await run(studio, 'readStamp', { path: at('labelled.jpg') })).toEqual({ stamp: 'work-17' })
    expect(await run(studio, 'readStamp', { path: at('photo.jpg') })).toEqual({ stamp: null })
    expect(await run(studio, 'readStamp', { path: at('nowhere.jpg') })).toEqual({ stamp: null })
    const compare = await sharp(at('labelled-compare.jpg')).metadata()
    expect(compare).toMatchObject({ width: 2 * width + 8, height })
    const bare = await run(studio, 'export', exportInput('photo.jpg', 'bare.jpg', { format: 'jpeg', label: false }))
    expect(bare.kept).toContain('exif')
    expect((await sharp(at('bare.jpg')).metadata()).xmpAsString ?? '').not.toContain('Hourglass')
  })

  it('tells in the label which reference picture was used, not in which folder it lies', async () => {
    const { output } = await run(studio, 'export', exportInput('photo.jpg', 'referred.jpg', { format: 'jpeg', recipe: recipe({ reference: at('photo.jpg') }) }))
    const written = readFileSync(output).toString('latin1')
    expect(written).toContain('reference')
    expect(written).not.toContain(folder.path)
  })

  it('never writes over the source, nor over anything else unless asked', async () => {
    await expect(run(studio, 'export', exportInput('photo.jpg', 'photo.jpg', { format: 'jpeg', overwrite: true }))).rejects.toMatchObject({ code: 'not-writable' })
    await expect(run(studio, 'export', exportInput('photo.jpg', 'out.png'))).rejects.toMatchObject({ code: 'not-writable' })
    await expect(run(studio, 'export', exportInput('photo.jpg', 'no-such-folder/out.png'))).rejects.toMatchObject({ code: 'not-writable' })
    expect(existsSync(at('no-such-folder'))).toBe(false)
  })

  it('the smallest and the narrowest pictures come out in their own size', async () => {
    await sharp({ create: { width: 1, height: 1, channels: 3, background: '#808080' } }).png().toFile(at('one.png'))
    await sharp({ create: { width: 3, height: 900, channels: 3, background: '#909090' } }).png().toFile(at('narrow.png'))
    for (const [name, w, h] of [['one', 1, 1], ['narrow', 3, 900]] as const) {
      const { figures } = await run(studio, 'export', exportInput(`${name}.png`, `${name}-out.png`))
      expect(figures).toMatchObject({ width: w, height: h })
      expect(figures.lumaDrift.max).toBeLessThan(0.5)
    }
  })
})

describe('the factor by itself', () => {
  it('tries five factors of the card, scores them, and says why one won', async () => {
    const found = await run(studio, 'suggestFactor', { source: { path: at('photo.jpg') }, recipe: recipe(), model: bundledModel })
    expect(found.candidates.map(({ renderFactor }) => renderFactor)).toEqual([7, 10, 12, 15, 19])
    const best = found.candidates.reduce((most, candidate) => (candidate.score > most.score ? candidate : most))
    expect(found.renderFactor).toBe(best.renderFactor)
    expect(found.reason.key).toMatch(/^inspector\.factorReason\.(colorfulness|spread|agreement|gamut)$/)
    const made: EngineOutput<'render'> = await run(studio, 'render', renderInput('auto.jpg', { recipe: recipe({ renderFactor: 'auto' }) }))
    expect(made.figures.renderFactor).toBe(found.renderFactor)
  })

  it('a model of fixed size has no factor, and that is the answer', async () => {
    const model = writeModel(at('fixed'), abGraph({ channels: 1, side: 128 }), { size: { mode: 'fixed', default: 128, fit: 'stretch' }, renderFactor: undefined })
    const found = await run(studio, 'suggestFactor', { source: { path: at('photo.jpg') }, recipe: recipe(), model })
    expect(found).toMatchObject({ candidates: [], reason: { key: 'inspector.factorReason.fixed' } })
  })
})

describe('models and the machine', () => {
  it('verifies and measures the bundled model', async () => {
    expect(await run(studio, 'verifyModel', { folder: bundledModel })).toMatchObject({ ok: true })
    const { ms, provider } = await run(studio, 'measureModel', { folder: bundledModel })
    expect(ms).toBeGreaterThan(0)
    expect(provider).toBe('cpu')
  })

  it('says of a broken model what is wrong with it', async () => {
    mkdirSync(at('broken'))
    writeFileSync(at('broken/card.json'), '{"id": "x"}')
    expect(await run(studio, 'verifyModel', { folder: at('broken') })).toMatchObject({ ok: false, message: expect.stringContaining('card') })
    copyFileSync(join(bundledModel, 'card.json'), at('broken/card.json'))
    expect(await run(studio, 'verifyModel', { folder: at('broken') })).toMatchObject({ ok: false, message: expect.stringContaining('missing') })
    writeFileSync(at('broken/model.onnx'), 'x')
    expect(await run(studio, 'verifyModel', { folder: at('broken') })).toMatchObject({ ok: false, message: expect.stringContaining('bytes') })
  })

  it('recognises a known network and gives its card', async () => {
    writeModel(at('eccv'), abGraph({ channels: 1, side: 256 }))
    copyFileSync(at('eccv/model.onnx'), at('colorization-eccv-16.onnx'))
    const found = await run(studio, 'recognizeModel', { file: at('colorization-eccv-16.onnx') })
    expect(found).toMatchObject({ task: 'colorize', card: { id: 'colorize-eccv16', sha256: found.sha256, bytes: found.bytes } })
  })

  it('probes providers one by one: the processor works, what this system does not carry is said', async () => {
    const foreign = process.platform === 'darwin' ? 'dml' : 'coreml'
    const listed = new Map((await run(studio, 'listProviders', {})).map(({ name, report }) => [name, report]))
    expect(listed.get('cpu')).toBeNull()
    expect(listed.get(foreign)).toMatchObject({ usable: false, reason: expect.stringContaining('not part of') })
    expect(await run(studio, 'probeProvider', { name: 'cpu' })).toMatchObject({ name: 'cpu', usable: true })
    expect(await run(studio, 'probeProvider', { name: foreign })).toEqual(listed.get(foreign))
  })

  it('tells its memory, and looks for ffmpeg', async () => {
    const { rssMb, sessions } = await run(studio, 'memory', {})
    expect(rssMb).toBeGreaterThan(20)
    expect(sessions).toBeGreaterThan(0)
    const found = await run(studio, 'probeFfmpeg', {})
    expect(found.ffmpeg === null).toBe(found.version === null)
    if (found.ffmpeg === null) expect(found.problem).not.toBeNull()
  })
})
