import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cutOff, ffmpeg, hasFfmpeg, makeClips, makeSequence, truthOf } from '../film/clips.ts'
import { hourglass } from './run.ts'

let cwd: string
const at = (name: string): string => join(cwd, name)
const run = (...args: string[]) => hourglass(args, { cwd })
const sum = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex')

describe.skipIf(!hasFfmpeg)('hourglass clip-info and clip-frame', () => {
  beforeAll(async () => {
    cwd = await mkdtemp(join(tmpdir(), 'hourglass-clips-'))
    await makeClips(cwd, ['plain.mp4', 'uneven.mp4', 'single.mp4', 'tiny.mp4'])
    await makeSequence(at('scans'), 'png')
    writeFileSync(at('text.mp4'), 'This is no film.\nNot at all.\n')
    writeFileSync(at('nothing.mp4'), '')
    cutOff(at('plain.mp4'), at('cut-off.mp4'))
    await ffmpeg('-f', 'lavfi', '-i', 'sine=duration=1', at('sound.m4a'))
    writeFileSync(at('list.mp4'), '#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:4,\nplain.mp4\n#EXT-X-ENDLIST\n')
  })
  afterAll(() => rmSync(cwd, { recursive: true, force: true }))

  it('tell what is true of a film, for machines and for people', async () => {
    const { status, lines } = await run('clip-info', 'uneven.mp4', '--json')
    expect(status).toBe(0)
    expect(lines.at(-1)).toMatchObject({ event: 'result', input: 'uneven.mp4', frames: 40, packets: 40, variableRate: true, timeBase: '1/600', width: 128, height: 96, sar: '1:1', rotation: 0, pixelFormat: 'yuv420p', fieldOrder: 'progressive', color: { range: null, matrix: null, primaries: null, transfer: null }, audio: [], subtitles: [], timecode: null, warnings: [{ code: 'variable-rate' }] })
    const told = await run('clip-info', 'uneven.mp4')
    expect(told.out).toMatch(/^uneven\.mp4: 40 frames, .* on average \(variable\)/)
    expect(told.out).toContain('! Frames last unequally long')
  })

  it('give the hash of ffmpeg’s framehash, and the frame as a picture', async () => {
    const truth = await truthOf(at('plain.mp4'), 0)
    const both = await run('clip-frame', 'plain.mp4', '17', '-o', 'still.png', '--hash', '--json')
    expect(both.status).toBe(0)
    expect(both.lines.at(-1)).toMatchObject({ event: 'result', frame: 17, hash: truth[17]?.hash, time: '17/25', output: 'still.png' })
    expect(await sharp(at('still.png')).metadata()).toMatchObject({ width: 128, height: 96, format: 'png' })
    const alone = await run('clip-frame', 'plain.mp4', '17', '--hash')
    expect(alone.out.trim()).toBe(truth[17]?.hash)
  })

  it('take films of one frame, of 16 pixels, and of numbered pictures', async () => {
    expect((await run('clip-info', 'single.mp4', '--json')).lines.at(-1)).toMatchObject({ frames: 1, rate: '25/1' })
    expect((await run('clip-frame', 'tiny.mp4', '9', '-o', 'tiny.png')).status).toBe(0)
    expect(await sharp(at('tiny.png')).metadata()).toMatchObject({ width: 16, height: 16 })
    expect((await run('clip-info', 'scans', '--json')).lines.at(-1)).toMatchObject({ frames: 16, rate: '24/1', warnings: [{ code: 'missing-numbers' }] })
  })

  it.each([
    ['text.mp4', 3, 'is not a film'],
    ['nothing.mp4', 3, 'is empty'],
    ['cut-off.mp4', 3, 'is cut off'],
    ['sound.m4a', 3, 'no moving pictures'],
    ['list.mp4', 3, 'is not a film'],
    ['gone.mp4', 3, 'is not there'],
    ['data', 3, 'holds no numbered pictures'],
  ])('say clearly why %s cannot be read', async (file, expected, words) => {
    const { status, lines } = await run('clip-info', file, '--json')
    expect(status).toBe(expected)
    expect(lines.at(-1)).toMatchObject({ event: 'error', code: 'bad-input', message: expect.stringContaining(words), remedy: expect.stringMatching(/\S/) })
  })

  it('leave no picture behind where there is no frame', async () => {
    expect((await run('clip-frame', 'cut-off.mp4', '0', '-o', 'never.png')).status).toBe(3)
    expect(existsSync(at('never.png'))).toBe(false)
  })

  it.each([
    [['plain.mp4', '40', '--hash'], 2, 'its frames are 0 to 39'],
    [['plain.mp4', '-1', '--hash'], 2, 'whole number'],
    [['plain.mp4', '1.5', '--hash'], 2, 'whole number'],
    [['plain.mp4', '3'], 2, '-o OUT.png'],
    [['plain.mp4', '3', '-o', 'still.jpg'], 2, 'does not end in .png'],
    [['plain.mp4', '3', '-o', 'nowhere/still.png'], 5, 'cannot be written'],
  ])('refuse %s', async (args, expected, words) => {
    const { status, err } = await run('clip-frame', ...args)
    expect(err).toContain(words)
    expect(status).toBe(expected)
  })

  it.each([
    [['plain.mp4', '-o', 'no.avi'], 2, '.mp4'],
    [['plain.mp4', '-o', 'no.mp4', '--from', '40'], 2, 'frames 0 to 39'],
    [['plain.mp4', '-o', 'no.mp4', '--chunk', '1', '--join'], 2, '--join'],
  ])('refuse to colour %s', async (args, expected, words) => {
    const { status, err } = await run('clip', ...args)
    expect(err).toContain(words)
    expect(status).toBe(expected)
  })

  it('write over a picture only when told, and over the film never', async () => {
    writeFileSync(at('there.png'), 'mine')
    expect((await run('clip-frame', 'plain.mp4', '0', '-o', 'there.png')).status).toBe(5)
    expect(readFileSync(at('there.png'), 'utf8')).toBe('mine')
    expect((await run('clip-frame', 'plain.mp4', '0', '-o', 'there.png', '--overwrite')).status).toBe(0)
    const before = sum(at('scans/scan.0995.png'))
    expect((await run('clip-frame', 'scans/scan.0995.png', '0', '-o', 'scans/scan.0995.png', '--overwrite')).status).toBe(5)
    expect((await run('clip-frame', 'scans', '1', '-o', 'scans/scan.0995.png', '--overwrite')).status).toBe(5)
    expect(sum(at('scans/scan.0995.png'))).toBe(before)
    expect(readdirSync(cwd).filter((name) => name.endsWith('.tmp'))).toEqual([])
  })

  it('say what to install where ffmpeg is too old', async () => {
    if (process.platform === 'win32') return
    for (const name of ['ffmpeg', 'ffprobe']) writeFileSync(at(name), '#!/bin/sh\necho "ffmpeg version 4.4.2 Copyright"\n', { mode: 0o755 })
    const { status, lines } = await hourglass(['clip-info', 'plain.mp4', '--json'], { cwd, env: { HOURGLASS_FFMPEG: at('ffmpeg') } })
    expect(status).toBe(4)
    expect(lines.at(-1)).toMatchObject({ event: 'error', code: 'missing-component', message: expect.stringContaining('4.4.2 is too old'), remedy: expect.stringContaining('5.1') })
  })
})
