import { randomBytes } from 'node:crypto'
import { readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { fault } from '../../core/texts/wording.ts'
import { isAlive, machine } from '../pictures/atomic.ts'
import { named } from '../pictures/failures.ts'

const owner = z.object({ machine: z.string(), pid: z.number().int(), token: z.string() })

/** Name of the file by which a process says that a folder of chunks is its own. */
export const ownerFile = 'owner.json'
const beatMs = 10_000
/** So long an owner may take to write down who it is: one that was killed meanwhile never does. */
const namedWithinMs = 2000
/** An owner that was silent for so long is gone: its number may be another process's by now, or its machine be off. */
const silentMs = 60_000

async function read(path: string): Promise<z.output<typeof owner> | null> {
  try {
    return owner.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch {
    return null
  }
}

async function isHeld(path: string): Promise<boolean> {
  const [by, file] = [await read(path), await stat(path).catch(() => null)]
  if (file === null) return false
  const silent = Date.now() - file.mtimeMs
  if (by === null) return silent < namedWithinMs
  return silent < silentMs && (by.machine !== machine || isAlive(by.pid))
}

/**
 * Takes a folder of chunks for this work alone, until the answer is called. One whose owner was killed is taken over.
 * @param target the film that errors name
 * @throws HourglassError `locked` while another one is at work in it
 */
export async function takeWork(folder: string, target: string): Promise<() => Promise<void>> {
  const path = join(folder, ownerFile)
  const mine = { machine, pid: process.pid, token: randomBytes(8).toString('hex') }
  for (let attempt = 0; ; attempt++) {
    try {
      await writeFile(path, JSON.stringify(mine), { flag: 'wx' })
      break
    } catch (thrown) {
      if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'EEXIST')) {
        // On a full disk the name is there, and nothing in it.
        await rm(path, { force: true }).catch(() => undefined)
        throw thrown
      }
      if (attempt > 2 || (await isHeld(path))) throw fault('locked', 'fault.clipBusy', 'remedy.clipBusy', { file: named(target) })
      await rm(path, { force: true })
    }
  }
  const beat = setInterval(() => void utimes(path, new Date(), new Date()).catch(() => undefined), beatMs).unref()
  return async () => {
    clearInterval(beat)
    if ((await read(path))?.token === mine.token) await rm(path, { force: true })
  }
}
