/**
 * As much of Electron as the studio uses, in one Node process: messages are cloned on their way, a second handler
 * of one channel is refused, a page is what its window would show. What a test wants to see is in `seen`.
 */
import { fork, type ChildProcess } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { MessageChannel, type MessagePort } from 'node:worker_threads'

type Listener = (...args: unknown[]) => void
type Answer = (event: unknown, value: unknown) => unknown

export const seen = {
  windows: [] as BrowserWindow[],
  menus: [] as { label?: string; submenu?: unknown }[][],
  schemes: [] as { scheme: string; privileges: Record<string, boolean> }[],
  protocols: new Map<string, (request: Request) => Promise<Response>>(),
  permissionRequest: null as ((contents: unknown, permission: string, answer: (yes: boolean) => void) => void) | null,
  notifications: [] as { title: string; body: string }[],
  revealed: [] as string[],
  opened: [] as string[],
  recent: [] as string[],
  errors: [] as string[],
  blocked: 0,
  engines: [] as ChildProcess[],
  /** What the next dialogs answer. */
  dialogAnswers: [] as string[][],
  world: {} as Record<string, unknown>,
}

class App extends EventEmitter {
  isPackaged = false
  name = ''
  quitting = false
  setName(name: string): void {
    this.name = name
  }
  setAppUserModelId(): void {}
  setPath(): void {}
  enableSandbox(): void {}
  requestSingleInstanceLock(): boolean {
    return true
  }
  whenReady(): Promise<void> {
    return new Promise((resolve) => setImmediate(resolve))
  }
  addRecentDocument(path: string): void {
    seen.recent.push(path)
  }
  quit(): void {
    let prevented = false
    this.emit('before-quit', { preventDefault: () => (prevented = true) })
    if (!prevented) this.emit('quit')
  }
  exit(code: number): void {
    process.exit(code)
  }
}
export const app = new App()

