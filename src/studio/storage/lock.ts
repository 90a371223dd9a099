import { execFileSync } from 'node:child_process'
import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { hostname, uptime } from 'node:os'
import type { TextValue } from '../../contract/texts.ts'
import { fault, worded } from '../../core/texts/wording.ts'
import { z } from 'zod'
import { isAlive } from '../engine-client/leftovers.ts'

const holder = z.object({ pid: z.number().int(), host: z.string(), boot: z.string(), started: z.string() })
type Holder = z.infer<typeof holder>

/** Names this start of the machine: process ids of an earlier one mean nothing. */
function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
  } catch {
    // Other systems: the minute of the start, coarse because clocks are set.
    return `at-${Math.round((Date.now() / 1000 - uptime()) / 60)}`
  }
}

function sameBoot(stored: string): boolean {
  const now = bootId()
  if (stored === now) return true
  const minutes = [stored, now].map((id) => Number(id.replace('at-', '')))
  return stored.startsWith('at-') && Math.abs(minutes[0]! - minutes[1]!) <= 2
}

/** When a process was started, as its system tells it; '' where it cannot be known or there is none. */
function startOf(pid: number): string {
  try {
    // Field 22 of stat; the name before it may hold spaces and brackets.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  } catch {
    if (process.platform !== 'darwin') return ''
  }
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8', timeout: 2000 }).trim()
  } catch {
    return ''
  }
}

/** A holder on another machine (a shared folder) cannot be checked and is believed. */
function isHeld(by: Holder): boolean {
  if (by.host !== hostname()) return true
  if (!sameBoot(by.boot) || !isAlive(by.pid)) return false
  const started = startOf(by.pid)
  return started === '' || by.started === '' || started === by.started
}

function read(path: string): Holder | null {
  try {
    return holder.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    return null
  }
}

export interface Lock {
  release(): void
}

/**
 * Takes a lock file, which names its holder by process, start time, boot and machine. One whose holder is gone
 * (crashed, killed, machine restarted) is taken over.
 *
 * @param what names the thing to people, e.g. the project "Family".
 * @throws HourglassError `locked` while another living process, or another opener in this one, holds it.
 */
export function takeLock(path: string, what: TextValue): Lock {
  const mine: Holder = { pid: process.pid, host: hostname(), boot: bootId(), started: startOf(process.pid) }
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      const file = openSync(path, 'wx')
      writeSync(file, JSON.stringify(mine))
      closeSync(file)
      return { release: () => rmSync(path, { force: true }) }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
    const by = read(path)
    if (by && isHeld(by)) {
      const where = by.host === hostname() ? worded('fault.where.process', { pid: by.pid }) : worded('fault.where.computer', { host: by.host })
      throw fault('locked', 'fault.openElsewhere', 'remedy.closeThere', { what, where })
    }
    rmSync(path, { force: true })
  }
  throw fault('locked', 'fault.beingOpened', 'remedy.inAMoment', { what })
}
