import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Span } from '../../src/core/film/chunks.ts'
import { ShotFinder } from '../../src/core/film/shots.ts'
import { filmTools, type FilmTools } from '../../src/engine/film/ffmpeg.ts'
import { openClip } from '../../src/engine/film/openClip.ts'
import { lookThrough } from '../../src/engine/film/planning.ts'
import { hasFfmpeg } from '../engine/film/clips.ts'
import { dissolved, drawnScene, onFilm, undissolved } from '../unit/core/film/drawnShots.ts'
import { randomFrom } from '../random.ts'
import { ffmpegSync } from './support/ffmpeg.ts'
import type { Soak } from './support/soak.ts'

const lengths = [6, 8, 12, 24, 48, 72] as const
/** Least share found of dissolves of 12 to 48 frames, and most false ones in five minutes of film: twice what there are in the mean, for the few minutes drawn here. */
const [leastFound, mostFalse] = [0.85, 2]
const [fiveMinutes, perSecond] = [7200, 25]
/** Frames before and after a dissolve at least, drawn films of each kind, dissolves of each length made of films. */
const [alone, drawnSeeds, turns] = [16, 8, 30]
const films = /\.(?:mp4|mov|mkv|avi|mpe?g|ts|webm)$/i

interface Shot extends Span {
  readonly file: string
  /** The film's own. */
  readonly name: string
}

/** Whether one of the starts is in the middle of a dissolve, within four frames or a quarter of its length. */
const isFound = (starts: readonly number[], from: number, length: number): boolean => starts.some((start) => Math.abs(start - from - length / 2) <= Math.max(4, length / 4))

function startsOf(frames: readonly Uint8Array[]): number[] {
  const finder = new ShotFinder()
  for (const frame of frames) finder.push(frame)
  return finder.starts().slice(1)
}

/** Share found of drawn dissolves, and of those by way of white, by length; and false ones in drawn films of one shot each. */
function measureDrawn(seed: number, say: (text: string) => void): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const [kind, by] of Object.entries({ drawn: undefined, drawnByWhite: 235 })) {
    for (const length of lengths) {
      const found = Array.from({ length: drawnSeeds }, (_, n) => {
        const scenes = [drawnScene(seed + 2 * n, { pan: 0.05 }), drawnScene(seed + 2 * n + 1, { pan: -0.03, zoom: 0.001 })] as const
        return isFound(startsOf(onFilm(dissolved(...scenes, length, 30, by), seed + n, 2, 0.04)), 30, length)
      }).filter(Boolean).length
      counts[`${kind}.${length}`] = found / drawnSeeds
    }
  }
  let [wrong, frames] = [0, 0]
  for (const [name, draw] of Object.entries(undissolved)) {
    const found = Array.from({ length: drawnSeeds }, (_, n) => {
      const film = onFilm(draw(seed + n), seed + n)
      frames += film.length
      return startsOf(film).length
    }).reduce((sum, count) => sum + count, 0)
    if (found > 0) say(`${name}: ${found} false in ${drawnSeeds} films`)
    wrong += found
  }
  return { ...counts, 'drawn.falseInFiveMinutes': (wrong * fiveMinutes) / frames }
}

/** Films that are mixed must be of one size and kind. */
function reduced(film: string, scratch: string, n: number): string {
  const file = join(scratch, `film-${n}.mkv`)
  ffmpegSync('-i', film, '-map', '0:v:0', '-vf', 'scale=320:180:force_original_aspect_ratio=increase,crop=320:180,setsar=1,format=yuv420p', '-fps_mode', 'passthrough', '-c:v', 'ffv1', file)
  return file
}

async function shotsOf(file: string, tools: FilmTools): Promise<Span[]> {
  const index = await openClip(file, { tools, cache: null, thoroughness: 'when-doubtful', threads: 1 })
  return (await lookThrough({ tools, path: file, index, threads: 1, toPlanar: '' }, 'bt709', { from: 0, to: index.pts.length }, () => undefined)).shots
}

