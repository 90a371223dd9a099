import { readdirSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { ffmpegSync } from './support/ffmpeg.ts'
import { labOfYuvPlanes, type LabFrames } from './support/lab-frames.ts'
import { launcher, runWell } from '../bench/support/processes.ts'
import { FlickerMeter } from '../../src/core/film/flicker.ts'
import { hasFfmpeg } from '../engine/film/clips.ts'
import { randomFrom } from '../random.ts'
import type { Soak } from './support/soak.ts'

/** Share of the flicker of frames coloured alone that may be left, and of their error. */
const [mostFlicker, mostError] = [0.25, 1]
/** Lab steps of flicker below which there is nothing to steady: the picture stands still. */
const stillBelow = 0.1
/** Lab steps by which ground that something has just left may differ more than ground that nothing crossed. */
const mostTrail = 2
const [width, height, frames, speed, radius] = [256, 144, 96, 3, 15]
const films = /\.(?:mp4|mov|mkv|avi)$/i

/** Where the disc is at frame n. */
const insideDisc = (n: number, x: number, y: number): boolean => Math.hypot(x - (speed * n - 20), y - 84) < radius

/** A landscape with grain and an exposure that pumps, across which a red disc flies: planes of 8 bits, 4:4:4. */
function drawFilm(file: string, seed: number): void {
  const random = randomFrom(seed)
  const raw = Buffer.alloc(3 * width * height * frames)
  const pixels = width * height
  for (let n = 0; n < frames; n++) {
    const gain = 1 + 0.04 * Math.sin(n * 1.7)
    for (let y = 0, i = 0; y < height; y++) {
      for (let x = 0; x < width; x++, i++) {
        const sky = y < 56 + 9 * Math.sin(x / 31)
        const [luma, u, v] = insideDisc(n, x, y) ? [150 + 20 * Math.sin((x - speed * n) / 3), -22, 52] : sky ? [185 - y / 2 + 8 * Math.sin(x / 40 + y / 17), 26, -18] : [80 + 24 * Math.sin(x / 3.7) * Math.cos(y / 4.1) + 10 * Math.sin(y / 2.3), -14, -10]
        const at = 3 * pixels * n + i
        raw[at] = Math.min(235, Math.max(16, luma * gain + 6 * (random() - 0.5)))
        raw[at + pixels] = 128 + u
        raw[at + 2 * pixels] = 128 + v
      }
    }
  }
  writeFileSync(`${file}.raw`, raw)
  ffmpegSync('-f', 'rawvideo', '-pixel_format', 'yuv444p', '-video_size', `${width}x${height}`, '-framerate', '24', '-i', `${file}.raw`, '-color_range', 'tv', '-colorspace', 'bt709', '-c:v', 'ffv1', file)
}

/** Mean change of a and b from frame to frame, along the motion. */
function flickerOf({ size, luma, colors }: LabFrames): number {
  const meter = new FlickerMeter(size)
  luma.forEach((plane, n) => meter.push(plane, colors[n]!))
  return meter.result().change
}

/** Mean distance in a and b of two colourings. */
function errorOf(one: LabFrames, truth: LabFrames): number {
  let [sum, count] = [0, 0]
  one.colors.forEach(({ u, v }, n) => {
    const other = truth.colors[n]!
    for (let i = 0; i < u.length; i++) sum += Math.hypot(u[i]! - other.u[i]!, v[i]! - other.v[i]!)
    count += u.length
  })
  return sum / count
}

/** How much more the ground has changed since the first frame where the disc has just been, than where it never was. */
function trailOf({ colors }: LabFrames): number {
  const sums = { left: 0, leftCount: 0, never: 0, neverCount: 0 }
  for (let n = 24; n < frames - 8; n += 4) {
    for (let y = 62, i = y * width; y < height; y++) {
      for (let x = 0; x < width; x++, i++) {
        const change = Math.hypot(colors[n]!.u[i]! - colors[0]!.u[i]!, colors[n]!.v[i]! - colors[0]!.v[i]!)
        const was = Array.from({ length: 8 }, (_, k) => insideDisc(n - 1 - k, x, y)).some(Boolean)
        if (was && !insideDisc(n, x, y)) [sums.left, sums.leftCount] = [sums.left + change, sums.leftCount + 1]
        else if (Math.abs(y - 84) > radius + 8) [sums.never, sums.neverCount] = [sums.never + change, sums.neverCount + 1]
      }
    }
  }
  return sums.left / sums.leftCount - sums.never / sums.neverCount
}

export const soak: Soak = {
  name: 'flicker',
  about: 'colour films (of --folder, else one drawn here) made grey and coloured by the real network: flicker and error against colouring each frame alone, and what a moving thing leaves behind',
  async run({ seed, scratch, folder, say }) {
    const counts: Record<string, number> = { clips: 0, skipped: 0 }
    if (!hasFfmpeg) {
      say('no ffmpeg here: skipped')
      return { ...counts, skipped: 1 }
    }
    const drawn = join(scratch, 'drawn.mkv')
    drawFilm(drawn, seed)
    const clips = folder ? readdirSync(folder).filter((name) => films.test(name)).sort().map((name) => join(folder, name)) : [drawn]
    for (const clip of clips) {
      const name = basename(clip).replace(/\.[^.]+$/, '')
      const [truth, grey] = [join(scratch, `${name}-truth.mkv`), join(scratch, `${name}-grey.mkv`)]
      // At the size that colour is worked on, so that nothing but colour is compared; a few seconds of each.
      ffmpegSync('-i', clip, '-map', '0:v:0', '-frames:v', '120', '-vf', `scale=${width}:-2:flags=area,format=yuv444p`, '-fps_mode', 'passthrough', '-c:v', 'ffv1', truth)
      ffmpegSync('-i', truth, '-vf', "lut=c1=128:c2=128", '-c:v', 'ffv1', grey)
      const colored = async (steady: string): Promise<LabFrames> => {
        const out = join(scratch, `${name}-${steady}.mkv`)
        await runWell(process.execPath, [launcher, 'clip', grey, '-o', out, '--preset', 'exact', '--steady', steady, '--json'])
        return labOfYuvPlanes(out)
      }
      const [wanted, alone, steady] = [labOfYuvPlanes(truth), await colored('0'), await colored('1')]
      const figures = { flicker: flickerOf(steady) / flickerOf(alone), error: errorOf(steady, wanted) / errorOf(alone, wanted) }
      const trail = clip === drawn ? trailOf(steady) : 0
      say(`${name}: flicker ${flickerOf(steady).toFixed(3)} against ${flickerOf(alone).toFixed(3)} (${figures.flicker.toFixed(3)} ×), error ${errorOf(steady, wanted).toFixed(2)} against ${errorOf(alone, wanted).toFixed(2)} (${figures.error.toFixed(3)} ×)${clip === drawn ? `, trail ${trail.toFixed(2)} against ${trailOf(alone).toFixed(2)}` : ''}`)
      counts[`${name}.flicker`] = Number(figures.flicker.toFixed(3))
      counts[`${name}.error`] = Number(figures.error.toFixed(3))
      const judged = flickerOf(alone) > stillBelow
      if (judged && figures.flicker > mostFlicker) throw new Error(`${name}: ${figures.flicker.toFixed(3)} × the flicker of frames coloured alone`)
      if (judged && figures.error > mostError) throw new Error(`${name}: ${figures.error.toFixed(3)} × the error of frames coloured alone`)
      if (trail > mostTrail) throw new Error(`the disc leaves colour behind: ${trail.toFixed(2)}`)
      counts['clips'] = (counts['clips'] ?? 0) + 1
    }
    return counts
  },
}
