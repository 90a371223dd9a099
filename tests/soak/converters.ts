import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import * as ort from 'onnxruntime-node'
import sharp from 'sharp'
import { modelCard } from '../../src/contract/models.ts'
import { readModel } from '../../src/engine/models/cards.ts'
import { Sessions } from '../../src/engine/models/sessions.ts'
import { runWithStatistics } from '../../src/engine/models/wholePicture.ts'
import { drawGrey, hourglass } from '../engine/cli/run.ts'
import { must, pythonWithTorch } from './support/python.ts'
import type { Soak } from './support/soak.ts'

const repository = join(import.meta.dirname, '../..')

interface Numbers {
  readonly shape: number[]
  readonly data: number[]
}
interface Truth {
  readonly inputs: Record<string, Numbers>
  /** What PyTorch answers with the weights as they were published, norms not folded. */
  readonly answer: number[]
}

/** Converter, its options, and the first output of its network. */
const families = {
  siggraph17: { script: 'siggraph17.py', options: ['--classes'], output: 'out_ab' },
  eccv16: { script: 'eccv16.py', options: [], output: 'output' },
  'deoldify-artistic': { script: 'deoldify.py', options: [], output: 'output' },
  'deoldify-video': { script: 'deoldify.py', options: [], output: 'output' },
  ddcolor: { script: 'ddcolor.py', options: [], output: 'output' },
  'film-look': { script: 'film_look.py', options: [], output: 'output' },
} as const

const run = (script: string, ...args: string[]): { status: number | null; told: string } => {
  const { status, stdout, stderr } = spawnSync(pythonWithTorch ?? '', [join(repository, script), ...args], { encoding: 'utf8' })
  return { status, told: stdout + stderr }
}

/** Largest difference of two lists of numbers, and the largest of the second. */
function apart(ours: ArrayLike<number>, theirs: readonly number[]): { worst: number; reach: number } {
  let [worst, reach] = [ours.length === theirs.length ? 0 : Infinity, 0]
  theirs.forEach((value, i) => {
    worst = Math.max(worst, Math.abs(value - Number(ours[i])))
    reach = Math.max(reach, Math.abs(value))
  })
  return { worst, reach }
}

/** The converted network's answer to the input of the truth. */
async function answered(folder: string, truth: Truth, output: string): Promise<ArrayLike<number>> {
  const session = await ort.InferenceSession.create(join(folder, 'model.onnx'), { intraOpNumThreads: 1 })
  try {
    const feeds = Object.fromEntries(Object.entries(truth.inputs).map(([name, { shape, data }]) => [name, new ort.Tensor('float32', Float32Array.from(data), shape)]))
    return (await session.run(feeds))[output]?.data as Float32Array
  } finally {
    await session.release()
  }
}

/** The film look through tiles of the engine, narrow ones at its right and lower border. */
async function looked(folder: string, truth: Truth): Promise<ArrayLike<number>> {
  const model = await readModel(folder)
  const sessions = new Sessions({ provider: 'cpu', threads: 1, memoryMb: 512 })
  try {
    const { shape, data } = truth.inputs['image'] as Numbers
    const image = { channels: 3, height: shape[2] as number, width: shape[3] as number, data: Float32Array.from(data) }
    const tiled = { ...model, card: { ...model.card, tile: { size: 23, overlap: 0 } } }
    return (await runWithStatistics(await sessions.get(tiled), image, { pause: async () => undefined, progress: () => undefined })).data
  } finally {
    await sessions.releaseAll()
  }
}

