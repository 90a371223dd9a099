import { spawnSync } from 'node:child_process'
import { srgbToLab } from '../../../src/core/color/srgb.ts'
import type { FrameSize } from '../../../src/core/film/motion.ts'
import { rgbOfYuv } from '../../../src/core/film/rgb.ts'
import type { Chroma } from '../../../src/core/film/chroma.ts'
import { guessedMatrix, knownMatrices } from '../../../src/core/film/yuv.ts'

/** Frames of a film: luma of 8 bits, and a and b of Lab, named u and v as the meters of films name two planes of colour. */
export interface LabFrames {
  readonly size: FrameSize
  readonly luma: Uint8Array[]
  readonly colors: Chroma[]
}

/** All frames of a small film of 8 bits. */
export function labOfYuvPlanes(file: string): LabFrames {
  const probed = spawnSync('ffprobe', ['-v', 'error', '-select_streams', 'v:0', '-show_entries', 'stream=width,height,color_range,color_space', '-of', 'json', file], { encoding: 'utf8' })
  const { width, height, color_range: range, color_space: matrix } = (JSON.parse(probed.stdout) as { streams: [{ width: number; height: number; color_range?: string; color_space?: string }] }).streams[0]
  const { stdout } = spawnSync('ffmpeg', ['-v', 'error', '-nostdin', '-i', file, '-map', '0:v:0', '-fps_mode', 'passthrough', '-f', 'rawvideo', '-pix_fmt', 'yuv444p', '-'], { maxBuffer: 2 ** 31 })
  const kind = { matrix: matrix && knownMatrices.includes(matrix) ? matrix : guessedMatrix(height), range: range === 'pc' ? 'pc' : 'tv' } as const
  const pixels = width * height
  const frames: LabFrames = { size: { width, height }, luma: [], colors: [] }
  for (let at = 0; at + 3 * pixels <= stdout.length; at += 3 * pixels) {
    const yuv = new Uint8Array(stdout.subarray(at, at + 3 * pixels))
    const [r, g, b] = rgbOfYuv(yuv, kind)
    const color = { u: new Float32Array(pixels), v: new Float32Array(pixels) }
    for (let i = 0; i < pixels; i++) [, color.u[i], color.v[i]] = srgbToLab(r[i]!, g[i]!, b[i]!) as [number, number, number]
    frames.luma.push(yuv.slice(0, pixels))
    frames.colors.push(color)
  }
  return frames
}
