// Starting another program of this repository, under the Node that runs this one.
import { spawn } from 'node:child_process'
import { join } from 'node:path'

/** The repository's root. */
export const repositoryRoot: string = join(import.meta.dirname, '..')

/** Prints one line of the build's own talk; stdout is left to results. */
export function say(text: string): void {
  process.stderr.write(`hourglass: ${text}\n`)
}

const orphanCheckMs = 500

/**
 * Runs a program on this terminal and answers its exit status (128 + n when a signal ended it). SIGINT and SIGTERM
 * reach it too, so that Ctrl-C and a service manager end the studio, not only this wrapper; and it ends when npm, told
 * to end, left without telling its scripts.
 */
export function run(program: string, args: readonly string[], env: Record<string, string> = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: repositoryRoot, env: { ...process.env, ...env }, stdio: 'inherit' })
    // A terminal sends Ctrl-C to the whole group: the child has it already, this process only must not die first.
    const waitForChild = (): void => undefined
    const passOn = (): void => void child.kill('SIGTERM')
    process.on('SIGINT', waitForChild).on('SIGTERM', passOn)
    const parent = process.ppid
    const orphanCheck = setInterval(() => process.ppid !== parent && passOn(), orphanCheckMs)
    child.once('error', reject)
    child.once('exit', (code, signal) => {
      clearInterval(orphanCheck)
      process.off('SIGINT', waitForChild).off('SIGTERM', passOn)
      resolve(code ?? (signal === 'SIGINT' ? 130 : 143))
    })
  })
}

/** Runs a script with the present Node. */
export function runNode(script: string, args: readonly string[] = [], env: Record<string, string> = {}): Promise<number> {
  return run(process.execPath, [join(repositoryRoot, script), ...args], env)
}