/** Adds the model as a person would and colours a drawn picture with it. */
async function colored(cwd: string, folder: string, id: string, task: string): Promise<void> {
  const added = await hourglass(['models', 'add', join(folder, 'model.onnx'), '--card', join(folder, 'card.json')], { cwd })
  must(added.status === 0, `${id} was not added: ${added.err}`)
  const verified = await hourglass(['models', 'verify', id], { cwd })
  must(verified.status === 0, `${id} is not whole: ${verified.out}`)
  if (task !== 'colorize') return
  await drawGrey(join(cwd, 'grey.png'))
  const { status, err, lines } = await hourglass(['colorize', 'grey.png', '-o', `${id}.png`, '--model', id, '--render-factor', '12', '--json', '--overwrite'], { cwd })
  must(status === 0, `${id} coloured nothing: ${err} ${JSON.stringify(lines.at(-1))}`)
  const { channels } = await sharp(join(cwd, `${id}.png`)).stats()
  const [red, green, blue] = channels.map(({ mean }) => mean) as [number, number, number]
  must(Math.max(red, green, blue) - Math.min(red, green, blue) > 0.05, `${id} left the picture grey: ${red} ${green} ${blue}`)
}

/** What is wrong with weights is told at once, with status 2, and nothing is written. */
function refused(weights: string, folder: string): void {
  const wrong = run('training/convert/siggraph17.py', join(weights, 'eccv16.pth'), folder)
  must(wrong.status === 2 && /missing|not those of this network/.test(wrong.told), `weights of another network: status ${wrong.status}, ${wrong.told}`)
  const code = spawnSync(pythonWithTorch ?? '', ['-c', 'import os, sys, torch\nclass X:\n  def __reduce__(self): return os.mkdir, (sys.argv[2],)\ntorch.save({"model1.0.weight": torch.zeros(1), "x": X()}, sys.argv[1])', join(weights, 'code.pth'), join(weights, 'ran')])
  must(code.status === 0, 'the file with code was not made')
  const guarded = run('training/convert/eccv16.py', join(weights, 'code.pth'), folder)
  must(guarded.status === 2 && guarded.told.includes('more than numbers'), `a file with code: status ${guarded.status}, ${guarded.told}`)
  must(spawnSync('ls', [join(weights, 'ran')]).status !== 0, 'code in the weights was run')
}

export const soak: Soak = {
  name: 'converters',
  about: 'random weights in their publishers’ layout, converted, answer as PyTorch does and colour a picture in the studio',
  async run({ until, seed, scratch, say }) {
    const counts = { rounds: 0, converted: 0, skipped: 0, worst: 0 }
    if (!pythonWithTorch) {
      say('no Python with PyTorch and onnx here: skipped')
      return { ...counts, skipped: 1 }
    }
    do {
      const cwd = join(scratch, `round-${counts.rounds}`)
      mkdirSync(cwd)
      const made = run('tests/soak/support/random_weights.py', cwd, String(seed + counts.rounds))
      must(made.status === 0, `no weights: ${made.told}`)
      refused(cwd, join(cwd, 'refused'))
      for (const [name, { script, options, output }] of Object.entries(families)) {
        const truth = JSON.parse(readFileSync(join(cwd, `${name}.json`), 'utf8')) as Truth
        for (const precision of ['f32', 'f16'] as const) {
          const folder = join(cwd, `${name}-${precision}`)
          const { status, told } = run(`training/convert/${script}`, join(cwd, `${name}.pth`), folder, '--precision', precision, ...options)
          must(status === 0, `${name} was not converted: ${told}`)
          const card = modelCard.parse(JSON.parse(readFileSync(join(folder, 'card.json'), 'utf8')))
          const whole = name === 'film-look'
          must(!whole || truth.answer.every((value) => value > 0 && value < 1), 'the look that PyTorch gives is clipped: it would compare alike with anything')
          const { worst, reach } = apart(whole ? await looked(folder, truth) : await answered(folder, truth, output), truth.answer)
          must(worst < (precision === 'f32' ? 2e-5 : 5e-3) * reach, `${name}, ${precision}: ${worst} apart, of ${reach}`)
          if (precision === 'f32') counts.worst = Math.max(counts.worst, worst / reach)
          if (precision === 'f16') await colored(cwd, folder, card.id, card.task)
          counts.converted += 1
        }
      }
      rmSync(cwd, { recursive: true, force: true })
      counts.rounds += 1
    } while (Date.now() < until)
    return counts
  },
}
