import { mkdtemp, mkdir, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { drawGrey, hourglass } from './run.ts'

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hourglass-offline-'))
})

afterAll(() => rm(folder, { recursive: true, force: true }))

test('a colorized photo leaves no id, log or report of a library behind, in the home or among temporary files', async () => {
  await drawGrey(join(folder, 'scan.png'))
  const [home, temporary] = [join(folder, 'home'), join(folder, 'temporary')]
  await Promise.all([mkdir(home), mkdir(temporary)])
  const ran = await hourglass(['colorize', 'scan.png', '-o', 'colour.png'], {
    cwd: folder,
    // Where tests run by themselves, the library is silent of its own accord: as a user's machine has it, these are unset.
    env: { HOME: home, TMPDIR: temporary, CI: '', XDG_CACHE_HOME: '', XDG_CONFIG_HOME: '', XDG_DATA_HOME: '' },
  })
  expect(ran.status, ran.err).toBe(0)
  expect(await readdir(home)).toEqual([])
  const left = await readdir(temporary)
  expect(left.filter((name) => name !== 'node-compile-cache')).toEqual([])
})
