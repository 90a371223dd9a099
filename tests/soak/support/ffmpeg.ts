import { spawnSync } from 'node:child_process'

/** Runs ffmpeg to its end. @throws Error with what it says where it fails */
export function ffmpegSync(...args: string[]): void {
  const { status, stderr } = spawnSync('ffmpeg', ['-v', 'error', '-nostdin', '-y', ...args], { encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
}
