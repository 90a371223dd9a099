import { spawn, type ChildProcess } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import sharp from 'sharp'

const program = join(import.meta.dirname, '../../../src/cli/index.ts')

export interface Ran {
  readonly status: number | null
  readonly out: string
  readonly err: string
  /** stdout as objects, for `--json`. */
  readonly lines: Record<string, unknown>[]
}

/** Runs the command line from its sources, as a person would; `during` gets the process while it runs. */
export function hourglass(args: readonly string[], options: { cwd: string; env?: Record<string, string>; during?: (child: ChildProcess) => void }): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...args], { cwd: options.cwd, env: { ...process.env, HOURGLASS_LANG: 'en', HOURGLASS_DATA: join(options.cwd, 'data'), ...options.env } })
    let [out, err] = ['', '']
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text))
    options.during?.(child)
    child.once('error', reject)
    child.once('close', (status) => {
      const lines = args.includes('--json') ? out.split('\n').filter(Boolean).map((line) => JSON.parse(line) as Record<string, unknown>) : []
      resolve({ status, out, err, lines })
    })
  })
}

/** A grey drawing; the format is the name's. `seed` makes it another picture. */
export async function drawGrey(file: string, options: { width?: number; height?: number; seed?: number } = {}): Promise<void> {
  const { width = 96, height = 64, seed = 1 } = options
  await mkdir(dirname(file), { recursive: true })
  const grey = Buffer.alloc(width * height)
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) grey[y * width + x] = 128 + 60 * Math.sin(x / (6 + seed)) + 40 * Math.cos(y / 9)
  await sharp(grey, { raw: { width, height, channels: 1 } }).toFile(file)
}
