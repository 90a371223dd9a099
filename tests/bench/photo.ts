import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { type Bench, figure } from './support/bench.ts'
import { drawPhoto } from './support/pictures.ts'
import { launcher, runWell } from './support/processes.ts'

const quality = '92'
const roundTrip = join(import.meta.dirname, 'support/sharp-round-trip.ts')

/** Times `hourglass colorize` and sharp's round trip in turn, so that a busy machine is unfair to both alike. */
async function sideBySide(files: string[], scratch: string, runs: number): Promise<{ ours: number[]; against: number[]; subsampling: string }> {
  const [ourFolder, theirFolder] = [join(scratch, 'ours'), join(scratch, 'theirs')]
  mkdirSync(theirFolder, { recursive: true })
  const colorize = (): Promise<{ ms: number }> => {
    rmSync(ourFolder, { recursive: true, force: true })
    return runWell(process.execPath, [launcher, 'colorize', ...files, '--out-dir', ourFolder, '--quality', quality, '--json'])
  }
  // One run of each that is not counted: fills the page cache, and tells the subsampling that both sides use.
  await colorize()
  const { chromaSubsampling: subsampling = '4:4:4' } = await sharp(join(ourFolder, files[0]!.split('/').at(-1)!)).metadata()
  const copy = (): Promise<{ ms: number }> => runWell(process.execPath, [roundTrip, quality, subsampling, theirFolder, ...files])
  await copy()
  const ours: number[] = []
  const against: number[] = []
  for (let run = 0; run < runs; run += 1) {
    ours.push((await colorize()).ms)
    against.push((await copy()).ms)
  }
  return { ours, against, subsampling }
}

export const bench: Bench = {
  name: 'photo',
  about: "colorizing from the terminal against sharp's own decode and encode, whole processes, same quality and subsampling",
  async run({ runs, scratch, say }) {
    const large = join(scratch, 'large.jpg')
    await drawPhoto(large, 4000, 3000)
    say('one photo of 12 MP …')
    const one = await sideBySide([large], join(scratch, 'one'), runs)
    const album = Array.from({ length: 100 }, (_, index) => join(scratch, `album-${String(index).padStart(3, '0')}.jpg`))
    for (const [index, file] of album.entries()) await drawPhoto(file, 1632, 1224, index + 1)
    say('100 photos of 2 MP in one call …')
    const albumRuns = Math.max(1, Math.round(runs / 3))
    const many = await sideBySide(album, join(scratch, 'many'), albumRuns)
    return [
      figure('photo.12mp', 'ms', one.ours, one.against, { must: 4, goal: 2.5, subsampling: one.subsampling }),
      figure('photo.album', 'ms', many.ours, many.against, { must: 3, photos: album.length, subsampling: many.subsampling }),
    ]
  },
}
