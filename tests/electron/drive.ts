/**
 * Boots the built main process and preload script on the shim and does what a person would do with one photo. Run
 * as `node --import shim/register.mjs drive.ts PHOTO FOLDER`; prints what was seen as one line of JSON.
 */
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { createORPCClient } from '@orpc/client'
import { bridgeName, studioOrigin, type Bridge } from '../../src/contract/bridge.ts'
import { asHourglassError } from '../../src/contract/errors.ts'
import { portLink } from '../../src/renderer/client/port-link.ts'
import { windowHost } from '../../src/renderer/client/window-host.ts'
import type { StudioClient } from '../../src/renderer/client/context.tsx'
import { app, ipcMain, seen } from './shim/electron.ts'

const [photo = '', folder = ''] = process.argv.slice(2)
const root = join(import.meta.dirname, '../..')

/** The page's own window, as far as the preload script and the client touch it. */
class PageWindow extends EventTarget {
  readonly location = { protocol: 'studio:', origin: studioOrigin }
  postMessage(data: unknown, origin: string, ports: unknown[]): void {
    if (origin !== studioOrigin) throw new Error(`A message for ${origin}`)
    this.dispatchEvent(Object.assign(new Event('message'), { data, ports, source: this }))
  }
}

async function until<Value>(what: string, look: () => Value | undefined | null | false): Promise<Value> {
  for (let waited = 0; waited < 30_000; waited += 20) {
    const value = look()
    if (value) return value
    await pause(20)
  }
  throw new Error(`${what} did not come; errors shown: ${seen.errors.join('; ') || 'none'}`)
}

async function fetchPage(path: string): Promise<Response> {
  const answer = seen.protocols.get('studio')
  if (!answer) throw new Error('The scheme is not served.')
  return answer(new Request(`${studioOrigin}${path}`))
}

await import(join(root, 'out/main/index.js'))
const window = await until('the window', () => seen.windows[0]?.shown && seen.windows[0])
const page = await fetchPage('/index.html')

Object.assign(globalThis, { window: new PageWindow(), document: { title: '' } })
const preferences = window.options['webPreferences'] as Record<string, unknown>
createRequire(import.meta.url)(preferences['preload'] as string)
const bridge = seen.world[bridgeName] as Bridge
const client: StudioClient = createORPCClient(portLink(bridge))
const host = windowHost(bridge)

// One photo from open to export.
seen.dialogAnswers.push([photo], [folder])
const [picked] = await host.pickFiles('pictures')
if (!picked) throw new Error('Nothing was picked.')
await client.projects.create({ name: 'Family' })
const { added } = await client.assets.add({ grants: [picked.grant] })
const [asset] = added
if (!asset) throw new Error('The photo was not added.')
const version = await client.versions.get({ id: asset.currentVersion })
const preview = await client.photos.preview({ asset: asset.id, recipe: version.recipe, box: { width: 320, height: 320 }, lane: `preview:${version.id}` })
const picture = await fetchPage(new URL(host.pictureUrl(preview.key)).pathname)
const pictureBytes = (await picture.arrayBuffer()).byteLength
const changed = await client.versions.change({ id: version.id, patches: [{ op: 'add', path: ['steps', 0, 'params', 'strength'], value: 1.2 }], label: { key: 'strength' } })
const target = await host.pickTargetFolder?.()
const { jobs } = await client.photos.export({ versions: [version.id], folder: target?.grant ?? null, options: { format: 'png', naming: '{name}-colour' } })
const events = await client.system.events()
let exported = ''
const look = async (): Promise<boolean> => {
  const job = (await client.jobs.list()).jobs.find(({ id }) => id === jobs[0])
  if (job?.state === 'failed') throw new Error(job.error?.message)
  exported = job?.state === 'done' ? (job.result?.name ?? '') : ''
  return job?.state === 'done'
}
for await (const event of events) if ((event.type === 'hello' || event.type === 'job.changed') && (await look())) break

