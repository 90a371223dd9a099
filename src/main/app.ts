import { app, Menu, Notification, protocol, session, shell, type BrowserWindow, type MessagePortMain } from 'electron'
import { RPCHandler } from '@orpc/server/message-port'
import { bridgeChannels as channels, studioOrigin } from '../contract/bridge.ts'
import type { Granted } from '../contract/host.ts'
import { callInterceptors, contextOfClient } from '../studio/hosting/calls.ts'
import type { Locations } from '../studio/hosting/locations.ts'
import { studioOptions } from '../studio/hosting/options.ts'
import { createStudio, type Studio } from '../studio/index.ts'
import { utilityEngine } from './engine.ts'
import { guardPermissions, pageOrigin } from './guards.ts'
import { serveBridge } from './ipc.ts'
import { drawMenu } from './menu.ts'
import { grantDropped, pickFiles, pickFolder } from './pickers.ts'
import { PowerKeeper } from './power.ts'
import { serveScheme } from './scheme.ts'
import { openWindow } from './window.ts'

/** The studio in its own window: one studio, at most one window, one page. */
export class StudioApp {
  readonly #places: Locations
  readonly #origin = pageOrigin(process.env, app.isPackaged)
  #studio: Studio | null = null
  #window: BrowserWindow | null = null
  #toOpen: string[]
  #pageListens = false
  #closed = false

  constructor(places: Locations, toOpen: readonly string[]) {
    this.#places = places
    this.#toOpen = [...toOpen]
  }

  get isClosed(): boolean {
    return this.#closed
  }

  start(): void {
    const spawn = utilityEngine({ entry: this.#places.engine, onLog: (text) => process.stderr.write(text) })
    const studio = createStudio(studioOptions(this.#places, spawn, process.env))
    this.#studio = studio
    serveScheme(protocol, { renderer: this.#places.renderer, pathOf: (key) => studio.pictures.path(key) })
    guardPermissions(session.defaultSession, this.#origin)
    const power = new PowerKeeper()
    studio.events.listen((event) => {
      power.hear(event)
      if (event.type === 'project.changed' && event.project) app.addRecentDocument(event.project.folder)
    })
    Menu.setApplicationMenu(drawMenu([], () => undefined))
    this.show()
  }

  /** Brings the window to the front; makes it where there is none. */
  show(): void {
    if (!this.#studio) return
    if (this.#window) {
      if (this.#window.isMinimized()) this.#window.restore()
      this.#window.show()
      this.#window.focus()
      return
    }
    const studio = this.#studio
    const window = openWindow(this.#places, { origin: this.#origin, title: 'Hourglass Studio' })
    this.#window = window
    const calls = new RPCHandler(studio.router, { clientInterceptors: callInterceptors() })
    const stop = serveBridge(window.webContents, this.#origin, {
      connect(port: MessagePortMain) {
        calls.upgrade(port, { context: contextOfClient() })
        port.start()
      },
      pickFiles: (kind, many) => pickFiles(window, studio.grants, kind, many),
      pickFolder: (target) => pickFolder(window, studio.grants, target),
      takeDropped: (files) => grantDropped(studio.grants, files),
      reveal: (grant) => shell.showItemInFolder(studio.grants.resolve(grant).path),
      notify(title, body) {
        if (Notification.isSupported()) new Notification({ title, body }).show()
      },
      setProgress: (progress) => window.setProgressBar(progress ?? -1),
      setTitle: (title) => window.setTitle(title),
      setMenu: (menu) => Menu.setApplicationMenu(drawMenu(menu, (id) => window.webContents.send(channels.command, id))),
      listensForFiles: () => {
        this.#pageListens = true
        this.#handOver()
      },
    })
    window.webContents.on('did-start-loading', () => {
      this.#pageListens = false
    })
    window.on('closed', () => {
      stop()
      this.#window = null
      this.#pageListens = false
    })
    const address = this.#origin === studioOrigin ? `${studioOrigin}/index.html` : this.#origin
    // A page that did not load is seen; the window stays, and reloading it is in its menu.
    window.loadURL(address).catch((error: unknown) => process.stderr.write(`hourglass: ${String(error)}\n`))
  }

  /** Opens what the system or a second start named, now or as soon as the page can. */
  open(paths: readonly string[]): void {
    this.#toOpen.push(...paths)
    this.show()
    this.#handOver()
  }

  #handOver(): void {
    const { grants } = this.#studio ?? {}
    if (!grants || !this.#pageListens || this.#toOpen.length === 0) return
    const granted: Granted[] = this.#toOpen.splice(0).map((path) => grants.give(path, { write: path.endsWith('.hourglass') }))
    this.#window?.webContents.send(channels.open, granted)
  }

  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    await this.#studio?.close()
  }
}
