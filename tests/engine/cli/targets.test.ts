import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { drawGrey, hourglass } from './run.ts'

const cwd = await mkdtemp(join(tmpdir(), 'hourglass-cli-'))
const readOnly = join(cwd, 'read-only')

/** A folder that not even root may write into; only Linux lets a test have one, and only as root. */
async function mountReadOnly(): Promise<boolean> {
  await mkdir(readOnly)
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'ro', 'tmpfs', readOnly], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

const mounted = await mountReadOnly()
beforeAll(() => drawGrey(join(cwd, 'a.png')))
afterAll(async () => {
  if (mounted) execFileSync('umount', [readOnly])
  await rm(cwd, { recursive: true, force: true })
})
const run = (...args: string[]) => hourglass(['colorize', ...args, '--json'], { cwd })

describe('a place for results that cannot be used', () => {
  it.skipIf(!mounted)('read-only is said to be read-only, not full', async () => {
    const { status, lines } = await run('a.png', '-o', 'read-only/b.png')
    expect(status).toBe(5)
    expect(lines[0]).toMatchObject({ event: 'error', code: 'not-writable', message: `"b.png" was not written: its folder ${readOnly} is read-only.`, remedy: expect.stringContaining('folder that exists') })
    const inside = await run('a.png', '--out-dir', 'read-only/new')
    expect(inside.status).toBe(5)
    expect(inside.lines[0]).toMatchObject({ code: 'not-writable', message: `The folder ${join(readOnly, 'new')} cannot be made.` })
  })

  it('a name that is too long is said to be so, of the result, its comparison and its folder', async () => {
    // A file system's limit is 255 bytes, and a Chinese character takes three.
    const tooLong = '长'.repeat(84)
    const { status, lines } = await run('a.png', '-o', `${tooLong}.png`)
    expect(status).toBe(5)
    expect(lines[0]).toMatchObject({ code: 'not-writable', message: expect.stringMatching(/too long/), remedy: 'Choose a shorter name.' })
    const just = `${'长'.repeat(82)}.png`
    const compared = await run('a.png', '-o', just, '--compare')
    expect([compared.status, compared.lines[0]]).toMatchObject([5, { code: 'not-writable', message: expect.stringMatching(/-compare.png was not written: this name is too long/), remedy: 'Choose a shorter name.' }])
    expect(await readdir(cwd)).not.toContain(just)
    const folder = await run('a.png', '--out-dir', join('out', `${tooLong}长长`))
    expect([folder.status, folder.lines[0]]).toMatchObject([5, { code: 'not-writable', message: expect.stringMatching(/^The folder .* too long/), remedy: 'Choose a shorter name.' }])
    expect((await run('a.png', '-o', just)).status).toBe(0)
  })
})