/** The end of one shot cross-faded into the beginning of another by ffmpeg, and compressed; `before` frames are the first's alone. */
function crossFade(one: Shot, other: Shot, length: number, before: number, file: string): void {
  const piece = (from: number, to: number): string => `trim=start_frame=${from}:end_frame=${to},setpts=N/${perSecond}/TB,fps=${perSecond}`
  ffmpegSync('-i', one.file, '-i', other.file, '-filter_complex',
    `[0:v]${piece(one.to - length - before, one.to)}[a];[1:v]${piece(other.from, other.from + length + alone)}[b];[a][b]xfade=transition=fade:duration=${length / perSecond}:offset=${before / perSecond}`,
    '-c:v', 'libx264', '-preset', 'veryfast', '-crf', '23', file)
}

/** Share found of dissolves made of the shots of a folder's films, by length. Says where the shots of the films themselves begin, for somebody to look at. */
async function measureFilms(folder: string, seed: number, until: number, scratch: string, say: (text: string) => void): Promise<Record<string, number>> {
  const tools = await filmTools({ ffmpeg: process.env['HOURGLASS_FFMPEG'] })
  const shots: Shot[] = []
  for (const [n, name] of readdirSync(folder).filter((each) => films.test(each)).sort().entries()) {
    const file = reduced(join(folder, name), scratch, n)
    const found = await shotsOf(file, tools)
    say(`${name}: shots begin at ${found.map(({ from }) => from).join(', ')}`)
    shots.push(...found.map((span) => ({ ...span, file, name })))
  }
  const random = randomFrom(seed)
  const several = new Set(shots.map(({ file }) => file)).size > 1
  const sums: Record<string, { found: number; all: number }> = {}
  for (let turn = 0; turn < turns && Date.now() < until; turn++) {
    for (const length of lengths) {
      const long = shots.filter(({ from, to }) => to - from >= length + 2 * alone)
      const [one, other] = [long[Math.floor(random() * long.length)], long[Math.floor(random() * long.length)]]
      if (!one || !other || one === other || (several && one.file === other.file)) continue
      const before = alone + Math.floor(random() * alone)
      const file = join(scratch, 'mixed.mp4')
      crossFade(one, other, length, before, file)
      const starts = (await shotsOf(file, tools)).map(({ from }) => from).slice(1)
      const sum = (sums[`mixed.${length}`] ??= { found: 0, all: 0 })
      sum.all++
      if (isFound(starts, before, length)) sum.found++
      else say(`${length} frames at ${before}, ${one.name} from ${one.from} into ${other.name} from ${other.from}: ${starts.length > 0 ? `found at ${starts.join(', ')}` : 'missed'}`)
    }
  }
  return Object.fromEntries(Object.entries(sums).flatMap(([name, { found, all }]) => [[name, Number((found / all).toFixed(3))], [`${name}.made`, all]]))
}

/** @throws Error where too few of 12 to 48 frames were found */
function checkFound(counts: Record<string, number>, kind: string): void {
  const found = [12, 24, 48].map((length) => counts[`${kind}.${length}`]).filter((share) => share !== undefined)
  const mean = found.reduce((sum, share) => sum + share, 0) / found.length
  if (mean < leastFound) throw new Error(`${kind}: ${mean.toFixed(2)} of the dissolves of 12 to 48 frames were found: ${JSON.stringify(counts)}`)
}

export const soak: Soak = {
  name: 'dissolves',
  about: 'shots of drawn films, and of those of --folder, cross-faded into one another: how many are parted in the middle, and how many films of one shot are parted',
  async run({ until, seed, scratch, folder, say }) {
    const drawn = measureDrawn(seed, say)
    for (const kind of ['drawn', 'drawnByWhite']) checkFound(drawn, kind)
    const wrong = drawn['drawn.falseInFiveMinutes'] as number
    if (wrong > mostFalse) throw new Error(`${wrong.toFixed(2)} false ones in five minutes of drawn film`)
    if (folder === undefined) return drawn
    if (!hasFfmpeg) throw new Error('films of a folder are read with ffmpeg, and there is none')
    const mixed = await measureFilms(folder, seed, until, scratch, say)
    checkFound(mixed, 'mixed')
    return { ...drawn, ...mixed }
  },
}
