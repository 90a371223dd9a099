// Whole processes side by side: their time, and the memory of all that they started.
import { spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export const repository: string = join(import.meta.dirname, '../../..')
export const launcher: string = join(repository, 'bin/hourglass')

/** Process ids of `root` and all its descendants (Linux: from /proc). */
export function processTree(root: number): number[] {
  const children = new Map<number, number[]>()
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    try {
      // The second field is the program's name in parentheses, which may hold spaces.
      const fields = readFileSync(`/proc/${name}/stat`, 'utf8').split(') ')[1]!.split(' ')
      const parent = Number(fields[1])
      children.set(parent, [...(children.get(parent) ?? []), Number(name)])
    } catch {
      // ended while the list was read
    }
  }
  const tree = [root]
  for (const pid of tree) tree.push(...(children.get(pid) ?? []))
  return tree
}

/** Memory of the given processes in MB: proportional set size, so that shared pages count once. */
export function memoryMb(pids: readonly number[]): number {
  let kilobytes = 0
  for (const pid of pids) {
    try {
      kilobytes += Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0)
    } catch {
      // ended in between
    }
  }
  return kilobytes / 1024
}

export interface Ran {
  status: number
  ms: number
  stdout: string
  stderr: string
  /** Highest sum over the process and its descendants; 0 unless asked for. */
  peakMb: number
}

/** Runs a program to its end. `watchMemory` samples the memory of the whole tree every 50 ms. */
export function runProcess(program: string, args: readonly string[], options: { env?: Record<string, string>; watchMemory?: boolean } = {}): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const started = performance.now()
    const child = spawn(program, args, { env: { ...process.env, ...options.env }, stdio: ['ignore', 'pipe', 'pipe'] })
    let stdout = ''
    let stderr = ''
    let peakMb = 0
    const sample = (): void => void (peakMb = Math.max(peakMb, child.pid ? memoryMb(processTree(child.pid)) : 0))
    const timer = options.watchMemory ? setInterval(sample, 50) : undefined
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
    child.once('error', reject)
    child.once('close', (status) => {
      clearInterval(timer)
      resolve({ status: status ?? 1, ms: performance.now() - started, stdout, stderr, peakMb })
    })
  })
}

/** Like `runProcess`, but a failure is an error that carries what the program said. */
export async function runWell(program: string, args: readonly string[], options: { env?: Record<string, string>; watchMemory?: boolean } = {}): Promise<Ran> {
  const ran = await runProcess(program, args, options)
  if (ran.status !== 0) throw new Error(`${program} ${args.join(' ')} ended with status ${ran.status}:\n${ran.stderr.slice(-2000)}`)
  return ran
}
