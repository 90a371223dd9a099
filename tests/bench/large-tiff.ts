import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { type Bench, figure } from './support/bench.ts'
import { drawPhoto } from './support/pictures.ts'
import { launcher, runWell } from './support/processes.ts'

/** All processes together, MB. */
const allowedMb = 2560

export const bench: Bench = {
  name: 'large-tiff',
  about: 'highest memory of all processes together while a 12,000 × 9,000 TIFF of 16 bit is coloured',
  async run({ scratch, say }) {
    const file = join(scratch, 'large.tif')
    await drawPhoto(file, 12_000, 9000)
    say('colouring 108 MP at 16 bit …')
    const { peakMb, ms } = await runWell(process.execPath, [launcher, 'colorize', file, '-o', join(scratch, 'colour.tif'), '--json'], { watchMemory: true })
    rmSync(file)
    return [figure('large-tiff.memory', 'MB', [peakMb], [allowedMb], { must: 1, ms: Math.round(ms) })]
  },
}
