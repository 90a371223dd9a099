import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import type { StudioClient } from '../../../src/renderer/client/context.tsx'
import { drawGrey } from '../cli/run.ts'

const program = join(import.meta.dirname, '../../../src/cli/index.ts')
let cwd: string
let child: ChildProcess
let output = ''
let address: URL

/** A tab: signs in with the printed address and talks over its own socket. */
async function openTab(): Promise<StudioClient> {
  const welcome = await fetch(address, { redirect: 'manual' })
  const cookie = (welcome.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
  const socket = new WebSocket(`ws://${address.host}/ws`, { headers: { cookie } })
  return createORPCClient<StudioClient>(new RPCLink({ websocket: socket as unknown as globalThis.WebSocket }))
}

describe('hourglass serve FOLDER', () => {
  beforeAll(async () => {
    cwd = await mkdtemp(join(tmpdir(), 'hourglass-serve-'))
    await drawGrey(join(cwd, 'album/a.png'))
    await drawGrey(join(cwd, 'album/sub/b.png'), { seed: 5 })
    child = spawn(process.execPath, [program, 'serve', 'album'], { cwd, env: { ...process.env, HOURGLASS_DATA: join(cwd, 'data') } })
    await new Promise<void>((resolve, reject) => {
      child.once('exit', () => reject(new Error('serve ended early')))
      child.stdout?.setEncoding('utf8').on('data', (text: string) => {
        output += text
        if (output.includes('\n')) resolve()
      })
    })
    address = new URL(output.trim().replace('Hourglass Studio: ', ''))
  })
  afterAll(async () => {
    child.kill('SIGKILL')
    await rm(cwd, { recursive: true, force: true })
  })

  it('prints its address alone on a line, on this machine only', () => {
    expect(output).toMatch(/^Hourglass Studio: http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{20,}\n$/)
  })

  it('opens a project with the pictures of the folder, left where they are', async () => {
    const tab = await openTab()
    expect(await tab.projects.current()).toMatchObject({ name: 'album' })
    const assets = await tab.assets.list()
    expect(assets.map(({ name, storage }) => `${name} ${storage}`).sort()).toEqual(['a.png linked', 'b.png linked'])
  })

  it('lets a second tab follow the first', async () => {
    const [first, second] = [await openTab(), await openTab()]
    const events = await second.system.events()
    for await (const event of events) {
      if (event.type === 'hello') await first.settings.change({ theme: 'light' })
      if (event.type === 'settings.changed') {
        expect(event.settings.theme).toBe('light')
        break
      }
    }
  })

  it('ends cleanly on Ctrl-C', async () => {
    const ended = new Promise((resolve) => child.once('exit', (status) => resolve(status)))
    child.kill('SIGINT')
    expect(await ended).toBe(0)
  })
})
