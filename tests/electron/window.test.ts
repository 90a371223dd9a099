import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const here = import.meta.dirname
const preferencesOf = (seen: Record<string, unknown>): Record<string, unknown> => seen['preferences'] as Record<string, unknown>

/** A drawn scene in grey: a bright sky over a dark, wavy ground. */
async function drawPhoto(file: string): Promise<void> {
  const [width, height] = [480, 320]
  const grey = Buffer.alloc(width * height)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const ground = y > 180 + 20 * Math.sin(x / 40)
      grey[y * width + x] = ground ? 70 + 25 * Math.sin(x / 7) * Math.cos(y / 9) : 210 - y / 4
    }
  }
  await sharp(grey, { raw: { width, height, channels: 1 } }).png().toFile(file)
}

describe('the window, built, on a stand-in for Electron', () => {
  let folder: string
  let seen: Record<string, unknown>

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hourglass-window-'))
    const photo = join(folder, 'photo.png')
    await drawPhoto(photo)
    const target = join(folder, 'out')
    await mkdir(target)
    const { stdout } = await promisify(execFile)(process.execPath, ['--import', join(here, 'shim/register.mjs'), join(here, 'drive.ts'), photo, target], {
      env: { ...process.env, HOURGLASS_DATA: join(folder, 'data') },
      timeout: 100_000,
    })
    seen = JSON.parse(stdout.trim().split('\n').at(-1) ?? '{}') as Record<string, unknown>
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  it('shows the page from its own scheme under a strict policy', () => {
    expect(seen).toMatchObject({ pageStatus: 200, scheme: { scheme: 'studio', privileges: { standard: true, secure: true, supportFetchAPI: true } }, errors: [] })
    expect(seen['csp']).toContain("default-src 'none'")
    expect(seen['csp']).toContain("script-src 'self'")
  })

  it('keeps the page in a sandbox', () => {
    expect(preferencesOf(seen)).toMatchObject({ sandbox: true, contextIsolation: true, nodeIntegration: false, webviewTag: false })
  })

  it('carries one photo from open to export', async () => {
    expect(seen).toMatchObject({ preview: { width: 320, height: 213 }, pictureStatus: 200, canUndo: true, exported: 'photo-colour.png' })
    expect(seen['pictureType']).toMatch(/^image\//)
    expect(seen['pictureBytes']).toBeGreaterThan(500)
    const { channels } = await sharp(join(folder, 'out/photo-colour.png')).stats()
    const [red, , blue] = channels
    expect(Math.abs((red?.mean ?? 0) - (blue?.mean ?? 0))).toBeGreaterThan(0.5)
  })

  it('tries providers in utility processes that are gone afterwards, beside the engine at work', () => {
    expect(seen['probing']).toMatchObject({ processor: true, worksOn: true })
    expect((seen['probing'] as { tried: number }).tried).toBeGreaterThan(0)
  })

  it('keeps the system awake while it exports, and remembers the project', () => {
    expect(seen['blocked']).toBeGreaterThan(0)
    expect(seen['recent']).toBeGreaterThan(0)
  })

  it('answers only its own page, and only in the agreed shape', () => {
    expect(seen['foreignSender']).toContain('may not ask')
    expect(seen['foreignPage']).toContain('may not ask')
    expect(seen['badShape']).not.toBe('allowed')
    expect(seen['badShape']).not.toContain('may not ask')
  })

  it('lets the page neither leave nor open windows nor read other files', () => {
    expect(seen['navigation']).toEqual(['stopped', 'stopped', 'allowed'])
    expect(seen['popup']).toBe('deny')
    expect(seen['openedOutside']).toEqual(['https://example.org/'])
    for (const status of seen['outside'] as number[]) expect(status).toBe(404)
  })

  it('grants only clipboard and full screen', () => {
    expect(seen['permissions']).toEqual({ media: false, geolocation: false, 'clipboard-sanitized-write': true, fullscreen: true })
  })

  it('draws its menu from the commands and passes the chosen one on', () => {
    expect(seen['commands']).toEqual(['undo'])
  })

  it('hands over what the command line names, what the system opens and what is dropped', () => {
    expect(seen).toMatchObject({ opened: ['photo.png', 'out', 'photo.png'], dropped: 'photo.png', title: 'Family', progress: 0.5, notifications: [{ title: 'Done', body: 'One photo' }] })
  })

  it('loads a crashed page again, and leaves no engine behind', () => {
    expect(seen).toMatchObject({ reloads: 1, engineLives: false })
  })
})
