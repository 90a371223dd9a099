import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { drawGrey, hourglass } from './run.ts'

let cwd: string
beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'hourglass-cli-'))
})
afterEach(() => rm(cwd, { recursive: true, force: true }))
const run = (...args: string[]) => hourglass(args, { cwd })

describe('hourglass', () => {
  it('explains every command with an example', async () => {
    for (const command of [['colorize'], ['clip-info'], ['clip-frame'], ['clip'], ['evaluate'], ['models', 'list'], ['models', 'get'], ['models', 'add'], ['models', 'verify'], ['models', 'remove'], ['project', 'new'], ['project', 'add'], ['project', 'info'], ['project', 'render'], ['serve'], ['doctor']]) {
      const { status, out } = await run(...command, '--help')
      expect(status, command.join(' ')).toBe(0)
      expect(out).toMatch(/Examples?:\n +hourglass /)
    }
  })

  it('takes a project from new to rendered without a window', async () => {
    await drawGrey(join(cwd, 'scans/a.png'))
    await drawGrey(join(cwd, 'scans/b.png'), { seed: 4 })
    expect((await run('project', 'new', 'family.hourglass')).status).toBe(0)
    expect((await run('project', 'new', 'family.hourglass')).status).toBe(5)
    expect(existsSync(join(cwd, 'family.hourglass/project.sqlite'))).toBe(true)
    const added = await run('project', 'add', 'family.hourglass', 'scans', 'gone.png', '--json')
    expect(added.status).toBe(1)
    expect(added.lines.filter(({ event }) => event === 'result').map(({ name }) => name).sort()).toEqual(['a.png', 'b.png'])
    expect((await run('project', 'add', 'family.hourglass', 'scans')).status).toBe(0)
    const rendered = await run('project', 'render', 'family.hourglass', '--out-dir', 'colour', '--json')
    expect(rendered.lines.filter(({ event }) => event === 'error')).toEqual([])
    expect(rendered.status).toBe(0)
    expect((await readdir(join(cwd, 'colour'))).length).toBe(2)
    const info = await run('project', 'info', 'family.hourglass', '--json')
    expect(info.lines[0]).toMatchObject({ event: 'result', name: 'family', assets: 2, missing: 0, missingOriginals: [] })
    await rename(join(cwd, 'scans/b.png'), join(cwd, 'moved.png'))
    await drawGrey(join(cwd, 'scans/a.png'), { width: 50 })
    const moved = await run('project', 'info', 'family.hourglass', '--json')
    expect(moved.lines).toHaveLength(1)
    expect(moved.lines[0]).toMatchObject({ missing: 2, missingOriginals: [expect.stringMatching(/a\.png$/), expect.stringMatching(/b\.png$/)] })
    const told = await run('project', 'info', 'family.hourglass')
    expect(told.status).toBe(0)
    expect(told.out).toMatch(/2 photos .*\n.*2 originals are not where they were:\n.*a\.png\n.*b\.png\n.*→ Connect its disk/)
  })

  it('lists and verifies models, and refuses an unknown one', async () => {
    const { lines } = await run('models', 'list', '--json')
    expect(lines).toContainEqual(expect.objectContaining({ event: 'result', id: 'colorize-photo-bootstrap', state: 'bundled' }))
    expect(lines.filter(({ task, isDefault }) => task === 'colorize' && isDefault)).toHaveLength(1)
    const verified = await run('models', 'verify', 'colorize-photo-bootstrap', '--json')
    expect(verified.status).toBe(0)
    expect(verified.lines).toContainEqual(expect.objectContaining({ id: 'colorize-photo-bootstrap', ok: true }))
    expect((await run('models', 'get', 'colorize-nobody')).status).toBe(4)
    const unaccepted = await run('models', 'get', 'colorize-siggraph17')
    expect(unaccepted.status).toBe(2)
    expect(unaccepted.err).toContain('licence')
  })

  it('adds a network by its card, without guessing what it might be, and removes it again', async () => {
    const bundled = join(import.meta.dirname, '../../../models/colorize-photo-bootstrap')
    const card = JSON.parse(await readFile(join(bundled, 'card.json'), 'utf8')) as { file: string }
    await writeFile(join(cwd, 'card.json'), JSON.stringify({ ...card, id: 'my-own' }))
    const weights = join(bundled, card.file)
    expect((await run('models', 'add', weights)).err).toContain('not a network that is known here')
    expect((await run('models', 'add', weights, '--card', 'card.json')).status).toBe(0)
    await drawGrey(join(cwd, 'a.png'))
    const { lines } = await run('colorize', 'a.png', '-o', 'b.png', '--model', 'my-own', '--json')
    expect(lines).toContainEqual(expect.objectContaining({ event: 'result', model: expect.objectContaining({ id: 'my-own' }) }))
    expect((await run('models', 'remove', 'my-own')).status).toBe(0)
    const gone = await run('models', 'add', 'gone.onnx')
    expect([gone.status, gone.err]).toEqual([3, expect.stringContaining('is not there')])
  })

  it('ends with a plain word where the folder to serve is not there', async () => {
    const { status, out, err } = await run('serve', 'nowhere')
    expect(status).toBe(3)
    expect(out).toBe('')
    expect(err).toContain('nowhere is not a folder')
  })

  it('refuses a variable of the environment that holds what cannot be used, with status 2', async () => {
    await drawGrey(join(cwd, 'a.png'))
    const wrong = { HOURGLASS_PROVIDER: 'quantum', HOURGLASS_THREADS: '1e2', HOURGLASS_MEMORY_MB: '12', HOURGLASS_LANG: 'de', HOURGLASS_FFMPEG: join(cwd, 'nothing') }
    const allowed = { HOURGLASS_PROVIDER: 'cuda', HOURGLASS_THREADS: '256', HOURGLASS_MEMORY_MB: 'from 256', HOURGLASS_LANG: 'zh-Hant', HOURGLASS_FFMPEG: 'path' }
    for (const [variable, value] of Object.entries(wrong)) {
      const { status, err, out } = await hourglass(['colorize', 'a.png', '-o', 'b.png'], { cwd, env: { [variable]: value } })
      expect([status, out]).toEqual([2, ''])
      expect(err).toContain(`${variable} is “${value}”`)
      expect(err).toContain(allowed[variable as keyof typeof allowed])
    }
    const { status, lines } = await hourglass(['models', 'list', '--json'], { cwd, env: { HOURGLASS_LANG: 'de' } })
    expect([status, lines]).toEqual([2, [{ event: 'error', input: '', code: 'bad-input', message: expect.stringContaining('HOURGLASS_LANG'), remedy: expect.stringContaining('zh-Hans') }]])
    expect((await hourglass(['colorize', '--help'], { cwd, env: wrong })).status).toBe(0)
  })

  it('examines the machine in spite of such a variable, and lists it', async () => {
    const { status, lines } = await hourglass(['doctor', '--json'], { cwd, env: { HOURGLASS_THREADS: 'many' } })
    expect(status).toBe(4)
    expect(lines).toContainEqual(expect.objectContaining({ name: 'HOURGLASS_THREADS', ok: false, value: expect.stringContaining('many') }))
  })

  it('examines the machine', async () => {
    const { lines } = await run('doctor', '--json')
    expect(lines.length).toBeGreaterThan(4)
    for (const line of lines) expect(line).toMatchObject({ event: 'result', name: expect.any(String), ok: expect.any(Boolean), value: expect.any(String) })
  })
})
