import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isAlive } from '../engine-client/leftovers.ts'
import { writeFailure } from './failures.ts'

const ours = /^hourglass-scratch-(\d+)-/

/**
 * A folder for what is unpacked or packed, to be removed by whoever asked for it. Those that ended processes left behind are
 * removed now.
 * @throws HourglassError `no-space`, `not-writable`
 */
export async function newScratch(): Promise<string> {
  for (const name of await readdir(tmpdir()).catch((): string[] => [])) {
    const pid = ours.exec(name)?.[1]
    if (pid !== undefined && !isAlive(Number(pid))) await rm(join(tmpdir(), name), { recursive: true, force: true }).catch(() => undefined)
  }
  return mkdtemp(join(tmpdir(), `hourglass-scratch-${process.pid}-`)).catch((error: unknown) => {
    throw writeFailure(error, tmpdir())
  })
}
