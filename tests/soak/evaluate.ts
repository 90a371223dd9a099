import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { drawFolders, pythonWithNumpy, twinDifferences } from '../engine/cli/twin.ts'
import type { Soak } from './support/soak.ts'

const optionsOfRounds = [[], ['--hints', 'hints', '--groups', 'groups.csv'], ['--strength', '0.6,0.8,1,1.2,1.4', '--side', '100'], ['--frames']]

export const soak: Soak = {
  name: 'evaluate',
  about: 'figures of random folders, by the command line and by its twin in Python: they agree to a thousandth',
  async run({ until, seed, scratch, say }) {
    if (!pythonWithNumpy) {
      say('no Python with NumPy and Pillow here: skipped')
      return { rounds: 0, compared: 0, skipped: 1 }
    }
    const counts = { rounds: 0, compared: 0, skipped: 0 }
    do {
      const folder = join(scratch, `round-${counts.rounds}`)
      await drawFolders(folder, seed + 100 * counts.rounds)
      const options = optionsOfRounds[counts.rounds % optionsOfRounds.length] ?? []
      const { differences, compared } = await twinDifferences(folder, options)
      if (differences.length > 0) throw new Error(`round ${counts.rounds}, ${options.join(' ') || 'no options'}:\n${differences.slice(0, 20).join('\n')}`)
      rmSync(folder, { recursive: true, force: true })
      counts.rounds += 1
      counts.compared += compared
    } while (Date.now() < until)
    return counts
  },
}
