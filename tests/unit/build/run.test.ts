import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { describe, expect, test } from 'vitest'

const runner = pathToFileURL(join(import.meta.dirname, '../../../build/run.ts')).href

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

describe.skipIf(process.platform === 'win32')('a program of the build', () => {
  test('ends when whoever started its wrapper was killed', async () => {
    const wrapper = `import { run } from ${JSON.stringify(runner)}; await run(process.execPath, ['-e', 'console.log(process.pid); setInterval(() => {}, 1000)'])`
    // As npm does: a shell between the wrapper and whoever gets the signal.
    const shell = spawn('sh', ['-c', '"$0" --input-type=module -e "$1"; true', process.execPath, wrapper], { stdio: ['ignore', 'pipe', 'ignore'] })
    const pid = await new Promise<number>((resolve) => shell.stdout.setEncoding('utf8').once('data', (text: string) => resolve(Number(text))))
    expect(isAlive(pid)).toBe(true)
    shell.kill('SIGKILL')
    for (let waited = 0; isAlive(pid) && waited < 10_000; waited += 50) await sleep(50)
    expect(isAlive(pid)).toBe(false)
  })
})
