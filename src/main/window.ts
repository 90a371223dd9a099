import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { BrowserWindow, screen } from 'electron'
import type { Locations } from '../studio/hosting/locations.ts'
import { guardContents } from './guards.ts'
import { keepWindowState, readWindowState } from './window-state.ts'

/** A page that crashes this often within a minute is not loaded again. */
const crashesBeforeGivingUp = 3

/** The studio's window: sandboxed, isolated, shown once the page has something to show. */
export function openWindow(places: Pick<Locations, 'data' | 'preload' | 'resources'>, options: { origin: string; title: string }): BrowserWindow {
  const stateFile = join(places.data, 'window.json')
  // macOS and Windows take it from the program itself.
  const icon = join(places.resources, 'icon.png')
  const state = readWindowState(stateFile, screen)
  const window = new BrowserWindow({
    title: options.title,
    width: state?.width ?? 1440,
    height: state?.height ?? 900,
    ...(state && { x: state.x, y: state.y }),
    minWidth: 900,
    minHeight: 600,
    show: false,
    backgroundColor: '#141416',
    ...(existsSync(icon) && { icon }),
    webPreferences: {
      preload: places.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
    },
  })
  guardContents(window.webContents, options.origin)
  window.once('ready-to-show', () => {
    if (state?.maximized) window.maximize()
    window.show()
  })
  keepWindowState(window, stateFile)
  const crashes: number[] = []
  window.webContents.on('render-process-gone', (_event, details) => {
    if (details.reason === 'clean-exit' || window.isDestroyed()) return
    const now = Date.now()
    crashes.push(now)
    // Every edit is saved when it is made: a fresh page goes on where the old one was.
    if (crashes.filter((at) => now - at < 60_000).length < crashesBeforeGivingUp) window.webContents.reload()
  })
  return window
}
