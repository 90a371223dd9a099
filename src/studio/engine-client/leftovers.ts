import { readdirSync, rmSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'

/** Temporary files as the engine names them: machine, process, random. */
const temporary = /^\.hourglass-([0-9a-f]{8})-(\d+)-[0-9a-f]{8}\.tmp$/

const machine = Buffer.from(hostname()).toString('hex').slice(-8).padStart(8, '0')

/** Whether a process of this machine lives. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Removes half-written files and folders that an ended engine left in a folder. Never throws. */
export function sweepLeftovers(folder: string): void {
  try {
    for (const name of readdirSync(folder)) {
      const found = temporary.exec(name)
      if (found && found[1] === machine && !isAlive(Number(found[2]))) rmSync(join(folder, name), { recursive: true, force: true })
    }
  } catch {
    // The folder is gone or closed to us: nothing to sweep.
  }
}
