import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { BrowserWindow, Rectangle, Screen } from 'electron'
import { z } from 'zod'

const stateSchema = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().min(400).max(20_000),
  height: z.number().int().min(300).max(20_000),
  maximized: z.boolean(),
})
export type WindowState = z.infer<typeof stateSchema>

/** Where the window was, if that place is still on a screen; null otherwise. */
export function readWindowState(file: string, screen: Pick<Screen, 'getAllDisplays'>): WindowState | null {
  try {
    const state = stateSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
    const isOn = ({ workArea }: { workArea: Rectangle }): boolean =>
      state.x < workArea.x + workArea.width - 100 && state.x + state.width > workArea.x + 100 && state.y >= workArea.y - 10 && state.y < workArea.y + workArea.height - 50
    return screen.getAllDisplays().some(isOn) ? state : null
  } catch {
    return null
  }
}

/** Remembers place and size a moment after they changed, and on closing. */
export function keepWindowState(window: BrowserWindow, file: string): void {
  let timer: NodeJS.Timeout | undefined
  const save = (): void => {
    clearTimeout(timer)
    if (window.isDestroyed() || window.isMinimized() || window.isFullScreen()) return
    const state: WindowState = { ...window.getNormalBounds(), maximized: window.isMaximized() }
    try {
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(`${file}.new`, JSON.stringify(state))
      renameSync(`${file}.new`, file)
    } catch {
      // The window then opens in the middle next time.
    }
  }
  const later = (): void => {
    clearTimeout(timer)
    timer = setTimeout(save, 500)
  }
  window.on('resize', later)
  window.on('move', later)
  window.on('close', save)
}
