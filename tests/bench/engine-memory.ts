import { join } from 'node:path'
import { EngineClient } from '../../src/studio/engine-client/client.ts'
import { forkEngine } from '../../src/studio/hosting/fork-engine.ts'
import { type Bench, figure } from './support/bench.ts'
import { drawPhoto } from './support/pictures.ts'
import { memoryMb, processTree, repository } from './support/processes.ts'

const sizes: [number, number][] = [[800, 600], [1600, 1200], [600, 900], [2400, 1600], [1000, 1000], [3000, 2000], [500, 1500], [2000, 1333]]
const [warm, all] = [50, 200]

export const bench: Bench = {
  name: 'engine-memory',
  about: 'memory of the engine after photo 200 less its memory after photo 50, sizes mixed',
  async run({ scratch, say }) {
    const files = await Promise.all(sizes.map(async ([width, height], index) => {
      const file = join(scratch, `photo-${index}.jpg`)
      await drawPhoto(file, width, height, index + 1)
      return file
    }))
    const client = new EngineClient({
      spawn: forkEngine({ entry: join(repository, 'out/main/engine.js') }),
      config: () => ({ provider: 'cpu', threads: 2, memoryMb: 1024, version: 'bench' }),
      log: () => undefined,
    })
    const after: Record<number, number> = {}
    try {
      for (let photo = 1; photo <= all; photo += 1) {
        await client.run('export', {
          source: { path: files[photo % files.length]! },
          recipe: { version: 1, steps: [{ step: 'colorize', enabled: true, params: { renderFactor: 8 + (photo % 12) } }] },
          model: join(repository, 'models/colorize-photo-bootstrap'),
          target: join(scratch, 'out.jpg'),
          format: 'jpeg',
          quality: 90,
          depth: 8,
          label: true,
          compare: null,
          overwrite: true,
        })
        if (photo % 25 === 0) {
          after[photo] = memoryMb(processTree(client.pid!))
          say(`after photo ${photo}: ${Math.round(after[photo]!)} MB`)
        }
      }
    } finally {
      await client.close()
    }
    const growth = after[all]! - after[warm]!
    return [{ ...figure('engine-memory.growth', 'MB', [growth], [50]), after50: Math.round(after[warm]!), after200: Math.round(after[all]!) }]
  },
}
