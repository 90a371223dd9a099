import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { drawGrey, hourglass, type Ran } from './run.ts'

let cwd: string
beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'hourglass-cli-'))
})
afterEach(() => rm(cwd, { recursive: true, force: true }))
const speaking = (env: Record<string, string>, ...args: string[]): Promise<Ran> => hourglass(args, { cwd, env })

/** Letters of Latin words, outside names of files, options and formats. */
const english = /\b(the|is|not|done|left|choose|check|there)\b/i

describe('HOURGLASS_LANG', () => {
  it.each([
    ['zh-Hans', '渲染系数', '已经完成', '找不到 gone.png。', '请检查路径；'],
    ['zh-Hant', '算繪係數', '已經完成', '找不到 gone.png。', '請檢查路徑；'],
  ])('%s: results, progress and errors are Chinese; names, codes and statuses stay', async (language, factor, done, gone, remedy) => {
    await drawGrey(join(cwd, 'a.png'))
    const env = { HOURGLASS_LANG: language }
    const first = await speaking(env, 'colorize', 'a.png', 'gone.png', '--out-dir', 'colour')
    expect(first.status).toBe(1)
    expect(first.out).toContain(factor)
    expect(first.err).toContain(`hourglass: ${gone}\n  → ${remedy}`)
    expect(first.out + first.err).not.toMatch(english)
    const again = await speaking(env, 'colorize', 'a.png', 'gone.png', '--out-dir', 'colour')
    expect(again.out).toContain(done)
    const { lines } = await speaking(env, 'colorize', 'gone.png', '-o', 'b.png', '--json')
    expect(lines).toEqual([{ event: 'error', input: 'gone.png', code: 'bad-input', message: gone, remedy: expect.stringContaining(remedy) }])
  })

  it('errors of the engine and notes of a result are Chinese too', async () => {
    await writeFile(join(cwd, 'text.jpg'), 'not a picture')
    const { lines } = await speaking({ HOURGLASS_LANG: 'zh-Hans' }, 'colorize', 'text.jpg', '-o', 'b.png', '--json')
    expect(lines[0]).toMatchObject({ code: 'bad-input', message: '不管名字怎么写，"text.jpg" 都不是图片。' })
  })

  it('a wrong command line is told in Chinese', async () => {
    const env = { HOURGLASS_LANG: 'zh-Hans' }
    for (const [args, text] of [
      [['colorize', 'a.png'], '请写明结果放在哪里'],
      [['colorize'], '缺少必需的参数“INPUT”'],
      [['colorize', 'a.png', '--sturation', '1'], '未知选项“--sturation” (您是想写 --saturation 吗？)'],
      [['colorize', 'a.png', '-o'], '缺少参数'],
      [['colorize', 'a.png', '-o', 'b.png', '--quality', '7.5'], '必须是 1 到 100 之间的整数'],
      [['colorize', 'a.png', '-o', 'b.png', '--format', 'psd'], '可选的值有 jpeg, png'],
      [['colourise'], '未知命令“colourise”'],
      [['doctor', 'now'], '“doctor”的参数太多'],
      [['evaluate'], '没有给出必需的选项“--real <DIR>”'],
    ] as const) {
      const { status, err } = await speaking(env, ...args)
      expect(status, args.join(' ')).toBe(2)
      expect(err).toContain(text)
      expect(err).not.toMatch(english)
    }
  })

  it.each([
    ['zh-Hans', '用法：', '选项：', '示例：'],
    ['zh-Hant', '用法：', '選項：', '範例：'],
  ])('%s: the help of every command is Chinese, but for what is typed', async (language, usage, options, example) => {
    for (const command of ['', 'colorize', 'page', 'clip-info', 'clip-frame', 'clip', 'evaluate', 'models', 'models list', 'models get', 'models add', 'models verify', 'models remove', 'project', 'project new', 'project add', 'project info', 'project render', 'serve', 'doctor']) {
      const { status, out } = await speaking({ HOURGLASS_LANG: language }, ...command.split(' ').filter(Boolean), '--help')
      expect(status).toBe(0)
      expect(out).toContain(usage)
      expect(out).toContain(options)
      expect(out).not.toContain('[options]')
      if (!['', 'models', 'project'].includes(command)) expect(out).toContain(example)
      const said = out.split('\n').filter((line) => !line.startsWith('  hourglass ')).map((line) => line.replace(/(^|\s)(-\S+|<[^>]*>|\[[A-Z]+\]|hourglass \S+)/g, ' '))
      expect(said.join('\n'), command).not.toMatch(/\b(the|is|of|to|not|with|for|and|file|folder|default|choices)\b/)
    }
  })

  it('what doctor, verify and evaluate say is Chinese in the table and in --json', async () => {
    const env = { HOURGLASS_LANG: 'zh-Hans', HOURGLASS_FFMPEG: join(cwd, 'nothing') }
    const { lines } = await speaking(env, 'doctor', '--json')
    const names = ['系统', '引擎', '运算方式 cpu', '内存', '数据文件夹', '模型 colorize-photo-fine']
    expect(lines.map(({ name }) => name)).toEqual(expect.arrayContaining(names))
    const others = lines.filter(({ name }) => name !== 'HOURGLASS_LANG' && name !== 'HOURGLASS_FFMPEG')
    // What the runtime itself says of a driver that is not there stays as it said it.
    for (const { value, remedy } of others) expect(`${String(value).replace(/无法启动：.*/, '')} ${String(remedy)}`).not.toMatch(english)
    expect(lines.find(({ name }) => name === '引擎')).toMatchObject({ ok: true, value: expect.stringContaining('有应答') })

    await drawGrey(join(cwd, 'real/a.png'))
    await drawGrey(join(cwd, 'made/a.png'))
    await writeFile(join(cwd, 'groups.csv'), 'a.png,x\nstrange.png,x\n')
    const { status, out } = await speaking({ HOURGLASS_LANG: 'zh-Hant' }, 'evaluate', '--real', 'real', '--output', 'made', '--groups', 'groups.csv')
    expect(status).toBe(0)
    for (const text of ['全部，1 張圖片', '灰階副本', '平均色', '組 x', '注意：groups.csv 列出的 1 個名字']) expect(out).toContain(text)
    expect(out).not.toMatch(/\b(output|grey|colour|mean|bleed|spread|Note|picture)\b/i)
  })

  it('wins over the language chosen in the studio, which wins over the system’s; a language that there is not is told', async () => {
    const said = async (env: Record<string, string>): Promise<string> => (await speaking({ HOURGLASS_LANG: '', LC_ALL: '', LANG: 'C.UTF-8', ...env }, 'colorize', 'gone.png', '-o', 'b.png')).err
    expect(await said({})).toContain('is not there')
    expect(await said({ HOURGLASS_LANG: 'tlh' })).toContain('HOURGLASS_LANG is “tlh”, which cannot be used')
    expect(await said({ LANG: 'zh_TW.UTF-8' })).toContain('請檢查')
    await mkdir(join(cwd, 'data'), { recursive: true })
    await writeFile(join(cwd, 'data/settings.json'), JSON.stringify({ language: 'zh-Hans' }))
    expect(await said({ LANG: 'zh_TW.UTF-8' })).toContain('请检查')
    expect(await said({ HOURGLASS_LANG: 'zh-Hant' })).toContain('請檢查')
    expect(await said({ HOURGLASS_LANG: 'en' })).toContain('is not there')
  })
})
