import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import sharp from 'sharp'
import { hourglass } from './run.ts'

const twin = join(import.meta.dirname, '../../../training/evaluate.py')
/** As near as two programs may be that round in different orders. */
const tolerance = 1e-3

/** A Python that the twin of `hourglass evaluate` runs on; null where there is none. */
export const pythonWithNumpy: string | null = ['/usr/bin/python3', 'python3', 'python'].find((each) => spawnSync(each, ['-c', 'import numpy, PIL']).status === 0) ?? null

/** A repeatable sequence in 0…1 (Lehmer). */
function randomFrom(seed: number): () => number {
  let state = (seed % 2_147_483_646) + 1
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
}

interface Look {
  readonly chroma: number
  readonly blur: number
  readonly shift: number
  readonly grain: number
}

/** A picture of overlapping discs and shading; the same seed draws the same scene in another look. */
async function drawScene(file: string, width: number, height: number, seed: number, look: Look): Promise<void> {
  const random = randomFrom(seed)
  const discs = Array.from({ length: 7 }, () => ({ x: random() * width, y: random() * height, radius: (0.1 + 0.25 * random()) * height, color: [255 * random(), 255 * random(), 255 * random()] }))
  const ground = [60 + 120 * random(), 60 + 120 * random(), 60 + 120 * random()]
  const data = Buffer.alloc(3 * width * height)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const color = [...ground]
      for (const disc of discs) {
        const share = 1 / (1 + Math.exp((Math.hypot(x - disc.x - look.shift, y - disc.y) - disc.radius) / (0.3 + look.blur)))
        for (let c = 0; c < 3; c++) color[c] = color[c]! + (disc.color[c]! - color[c]!) * share
      }
      const luma = 0.3 * color[0]! + 0.59 * color[1]! + 0.11 * color[2]!
      const shade = 18 * Math.sin(x / 11) * Math.cos(y / 8) + look.grain * (random() - 0.5)
      for (let c = 0; c < 3; c++) data[3 * (y * width + x) + c] = Math.min(255, Math.max(0, luma + look.chroma * (color[c]! - luma) + shade))
    }
  }
  mkdirSync(dirname(file), { recursive: true })
  await sharp(data, { raw: { width, height, channels: 3 } }).jpeg({ quality: 95, chromaSubsampling: '4:4:4' }).toFormat(file.endsWith('.jpg') ? 'jpeg' : 'png').toFile(file)
}

/**
 * Folders as people have them: `real`, `output` (one JPEG, one of another size, one of each side alone), `hints`,
 * `groups.csv`. The pictures of `people` are frames that follow each other.
 */
export async function drawFolders(folder: string, seed: number): Promise<void> {
  const truth = { chroma: 1, blur: 0, shift: 0, grain: 6 }
  const at = (...parts: string[]): string => join(folder, ...parts)
  for (const n of [1, 2, 3]) {
    await drawScene(at('real/people', `${n}.png`), 120, 88, seed, { ...truth, shift: 2 * n })
    await drawScene(at('output/people', n === 2 ? '2.jpg' : `${n}.png`), 120, 88, seed, { chroma: 0.5 + 0.1 * n, blur: 2, shift: 2 * n, grain: 6 })
  }
  await drawScene(at('real/things/a.png'), 97, 130, seed + 1, truth)
  await drawScene(at('output/things/a.png'), 97, 130, seed + 1, { ...truth, chroma: 0.2 })
  await drawScene(at('real/things/b.png'), 640, 420, seed + 2, truth)
  await drawScene(at('output/things/b.png'), 320, 205, seed + 2, { ...truth, chroma: 1.2, blur: 3 })
  await drawScene(at('real/lonely.png'), 40, 30, seed + 3, truth)
  await drawScene(at('output/extra.png'), 40, 30, seed + 4, truth)
  mkdirSync(at('hints/people'), { recursive: true })
  const random = randomFrom(seed + 5)
  const dots = Array.from({ length: 6 }, (_, n) => ({ kind: 'dot', x: random(), y: random(), color: `#${['c03040', '3070a0', '909090'][n % 3]}`, ...(n % 2 ? { radius: 0.05 * random() } : {}) }))
  const stroke = { kind: 'stroke', color: '#708050', points: Array.from({ length: 12 }, (_, n) => [n / 12, random(), 0.5]) }
  writeFileSync(at('hints/people/1.hints.json'), JSON.stringify({ version: 1, size: [120, 88], hints: [...dots, stroke] }))
  writeFileSync(at('groups.csv'), 'name,group\npeople/2.png,dark\na,dark\n')
}

/** Numbers apart from each other, or of another kind, with their places; texts are compared where both have them. */
function apart(ours: unknown, theirs: unknown, place: string, found: string[]): number {
  if (typeof ours === 'number' && typeof theirs === 'number') {
    if (Math.abs(ours - theirs) > tolerance) found.push(`${place}: ${ours} and ${theirs}`)
    return 1
  }
  if (typeof ours === 'object' && ours !== null && typeof theirs === 'object' && theirs !== null) {
    const theirRecord = theirs as Record<string, unknown>
    return Object.entries(ours).reduce((sum, [name, value]) => sum + (name in theirRecord ? apart(value, theirRecord[name], `${place}.${name}`, found) : 0), 0)
  }
  if (ours !== theirs) found.push(`${place}: ${JSON.stringify(ours)} and ${JSON.stringify(theirs)}`)
  return 0
}

/** Runs the command line and its twin on `real` and `output` of a folder; answers where they differ, and how many numbers were compared. */
export async function twinDifferences(cwd: string, options: readonly string[]): Promise<{ differences: string[]; compared: number }> {
  const args = ['--real', 'real', '--output', 'output', ...options, '--json']
  const ours = await hourglass(['evaluate', ...args], { cwd })
  const theirs = spawnSync(pythonWithNumpy ?? 'python3', [twin, ...args], { cwd, encoding: 'utf8', maxBuffer: 1 << 28 })
  if (ours.status !== theirs.status) throw new Error(`the statuses are ${ours.status} and ${theirs.status}: ${ours.err}${theirs.stderr}`)
  const differences: string[] = []
  let compared = 0
  const told = (lines: Record<string, unknown>[]) => lines.filter(({ event }) => event === 'result' || event === 'summary')
  const [own, other] = [told(ours.lines), told(theirs.stdout.split('\n').filter(Boolean).map((line) => JSON.parse(line) as Record<string, unknown>))]
  if (own.length !== other.length) differences.push(`${own.length} lines and ${other.length}`)
  for (const [i, line] of own.entries()) compared += apart(line, other[i] ?? {}, String(line['name'] ?? 'summary'), differences)
  return { differences, compared }
}