class IpcMain extends EventEmitter {
  handlers = new Map<string, Answer>()
  handle(channel: string, answer: Answer): void {
    if (this.handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`)
    this.handlers.set(channel, answer)
  }
  removeHandler(channel: string): void {
    this.handlers.delete(channel)
  }
}
export const ipcMain = new IpcMain()

/** Electron's end of a port: an emitter whose messages are events with `data`. */
class PortMain extends EventEmitter {
  readonly port: MessagePort
  constructor(port: MessagePort) {
    super()
    this.port = port
    port.on('message', (data: unknown) => this.emit('message', { data }))
    port.on('close', () => this.emit('close'))
    port.unref()
  }
  start(): void {
    this.port.start()
  }
  postMessage(data: unknown): void {
    this.port.postMessage(data)
  }
  close(): void {
    this.port.close()
  }
}
export class MessageChannelMain {
  port1: PortMain
  port2: MessagePort
  constructor() {
    const { port1, port2 } = new MessageChannel()
    this.port1 = new PortMain(port1)
    this.port2 = port2
  }
}

/** The page's side: what the preload script gets from `electron`. */
class IpcRenderer extends EventEmitter {
  send(channel: string, value?: unknown): void {
    ipcMain.emit(channel, pageEvent(), structuredClone(value))
  }
  async invoke(channel: string, value?: unknown): Promise<unknown> {
    const answer = ipcMain.handlers.get(channel)
    if (!answer) throw new Error(`No handler registered for '${channel}'`)
    return structuredClone(await answer(pageEvent(), structuredClone(value)))
  }
}
export const ipcRenderer = new IpcRenderer()
export const contextBridge = {
  exposeInMainWorld(name: string, value: unknown): void {
    seen.world[name] = value
  },
}
export const webUtils = { getPathForFile: (file: { realPath?: string }): string => file.realPath ?? '' }

function pageEvent(): unknown {
  const { webContents } = seen.windows[0] as BrowserWindow
  return { sender: webContents, senderFrame: webContents.mainFrame }
}

class WebContents extends EventEmitter {
  windowOpenHandler: ((details: { url: string }) => { action: string }) | null = null
  reloads = 0
  mainFrame = {
    url: '',
    postMessage: (channel: string, _value: unknown, ports: unknown[]): void => void ipcRenderer.emit(channel, { ports }, null),
  }
  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.windowOpenHandler = handler
  }
  getURL(): string {
    return this.mainFrame.url
  }
  send(channel: string, value: unknown): void {
    ipcRenderer.emit(channel, {}, structuredClone(value))
  }
  reload(): void {
    this.reloads += 1
  }
}

export class BrowserWindow extends EventEmitter {
  webContents = new WebContents()
  options: Record<string, unknown>
  shown = false
  progress = -1
  title = ''
  bounds = { x: 10, y: 20, width: 1440, height: 900 }
  constructor(options: Record<string, unknown>) {
    super()
    this.options = options
    seen.windows.push(this)
  }
  async loadURL(url: string): Promise<void> {
    this.webContents.emit('did-start-loading')
    this.webContents.mainFrame.url = url
    const answer = await seen.protocols.get(new URL(url).protocol.slice(0, -1))?.(new Request(url))
    if (!answer?.ok) throw new Error(`${url} could not be loaded`)
    this.emit('ready-to-show')
  }
  show(): void {
    this.shown = true
  }
  focus(): void {}
  maximize(): void {}
  restore(): void {}
  isMinimized(): boolean {
    return false
  }
  isMaximized(): boolean {
    return false
  }
  isFullScreen(): boolean {
    return false
  }
  isDestroyed(): boolean {
    return false
  }
  getNormalBounds(): typeof this.bounds {
    return this.bounds
  }
  setProgressBar(progress: number): void {
    this.progress = progress
  }
  setTitle(title: string): void {
    this.title = title
  }
  close(): void {
    this.emit('close')
    this.emit('closed')
  }
}

export const Menu = {
  buildFromTemplate: (template: { label?: string }[]) => template,
  setApplicationMenu: (menu: { label?: string }[]): void => void seen.menus.push(menu),
}
export class Notification {
  options: { title: string; body: string }
  constructor(options: { title: string; body: string }) {
    this.options = options
  }
  static isSupported(): boolean {
    return true
  }
  show(): void {
    seen.notifications.push(this.options)
  }
}
export const protocol = {
  registerSchemesAsPrivileged: (schemes: typeof seen.schemes): void => void seen.schemes.push(...schemes),
  handle: (scheme: string, answer: (request: Request) => Promise<Response>): void => void seen.protocols.set(scheme, answer),
}
export const session = {
  defaultSession: {
    setPermissionRequestHandler: (handler: typeof seen.permissionRequest): void => {
      seen.permissionRequest = handler
    },
    setPermissionCheckHandler: (): void => undefined,
    setDevicePermissionHandler: (): void => undefined,
  },
}
export const shell = {
  openExternal: async (address: string): Promise<void> => void seen.opened.push(address),
  showItemInFolder: (path: string): void => void seen.revealed.push(path),
}
export const screen = { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }] }
export const dialog = {
  showErrorBox: (_title: string, text: string): void => void seen.errors.push(text),
  async showOpenDialog(): Promise<{ canceled: boolean; filePaths: string[] }> {
    const filePaths = seen.dialogAnswers.shift() ?? []
    return { canceled: filePaths.length === 0, filePaths }
  },
}
export const powerSaveBlocker = {
  start: (): number => {
    seen.blocked += 1
    return 1
  },
  stop: (): void => undefined,
}
export const utilityProcess = {
  fork(entry: string): EventEmitter {
    const child = fork(entry, [], { serialization: 'advanced', stdio: ['ignore', 'ignore', 'pipe', 'ipc'] })
    seen.engines.push(child)
    const utility = new EventEmitter()
    child.on('message', (message) => utility.emit('message', message))
    child.on('exit', (code: number | null) => utility.emit('exit', code ?? 1))
    return Object.defineProperties(utility, {
      pid: { get: () => child.pid },
      stderr: { value: child.stderr },
      postMessage: { value: (message: object) => child.connected && child.send(message) },
      kill: { value: () => child.kill() },
    })
  },
}
export type { Listener }
