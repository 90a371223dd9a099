import { execFileSync } from 'node:child_process'
import { mkdir, readdir, rmdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { encodePicture } from '../../../src/engine/pictures/index.ts'

const disk = join(tmpdir(), `hourglass-full-${process.pid}`)

/** A disk of 300 KB in memory; only Linux lets a test have one, and only as root. */
async function mountSmallDisk(): Promise<boolean> {
  await mkdir(disk)
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=300k', 'tmpfs', disk], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

const mounted = await mountSmallDisk()
afterAll(async () => {
  if (mounted) execFileSync('umount', [disk])
  await rmdir(disk)
})

it.skipIf(!mounted).each(['jpeg', 'png', 'tiff', 'webp', 'avif'] as const)('a %s on a disk that fills up is no-space, and nothing of it stays', async (format) => {
  const data = new Uint8Array(700 * 700 * 3)
  crypto.getRandomValues(data.subarray(0, 65536))
  for (let i = 65536; i < data.length; i++) data[i] = ((data[i - 65536] as number) * 31 + (data[i - 40001] as number)) & 255
  const writing = encodePicture(
    { data, width: 700, height: 700, channels: 3, depth: 8, alpha: null },
    { path: join(disk, `full.${format}`), format, quality: 100, depth: 8, source: null, label: null },
  )
  await expect(writing).rejects.toMatchObject({ code: 'no-space', message: expect.stringContaining('full.'), remedy: expect.stringContaining('space') })
  expect(await readdir(disk)).toEqual([])
})
