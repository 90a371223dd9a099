// The Electron distribution that the application is packed around: the real one, or a stand-in without a binary.
import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { repositoryRoot, say } from '../run.ts'

const electronFolder = join(repositoryRoot, 'node_modules/electron')

/** An archive in Electron's own format (a length-prefixed JSON of its files) that holds nothing. */
function emptyArchive(): Buffer {
  const header = Buffer.from(JSON.stringify({ files: {} }))
  const padded = Math.ceil(header.length / 4) * 4
  const archive = Buffer.alloc(16 + padded)
  archive.writeUInt32LE(4, 0)
  archive.writeUInt32LE(padded + 8, 4)
  archive.writeUInt32LE(padded + 4, 8)
  archive.writeUInt32LE(header.length, 12)
  header.copy(archive, 16)
  return archive
}

/** A folder laid out like Electron's, in which the program only says that it is none. */
function writeStandIn(folder: string, version: string): void {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(join(folder, 'resources'), { recursive: true })
  mkdirSync(join(folder, 'locales'))
  writeFileSync(join(folder, 'version'), version)
  writeFileSync(join(folder, 'LICENSE'), 'Stand-in: no Electron binary is in this folder.\n')
  writeFileSync(join(folder, 'LICENSES.chromium.html'), '<p>Stand-in: no Chromium is in this folder.</p>\n')
  writeFileSync(join(folder, 'locales/en-US.pak'), '')
  writeFileSync(join(folder, 'resources/default_app.asar'), emptyArchive())
  writeFileSync(join(folder, 'electron'), '#!/bin/sh\necho "This application was packed without Electron. Pack it again on a machine that can download it." >&2\nexit 1\n')
  chmodSync(join(folder, 'electron'), 0o755)
}

/** The downloaded distribution; fetched now where it is missing and can be had. */
function realDistribution(): string | undefined {
  const folder = join(electronFolder, 'dist')
  const complete = (): boolean => existsSync(join(electronFolder, 'path.txt')) && existsSync(join(folder, 'version'))
  if (complete()) return folder
  say('fetching Electron (at most three minutes) …')
  spawnSync(process.execPath, [join(electronFolder, 'install.js')], { cwd: electronFolder, stdio: 'ignore', timeout: 180_000 })
  return complete() ? folder : undefined
}

/**
 * Where the Electron to pack lies; `standIn` where only its shape could be had (Linux alone), or was asked for.
 */
export function electronDistribution({ preferStandIn = false } = {}): { electronDist: string; standIn: boolean } {
  const real = preferStandIn ? undefined : realDistribution()
  if (real) return { electronDist: real, standIn: false }
  if (process.platform !== 'linux') throw new Error('Electron could not be downloaded, and a stand-in for it is only made on Linux. Check the network and try again.')
  const { version } = JSON.parse(readFileSync(join(electronFolder, 'package.json'), 'utf8')) as { version: string }
  const electronDist = join(repositoryRoot, 'node_modules/.cache/hourglass/electron-stand-in')
  writeStandIn(electronDist, version)
  return { electronDist, standIn: true }
}
