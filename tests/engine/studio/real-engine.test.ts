import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createRouterClient } from '@orpc/server'
import sharp from 'sharp'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createFileStudio } from '../../../src/studio/files.ts'
import { forkEngine } from '../../../src/studio/hosting/fork-engine.ts'
import { createStudio, type Studio } from '../../../src/studio/index.ts'
import { temporaryFolder, until } from '../../unit/studio/studio-fixture.ts'

const root = join(import.meta.dirname, '..', '..', '..')
const spawnEngine = forkEngine({ entry: join(root, 'src', 'engine', 'process.ts') })
const recipe = { version: 1 as const, steps: [{ step: 'colorize', enabled: true, params: {} }] }

let home: ReturnType<typeof temporaryFolder>
let studio: Studio | null = null

beforeEach(() => {
  home = temporaryFolder()
})
afterEach(async () => {
  await studio?.close()
  studio = null
  home.remove()
})

/** A soft grey scene: sky, hill, a disc. */
async function draw(name: string, width: number, height: number): Promise<string> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <defs><linearGradient id="g" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#ddd"/><stop offset="1" stop-color="#999"/></linearGradient></defs>
    <rect width="100%" height="100%" fill="url(#g)"/><ellipse cx="50%" cy="100%" rx="70%" ry="40%" fill="#555"/><circle cx="70%" cy="30%" r="10%" fill="#fff"/></svg>`
  const path = join(home.path, name)
  await sharp(Buffer.from(svg)).greyscale().png().toFile(path)
  return path
}

const paths = () => ({ data: join(home.path, 'data'), bundledModels: [join(root, 'models')], extraModels: [], resources: join(root, 'resources') })

describe('the studio with its real engine', () => {
  test('colours a picture, shows it, survives the death of the engine in mid-batch, and exports', async () => {
    studio = createStudio({ paths: paths(), spawnEngine, version: '0.0.0-test' })
    const { grants, pictures, engine } = studio
    const client = createRouterClient(studio.router)
    const files = await Promise.all([1, 2, 3, 4].map((n) => draw(`picture ${n}.png`, 480 + n * 16, 360)))
    const { added, rejected } = await client.assets.add({ grants: files.map((file) => grants.give(file).grant) })
    expect(rejected).toEqual([])
    expect(added).toHaveLength(4)
    const first = added[0]
    if (!first) throw new Error('nothing was added')

    const preview = await client.photos.preview({ asset: first.id, recipe, box: { width: 400, height: 400 }, lane: 'preview:1' })
    expect([preview.width, preview.height]).toEqual([400, Math.round((360 / 496) * 400)])
    const shown = await sharp(pictures.path(preview.key) ?? '').metadata()
    expect([shown.width, shown.height]).toEqual([preview.width, preview.height])
    expect(preview.figures.model?.id).toMatch(/^colorize-photo/)

    await client.photos.colorAll({ assets: added.map((asset) => asset.id), again: true })
    await until(async () => (await client.jobs.list()).summary.running > 0, 'the start of the batch')
    process.kill(engine.pid ?? -1, 'SIGKILL')
    await until(async () => (await client.jobs.list()).summary.done === 4, 'the end of the batch')
    expect((await client.assets.list()).every((asset) => asset.state === 'done' || asset.state === 'doubtful')).toBe(true)

    mkdirSync(join(home.path, 'out'))
    const folder = grants.give(join(home.path, 'out'), { write: true }).grant
    await client.photos.export({ versions: [first.currentVersion], folder, options: { format: 'jpeg', quality: 90, compare: true } })
    await until(async () => (await client.jobs.list()).summary.done === 5, 'the export')
    expect(readdirSync(join(home.path, 'out')).sort()).toEqual(['picture 1-colour-compare.jpg', 'picture 1-colour.jpg'])
    const made = await sharp(join(home.path, 'out', 'picture 1-colour.jpg')).metadata()
    expect([made.format, made.width, made.height]).toEqual(['jpeg', 496, 360])
  })

  test('answers every question of the doctor', async () => {
    studio = createStudio({ paths: paths(), spawnEngine, version: '0.0.0-test' })
    const findings = await createRouterClient(studio.router).system.doctor()
    const named = (name: string) => findings.find((finding) => finding.name === name)
    expect(named('Engine')?.ok).toBe(true)
    expect(named('Provider cpu')).toMatchObject({ ok: true, value: expect.stringContaining('works') })
    expect(findings.some((finding) => finding.name.startsWith('Model colorize-photo') && finding.ok)).toBe(true)
    expect(findings.every((finding) => finding.ok || finding.remedy)).toBe(true)
  })
})

describe('single files', () => {
  test('are coloured once: the same work again is passed over, other work is refused without overwrite', async () => {
    const files = createFileStudio({ paths: paths(), spawnEngine, version: '0.0.0-test' })
    try {
      const input = await draw('großmutter 1.png', 320, 240)
      const request = { input, target: join(home.path, 'out.png'), recipe, format: 'png' as const, quality: 95, depth: 'same' as const, label: true, compare: false, overwrite: false }
      const seen: number[] = []
      const made = await files.colorizeFile(request, { onProgress: (done) => seen.push(done) })
      expect(made).toMatchObject({ width: 320, height: 240, depth: 8, alreadyColor: false })
      expect(existsSync(request.target)).toBe(true)
      expect(await files.colorizeFile(request)).toEqual({ input, output: request.target, skipped: true })
      const other = { ...request, recipe: { version: 1 as const, steps: [{ step: 'colorize', enabled: true, params: { strength: 0.5 } }] } }
      await expect(files.colorizeFile(other)).rejects.toMatchObject({ code: 'not-writable' })
      await files.colorizeFile({ ...other, overwrite: true })
      await expect(files.colorizeFile({ ...request, input: join(home.path, 'none.png') })).rejects.toMatchObject({ code: 'bad-input' })
    } finally {
      await files.close()
    }
  })

  test('use the provider that the probe of this machine found, and say so where it fails after all', async () => {
    const { data } = paths()
    mkdirSync(data, { recursive: true })
    const cuda = { name: 'cuda', usable: true, reason: 'NVIDIA CUDA works.', remedy: null, ms: 1 }
    writeFileSync(join(data, 'machine.json'), JSON.stringify({ version: '0.0.0-test', providers: [cuda], speeds: {} }))
    const files = createFileStudio({ paths: paths(), spawnEngine, version: '0.0.0-test' })
    try {
      const input = await draw('a.png', 96, 64)
      const made = await files.colorizeFile({ input, target: join(home.path, 'out.png'), recipe, format: 'png', quality: null, depth: 'same', label: true, compare: false, overwrite: false })
      // Where there is no such card, the processor does the work and the result says why.
      expect('provider' in made && made.provider === 'cpu' ? made.providerNote?.message : 'NVIDIA CUDA').toContain('NVIDIA CUDA')
    } finally {
      await files.close()
    }
  })

  test('name the model that is missing before anything is written', async () => {
    const files = createFileStudio({ paths: paths(), spawnEngine, version: '0.0.0-test' })
    try {
      const input = await draw('a.png', 64, 48)
      const wanted = { version: 1 as const, steps: [{ step: 'colorize', enabled: true, params: { model: 'colorize-nowhere' } }] }
      await expect(files.colorizeFile({ input, target: join(home.path, 'b.png'), recipe: wanted, format: 'png', quality: 95, depth: 'same', label: true, compare: false, overwrite: false })).rejects.toMatchObject({ code: 'missing-model' })
      expect(readdirSync(home.path)).toEqual(['a.png'])
    } finally {
      await files.close()
    }
  })
})
