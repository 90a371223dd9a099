import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { drawGrey, hourglass } from './run.ts'

let cwd: string
beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'hourglass-cli-'))
})
afterEach(() => rm(cwd, { recursive: true, force: true }))

const at = (...parts: string[]): string => join(cwd, ...parts)
const run = (...args: string[]) => hourglass(args, { cwd })

describe('hourglass colorize', () => {
  it('colours one photo and tells everything of it in one result line', async () => {
    await drawGrey(at('old.png'))
    const { status, lines } = await run('colorize', 'old.png', '-o', 'new.png', '--json')
    expect(status).toBe(0)
    const result = lines.find(({ event }) => event === 'result')
    expect(result).toMatchObject({ input: 'old.png', output: at('new.png'), width: 96, height: 64, depth: 8, alreadyColor: false, provider: 'cpu' })
    expect(Object.keys(result ?? {})).toEqual(expect.arrayContaining(['model', 'renderFactor', 'networkSize', 'lumaDrift', 'colorfulness', 'confidence', 'kept', 'ms']))
    expect(lines.at(-1)).toEqual({ event: 'progress', done: 1, total: 1, input: 'old.png' })
    expect((await sharp(at('new.png')).metadata()).width).toBe(96)
  })

  it('keeps subfolders and names under --out-dir, numbers those that meet, and passes over other files', async () => {
    await drawGrey(at('scans/a.png'))
    await drawGrey(at('scans/day 2/a.png'), { seed: 2 })
    await drawGrey(at('照片/a.jpg'), { seed: 3 })
    await writeFile(at('scans/notes.txt'), 'no picture')
    const { status } = await run('colorize', 'scans', '照片/a.jpg', '--out-dir', 'colour', '--format', 'png', '--compare')
    expect(status).toBe(0)
    expect((await readdir(at('colour'), { recursive: true })).sort()).toEqual(['a-2-compare.png', 'a-2.png', 'a-compare.png', 'a.png', 'day 2', 'day 2/a-compare.png', 'day 2/a.png'])
  })

  it('passes over what is done already, and refuses to replace other work unless told', async () => {
    await drawGrey(at('a.png'))
    expect((await run('colorize', 'a.png', '-o', 'b.png')).status).toBe(0)
    const before = await stat(at('b.png'))
    const again = await run('colorize', 'a.png', '-o', 'b.png', '--json')
    expect(again.status).toBe(0)
    expect(again.lines).toContainEqual(expect.objectContaining({ event: 'result', skipped: true }))
    expect((await stat(at('b.png'))).mtimeMs).toBe(before.mtimeMs)
    const other = await run('colorize', 'a.png', '-o', 'b.png', '--saturation', '1.5', '--json')
    expect(other.status).toBe(5)
    expect(other.lines).toContainEqual(expect.objectContaining({ event: 'error', code: 'not-writable' }))
    expect((await run('colorize', 'a.png', '-o', 'b.png', '--saturation', '1.5', '--overwrite')).status).toBe(0)
    expect((await stat(at('b.png'))).mtimeMs).not.toBe(before.mtimeMs)
  })

  it('takes hints of each photo from a folder, by its name and place, and tells of one that is no hints file before any work', async () => {
    for (const name of ['a', 'day 2/a', 'day 3/a', 'day 3/c', 'b']) await drawGrey(at(`scans/${name}.png`))
    const dot = (color: string) => JSON.stringify({ version: 1, size: [96, 64], hints: [{ kind: 'dot', x: 0.5, y: 0.5, radius: 0.05, color }] })
    await mkdir(at('hints/day 2'), { recursive: true })
    await writeFile(at('hints/a.hints.json'), dot('#c03030'))
    await writeFile(at('hints/day 2/a.hints.json'), dot('#3040c0'))
    await writeFile(at('hints/c.hints.json'), dot('#3040c0'))
    expect((await run('colorize', 'scans', '--out-dir', 'colour', '--hints', 'hints')).status).toBe(0)
    const middle = async (name: string): Promise<number> => {
      const [red = 0, , blue = 0] = await sharp(at(`colour/${name}.png`)).extract({ left: 48, top: 32, width: 1, height: 1 }).raw().toBuffer()
      return red - blue
    }
    expect(await middle('a')).toBeGreaterThan(100)
    expect(await middle('day 2/a')).toBeLessThan(-60)
    // Others of the same name get no hints that were meant for one of them; all are drawn alike.
    await run('colorize', 'scans/b.png', '-o', 'colour/plain.png')
    expect(await middle('b')).toBe(await middle('plain'))
    expect(await middle('day 3/a')).toBe(await middle('plain'))
    expect(await middle('day 3/c')).toBeLessThan(-60)

    await writeFile(at('hints/b.hints.json'), '{"version":1}')
    const wrong = await run('colorize', 'scans', '--out-dir', 'other', '--hints', 'hints')
    expect(wrong.status).toBe(2)
    expect(wrong.err).toContain('b.hints.json')
    expect((await readdir(cwd)).includes('other')).toBe(false)
  })

  it('never writes over an original', async () => {
    await drawGrey(at('a.png'))
    const before = await readFile(at('a.png'))
    expect((await run('colorize', 'a.png', '-o', 'a.png', '--overwrite')).status).toBe(5)
    expect(await readFile(at('a.png'))).toEqual(before)
    // The other one's place: named a.png, too, at the top of the folder of results.
    await drawGrey(at('deep/a.png'), { seed: 2 })
    expect((await run('colorize', 'deep/a.png', 'a.png', '--out-dir', '.', '--overwrite')).status).not.toBe(0)
    expect(await readFile(at('a.png'))).toEqual(before)
  })

  it('adds a comparison to work that stands, and replaces none', async () => {
    await drawGrey(at('a.png'))
    await writeFile(at('c-compare.png'), 'mine')
    expect((await run('colorize', 'a.png', '-o', 'b.png')).status).toBe(0)
    expect((await run('colorize', 'a.png', '-o', 'b.png', '--compare')).status).toBe(0)
    expect((await sharp(at('b-compare.png')).metadata()).width).toBeGreaterThan(96 * 2 - 1)
    expect((await run('colorize', 'a.png', '-o', 'c.png', '--compare')).status).toBe(5)
    expect(await readFile(at('c-compare.png'), 'utf8')).toBe('mine')
    expect(await readdir(cwd)).not.toContain('c.png')
  })

  it('says what it passed over in a file of several pictures, to people and to programs', async () => {
    await drawGrey(at('a.png'))
    // The frames differ: equal ones are merged into one when the file is written.
    const second = await sharp(at('a.png')).negate().png().toBuffer()
    await sharp([at('a.png'), second], { join: { animated: true } }).gif().toFile(at('two.gif'))
    expect((await run('colorize', 'two.gif', '-o', 'b.png')).err).toContain('the first one is used')
    const { lines } = await run('colorize', 'two.gif', '-o', 'c.png', '--json')
    expect(lines.find(({ event }) => event === 'result')).toMatchObject({ notes: [{ code: 'first-page' }] })
  })

  it('does not take a labelled file for the one without a label that was asked for', async () => {
    await drawGrey(at('a.png'))
    expect((await run('colorize', 'a.png', '-o', 'b.png')).status).toBe(0)
    expect((await run('colorize', 'a.png', '-o', 'b.png', '--no-label')).status).toBe(5)
  })

  it('works out 16 bits where 16 are asked for, whatever came in', async () => {
    await drawGrey(at('a.png'))
    const { lines } = await run('colorize', 'a.png', '-o', 'b.tif', '--depth', '16', '--json')
    const result = lines.find(({ event }) => event === 'result') as { depth: number; lumaDrift: { mean: number } }
    expect(result.depth).toBe(16)
    expect(result.lumaDrift.mean).toBeLessThan(0.01)
  })

  it('does the others when one input is bad (1), and says so when none can be read (3)', async () => {
    await drawGrey(at('good.png'))
    await writeFile(at('text.jpg'), 'this is text')
    await writeFile(at('empty.jpg'), '')
    const some = await run('colorize', 'good.png', 'text.jpg', 'gone.jpg', '--out-dir', 'out')
    expect(some.status).toBe(1)
    expect(some.err).toContain('gone.jpg is not there')
    expect(some.err).toContain('→')
    expect(await readdir(at('out'))).toEqual(['good.png'])
    const none = await run('colorize', 'text.jpg', 'empty.jpg', '--out-dir', 'none', '--json')
    expect(none.status).toBe(3)
    expect(none.lines.filter(({ event }) => event === 'error').map(({ input }) => input).sort()).toEqual(['empty.jpg', 'text.jpg'])
    expect(await readdir(at('none'))).toEqual([])
  })

  it('tells a wrong command line (2) in words, without a stack', async () => {
    await drawGrey(at('a.png'))
    await writeFile(at('bad.json'), '{"version":1,"size":[4,4],"hints":[{"kind":"dot","x":3,"y":0,"color":"#ffffff"}]}')
    for (const args of [[], ['a.png'], ['a.png', '-o', 'x.png', '--out-dir', 'y'], ['a.png', '-o', 'noending'], ['a.png', '-o', 'x.png', '--strength', '9'], ['a.png', '-o', 'x.png', '--nonsense'], ['a.png', '-o', 'x.png', '--hints', 'bad.json']]) {
      const { status, err } = await run('colorize', ...args)
      expect(status, args.join(' ')).toBe(2)
      expect(err).toContain('→')
      expect(err).not.toMatch(/\n\s+at /)
    }
    expect((await run('colorize', 'a.png', '-o', 'x.png', '--hints', 'bad.json')).err).toContain('hints.0.x')
    for (const factor of ['12.5', '6', '46', 'best', '']) {
      const { status, err } = await run('colorize', 'a.png', '-o', 'x.png', '--render-factor', factor)
      expect([factor, status, err]).toEqual([factor, 2, expect.stringContaining('from 7 to 45')])
    }
    expect(await readdir(cwd)).not.toContain('x.png')
  })

  it('says which model is missing (4) before it touches a file', async () => {
    await drawGrey(at('a.png'))
    const { status, lines } = await run('colorize', 'a.png', '-o', 'x.png', '--model', 'colorize-nobody', '--json')
    expect(status).toBe(4)
    expect(lines).toEqual([expect.objectContaining({ event: 'error', code: 'missing-model' })])
  })

  it('looks for the reference picture of a recipe beside the recipe, and says where it is missing', async () => {
    await drawGrey(at('a.png'))
    await mkdir(at('recipes'))
    await sharp({ create: { width: 60, height: 60, channels: 3, background: '#b03020' } }).toFile(at('recipes', 'red.png'))
    const withReference = (reference: string) => writeFile(at('recipes', 'r.json'), JSON.stringify({ version: 1, steps: [{ step: 'colorize', enabled: true, params: { reference } }] }))
    await withReference('red.png')
    expect((await run('colorize', 'a.png', '-o', 'b.png', '--recipe', 'recipes/r.json')).status).toBe(0)
    await run('colorize', 'a.png', '-o', 'c.png', '--reference', 'recipes/red.png')
    expect(await sharp(at('b.png')).raw().toBuffer()).toEqual(await sharp(at('c.png')).raw().toBuffer())
    await withReference('gone.png')
    const gone = await run('colorize', 'a.png', '-o', 'd.png', '--recipe', 'recipes/r.json')
    expect(gone.status).toBe(2)
    expect(gone.err).toContain(`--recipe: the reference picture ${at('recipes', 'gone.png')} is not there.`)
    expect((await run('colorize', 'a.png', '-o', 'd.png', '--recipe', 'recipes/r.json', '--reference', 'recipes/red.png')).status).toBe(0)
  })

  it('takes a recipe from a file, and explicit options win over it', async () => {
    await drawGrey(at('a.png'))
    await writeFile(at('grey.recipe.json'), JSON.stringify({ version: 1, steps: [{ step: 'colorize', enabled: true, params: { strength: 0 } }] }))
    expect((await run('colorize', 'a.png', '-o', 'same.png', '--recipe', 'grey.recipe.json')).status).toBe(0)
    const saturation = async (file: string): Promise<number> => {
      const { channels } = await sharp(at(file)).toColourspace('srgb').removeAlpha().stats()
      return Math.abs((channels[0]?.mean ?? 0) - (channels[2]?.mean ?? channels[0]?.mean ?? 0))
    }
    expect(await saturation('same.png')).toBe(0)
    expect((await run('colorize', 'a.png', '-o', 'colour.png', '--recipe', 'grey.recipe.json', '--strength', '1.5')).status).toBe(0)
    expect(await saturation('colour.png')).toBeGreaterThan(0.2)
  })

  it('ends cleanly on Ctrl-C: 130, finished files stay, nothing half-written, no engine left', async () => {
    for (let n = 0; n < 12; n++) await drawGrey(at('many', `p${n}.png`), { width: 900, height: 700, seed: n })
    const { status, lines } = await hourglass(['colorize', 'many', '--out-dir', 'out', '--format', 'jpeg', '--json'], {
      cwd,
      during: (child) => child.stdout?.once('data', () => child.kill('SIGINT')),
    })
    expect(status).toBe(130)
    const results = lines.filter(({ event }) => event === 'result')
    const files = await readdir(at('out'))
    expect(files.length).toBe(results.length)
    expect(files.length).toBeLessThan(12)
    for (const file of files) await sharp(at('out', file)).stats()
  })

  it('ends when the launcher that started it is gone', async () => {
    for (let n = 0; n < 12; n++) await drawGrey(at('many', `p${n}.png`), { width: 900, height: 700, seed: n })
    const program = join(import.meta.dirname, '../../../src/cli/index.ts')
    const child = spawn(process.execPath, [program, 'colorize', 'many', '--out-dir', 'out', '--json'], { cwd, stdio: ['ignore', 'pipe', 'ignore', 'ipc'], env: { ...process.env, HOURGLASS_DATA: at('data') } })
    child.stdout?.once('data', () => child.disconnect())
    expect(await new Promise((resolve) => child.once('exit', resolve))).toBe(130)
    expect((await readdir(at('out'))).length).toBeLessThan(12)
  })

  it('goes on with the same photos when its engine is killed under them', async () => {
    for (let n = 0; n < 4; n++) await drawGrey(at('many', `p${n}.png`), { width: 900, height: 700, seed: n })
    let killed = 0
    const { status } = await hourglass(['colorize', 'many', '--out-dir', 'out', '--verbose'], {
      cwd,
      during: (child) =>
        child.stderr?.on('data', (text: string) => {
          const pid = /ready, process (\d+)/.exec(text)?.[1]
          if (pid === undefined || killed > 0) return
          killed = Number(pid)
          setTimeout(() => process.kill(killed, 'SIGKILL'), 150)
        }),
    })
    expect(killed).toBeGreaterThan(0)
    expect(status).toBe(0)
    expect((await readdir(at('out'))).sort()).toEqual(['p0.png', 'p1.png', 'p2.png', 'p3.png'])
  })

  it('leaves no engine behind when it is killed', async () => {
    for (let n = 0; n < 6; n++) await drawGrey(at('many', `p${n}.png`), { width: 900, height: 700, seed: n })
    let engine = 0
    await hourglass(['colorize', 'many', '--out-dir', 'out', '--verbose'], {
      cwd,
      during: (child) =>
        child.stderr?.on('data', (text: string) => {
          const pid = /ready, process (\d+)/.exec(text)?.[1]
          if (pid === undefined) return
          engine = Number(pid)
          child.kill('SIGKILL')
        }),
    })
    expect(engine).toBeGreaterThan(0)
    const isAlive = (): boolean => {
      try {
        process.kill(engine, 0)
        return true
      } catch {
        return false
      }
    }
    await expect.poll(isAlive, { timeout: 10_000 }).toBe(false)
  })
})
