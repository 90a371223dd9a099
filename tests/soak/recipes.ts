import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pythonWithTorch } from './support/python.ts'
import type { Soak } from './support/soak.ts'

const training = join(import.meta.dirname, '../../training')
/** Every folder of training/ that has one: a new recipe is run by being there. */
const recipes = readdirSync(training).filter((name) => existsSync(join(training, name, 'smoke.py'))).sort()
/** What each may take, in minutes; they are asked for two, and machines differ. */
const most = 20

export const soak: Soak = {
  name: 'recipes',
  about: 'every recipe of training/ trains, resumes, exports and measures on pictures drawn on the spot',
  async run({ scratch, say }) {
    if (!pythonWithTorch) {
      say('no Python with PyTorch and onnx here: skipped')
      return { recipes: 0, skipped: 1 }
    }
    for (const name of recipes) {
      const cwd = join(scratch, name)
      mkdirSync(cwd)
      const started = Date.now()
      const { status, stdout, stderr, error } = spawnSync(pythonWithTorch, [join(training, name, 'smoke.py')], {
        cwd,
        encoding: 'utf8',
        maxBuffer: 1 << 28,
        timeout: most * 60_000,
        // Its own folder for what it draws and trains, so that nothing is left when it is ended.
        env: { ...process.env, TMPDIR: cwd },
      })
      if (status !== 0) throw new Error(`training/${name}/smoke.py: ${error?.message ?? `status ${status}`}\n${(stdout + stderr).slice(-4000)}`)
      say(`${name}: ${Math.round((Date.now() - started) / 1000)} s`)
    }
    return { recipes: recipes.length, skipped: 0 }
  },
}