// Providers are tried in utility processes of their own; the engine at work is not one of them.
const atWork = seen.engines.length
const providers = await client.system.probe()
const processor = providers.find(({ name }) => name === 'cpu')
const tried = seen.engines.slice(atWork)
for (const child of tried) if (child.exitCode === null && child.signalCode === null) await new Promise((resolve) => child.once('exit', resolve))
const probing = { processor: processor?.usable, tried: tried.length, worksOn: seen.engines[0]?.exitCode === null && seen.engines[0].signalCode === null }

// What the host can do beside.
host.setMenu?.([{ id: 'undo', menu: 'edit', text: 'Undo', shortcut: 'mod+z', enabled: true }])
host.setTitle('Family')
host.setProgress?.(0.5)
await host.notify?.('Done', 'One photo')
const commands: string[] = []
host.onCommand?.((command) => commands.push(command))
const edit = seen.menus.at(-1)?.find(({ label }) => label === 'Edit')
for (const item of (edit?.submenu ?? []) as { id?: string; click?: () => void }[]) if (item.id === 'undo') item.click?.()
const opened: string[] = []
host.onOpen?.((granted) => opened.push(...granted.map(({ name }) => name)))
app.emit('open-file', { preventDefault: () => undefined }, photo)
const [dropped] = await host.takeDropped([Object.assign(new File(['x'], 'photo.png'), { realPath: photo })])

// What it must not do.
const refusal = async (work: () => unknown): Promise<string> => {
  try {
    await work()
    return 'allowed'
  } catch (thrown) {
    return asHourglassError(thrown).message
  }
}
const handler = ipcMain.handlers.get('studio:pick-folder')
const foreignSender = await refusal(() => handler?.({ sender: {}, senderFrame: { url: `${studioOrigin}/` } }, { target: true }))
const foreignPage = await refusal(() => handler?.({ sender: window.webContents, senderFrame: { url: 'https://example.org/' } }, { target: true }))
const badShape = await refusal(() => handler?.({ sender: window.webContents, senderFrame: window.webContents.mainFrame }, { target: 'yes' }))
const navigation: string[] = []
for (const url of ['https://example.org/', 'file:///etc/passwd', `${studioOrigin}/index.html`]) {
  let prevented = false
  window.webContents.emit('will-navigate', { url, preventDefault: () => (prevented = true) })
  navigation.push(prevented ? 'stopped' : 'allowed')
}
const popup = window.webContents.windowOpenHandler?.({ url: 'https://example.org/' }).action
window.webContents.windowOpenHandler?.({ url: 'file:///etc/passwd' })
const permissions: Record<string, boolean> = {}
for (const permission of ['media', 'geolocation', 'clipboard-sanitized-write', 'fullscreen']) {
  seen.permissionRequest?.(window.webContents, permission, (yes) => (permissions[permission] = yes))
}
const outside = (await Promise.all(['/../package.json', '/%2e%2e/%2e%2e/package.json', '/pictures/..%2f..%2fx'].map(fetchPage))).map(({ status }) => status)
window.webContents.emit('render-process-gone', {}, { reason: 'crashed' })

const engine = seen.engines[0]?.pid
const quit = new Promise<void>((resolve) => app.once('quit', () => resolve()))
window.close()
app.quit()
await quit
await pause(200)
let engineLives = true
try {
  process.kill(engine ?? 0, 0)
} catch {
  engineLives = false
}

process.stdout.write(
  `${JSON.stringify({
    pageStatus: page.status, csp: page.headers.get('content-security-policy'), preferences, scheme: seen.schemes[0],
    preview: { width: preview.width, height: preview.height, cached: preview.cached }, pictureStatus: picture.status, pictureType: picture.headers.get('content-type'), pictureBytes,
    canUndo: changed.canUndo, exported, title: window.title, progress: window.progress, notifications: seen.notifications, commands, opened, dropped: dropped?.name,
    foreignSender, foreignPage, badShape, navigation, popup, openedOutside: seen.opened, permissions, outside, reloads: window.webContents.reloads,
    probing, blocked: seen.blocked, recent: seen.recent.length, engineLives, errors: seen.errors,
  })}\n`,
)
process.exit(0)
