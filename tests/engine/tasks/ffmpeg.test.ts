import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { locateFfmpeg } from '../../../src/engine/film/ffmpeg.ts'
import { findFfmpeg } from '../../../src/engine/tasks/ffmpeg.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hourglass-ffmpeg-'))
})

afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

/** Programs that answer as an ffmpeg of this version with these encoders does, and its ffprobe. */
function pretend(version: string, encoders: string[]): string {
  const listing = ['Encoders:', ' V..... = Video', ' ------', ...encoders.map((name) => ` V....D ${name.padEnd(20)} of a test`)].join('\n')
  const script = `#!/bin/sh\ncase "$*" in *-encoders*) cat <<'END'\n${listing}\nEND\n;; *) echo "ffmpeg version ${version} Copyright" ;; esac\n`
  for (const name of ['ffmpeg', 'ffprobe']) writeFileSync(join(folder, name), script, { mode: 0o755 })
  return join(folder, 'ffmpeg')
}

describe.skipIf(process.platform === 'win32')('the ffmpeg that is asked for', () => {
  it('is told apart by what it was built without', async () => {
    const ffmpeg = pretend('7.1', ['ffv1', 'libx264', 'png', 'aac', 'flac'])
    expect(await findFfmpeg({ ffmpeg })).toMatchObject({ ffmpeg: join(folder, 'ffmpeg'), version: '7.1', problem: { message: expect.stringContaining('without libx265, prores_ks') } })
  })

  it('is refused when it is older than 5.1', async () => {
    expect(await findFfmpeg({ ffmpeg: pretend('4.4.2', []) })).toMatchObject({ ffmpeg: null, problem: { message: 'ffmpeg 4.4.2 is too old; at least 5.1 is needed.' } })
  })

  it('goes with the ffprobe beside it, unless another one is asked for', async () => {
    const ffmpeg = pretend('7.1', [])
    expect(await locateFfmpeg({ ffmpeg })).toMatchObject({ ffprobe: join(folder, 'ffprobe'), trouble: null })
    renameSync(join(folder, 'ffprobe'), join(folder, 'elsewhere'))
    expect(await locateFfmpeg({ ffmpeg, ffprobe: join(folder, 'elsewhere') })).toMatchObject({ ffmpeg, ffprobe: join(folder, 'elsewhere'), trouble: null })
    expect(await locateFfmpeg({ ffmpeg, ffprobe: join(folder, 'nothing') })).toMatchObject({ ffmpeg, ffprobe: null, trouble: 'no-ffprobe' })
  })

  it('without an ffprobe beside it is not the end: one in PATH is taken, whatever its age', async () => {
    const ffmpeg = pretend('7.1', [])
    mkdirSync(join(folder, 'bin'))
    writeFileSync(join(folder, 'bin/ffprobe'), '#!/bin/sh\necho "ffprobe version 5.1.9 Copyright"\n', { mode: 0o755 })
    rmSync(join(folder, 'ffprobe'))
    const path = process.env['PATH']
    process.env['PATH'] = `${join(folder, 'bin')}:/bin`
    try {
      expect(await locateFfmpeg({ ffmpeg })).toMatchObject({ ffmpeg, ffprobe: 'ffprobe', version: '7.1', trouble: null })
    } finally {
      process.env['PATH'] = path
    }
  })

  it('is said to be no ffmpeg when it does not run', async () => {
    expect(await findFfmpeg({ ffmpeg: join(folder, 'nothing') })).toMatchObject({ ffmpeg: null, problem: { message: expect.stringContaining('is no working ffmpeg') } })
  })
})
