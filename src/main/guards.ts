import { shell, type Session, type WebContents } from 'electron'
import { studioOrigin } from '../contract/bridge.ts'

/** The one page that may be shown and may call: the studio's own, or the development server's. */
export function pageOrigin(env: NodeJS.ProcessEnv, isPackaged: boolean): string {
  const development = env['ELECTRON_RENDERER_URL']
  return development && !isPackaged ? new URL(development).origin : studioOrigin
}

/** `new URL('studio://app/x').origin` is 'null' where the scheme is not known to the parser; so by hand. */
export function originOf(address: string): string {
  try {
    const { protocol, host } = new URL(address)
    return `${protocol}//${host}`
  } catch {
    return ''
  }
}

/** Only web addresses go to the system's browser; anything else could start a program. */
function openOutside(address: string): void {
  if (originOf(address).startsWith('https://')) void shell.openExternal(address)
}

/** A page can neither leave the studio, nor open windows, nor embed others. */
export function guardContents(contents: WebContents, origin: string): void {
  contents.setWindowOpenHandler(({ url }) => {
    openOutside(url)
    return { action: 'deny' }
  })
  const stay = (event: { preventDefault(): void }, url: string): void => {
    if (originOf(url) !== origin) event.preventDefault()
  }
  contents.on('will-navigate', (event) => stay(event, event.url))
  contents.on('will-frame-navigate', (event) => stay(event, event.url))
  contents.on('will-redirect', (event) => stay(event, event.url))
  contents.on('will-attach-webview', (event) => event.preventDefault())
}

const allowed = new Set(['clipboard-sanitized-write', 'fullscreen'])

/** No camera, no place, no anything, but writing to the clipboard and filling the screen. */
export function guardPermissions(session: Pick<Session, 'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler'>, origin: string): void {
  session.setPermissionRequestHandler((contents, permission, answer) => answer(allowed.has(permission) && originOf(contents.getURL()) === origin))
  session.setPermissionCheckHandler((_contents, permission, requesting) => allowed.has(permission) && originOf(requesting) === origin)
  session.setDevicePermissionHandler(() => false)
}
