import { studioOrigin, type Bridge } from '../../contract/bridge.ts'
import type { Host } from '../../contract/host.ts'

/** What the studio's own window can do. */
export function windowHost(bridge: Bridge): Host {
  return {
    name: 'window',
    pictureUrl: (key) => `${studioOrigin}/pictures/${key}`,
    pickFiles: (kind, options) => bridge.pickFiles(kind, options?.many ?? false),
    pickFolder: () => bridge.pickFolder(false),
    pickTargetFolder: () => bridge.pickFolder(true),
    takeDropped: (files) => bridge.takeDropped([...files]),
    reveal: (grant) => bridge.reveal(grant),
    notify: (title, body) => bridge.notify(title, body),
    setProgress: (progress) => bridge.setProgress(progress),
    setTitle: (title) => {
      document.title = title
      bridge.setTitle(title)
    },
    onOpen: (listener) => bridge.onOpen(listener),
    onCommand: (listener) => bridge.onCommand(listener),
    setMenu: (menu) => bridge.setMenu(menu),
  }
}
