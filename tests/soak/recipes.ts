import { spawn, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { modelCard } from '../../src/contract/models.ts'
import { readModel } from '../../src/engine/models/cards.ts'
import { Sessions } from '../../src/engine/models/sessions.ts'
import { tryOut } from '../../src/engine/models/tryOut.ts'
import { must, python, repository } from './support/python.ts'
import type { Soak } from './support/soak.ts'

/** Folder of each recipe below training/. */
const recipes = ['photo', 'page'] as const

/** Runs a recipe's smoke.py; its words are only told when it fails. */
async function smoke(recipe: string, seconds: number, keep: string): Promise<{ status: number | null; told: string }> {
  const child = spawn(python ?? '', [join(repository, 'training', recipe, 'smoke.py'), '--seconds', String(seconds), '--keep', keep])
  let told = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (words: Buffer) => (told += words.toString()))
  return new Promise((resolve) => child.on('close', (status) => resolve({ status, told })))
}

/** The model the recipe exported is one the studio can run. */
async function runs(folder: string): Promise<number> {
  const sessions = new Sessions({ provider: 'cpu', threads: 1, memoryMb: 512 })
  try {
    const model = await readModel(folder)
    must(modelCard.safeParse(model.card).success, 'the card says nothing usable')
    return (await tryOut(sessions, model)).ms
  } finally {
    await sessions.releaseAll()
  }
}

export const soak: Soak = {
  name: 'recipes',
  about: 'every training recipe packs, trains, resumes, measures and exports on pictures it draws itself, and the studio runs what came out',
  async run({ until, scratch, say }) {
    const counts = { rounds: 0, runs: 0, skipped: 0 }
    if (!python || spawnSync(python, ['-c', 'import PIL']).status !== 0) {
      say('no Python with PyTorch, onnx and Pillow here: skipped')
      return { ...counts, skipped: 1 }
    }
    do {
      for (const recipe of recipes) {
        const keep = join(scratch, `${recipe}-${counts.rounds}`)
        const { status, told } = await smoke(recipe, 4, keep)
        must(status === 0, `the recipe ${recipe} failed: ${told.slice(-4000)}`)
        say(`${recipe}: its model ran in ${Math.round(await runs(keep))} ms`)
        counts.runs += 1
      }
      counts.rounds += 1
    } while (Date.now() < until)
    return counts
  },
}
