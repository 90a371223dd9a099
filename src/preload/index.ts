import { contextBridge, ipcRenderer, webUtils, type IpcRendererEvent } from 'electron'
import { bridgeChannels as channels, bridgeName, portMessage, studioOrigin, type Bridge, type DroppedPath } from '../contract/bridge.ts'

/** Passes one kind of message on to the page; answers how to stop it. */
function listen<Value>(channel: string, listener: (value: Value) => void): () => void {
  const pass = (_event: IpcRendererEvent, value: Value): void => listener(value)
  ipcRenderer.on(channel, pass)
  return () => void ipcRenderer.off(channel, pass)
}

/** The page sees a File; its path stays on this side of the wall. */
function pathOf(file: File): DroppedPath {
  const { path, relativePath } = file as File & { path?: string; relativePath?: string }
  return { path: webUtils.getPathForFile(file), relative: relativePath || path || file.webkitRelativePath || file.name }
}

// A port cannot pass the context bridge; it goes to the page as a message of its own window.
ipcRenderer.on(channels.port, (event) => {
  window.postMessage(portMessage, window.location.protocol === 'studio:' ? studioOrigin : window.location.origin, [...event.ports])
})

const bridge: Bridge = {
  requestPort: () => ipcRenderer.send(channels.port),
  pickFiles: (kind, many) => ipcRenderer.invoke(channels.pickFiles, { kind, many }),
  pickFolder: (target) => ipcRenderer.invoke(channels.pickFolder, { target }),
  takeDropped: (files) => ipcRenderer.invoke(channels.takeDropped, (files as File[]).map(pathOf).filter(({ path }) => path !== '')),
  reveal: (grant) => ipcRenderer.invoke(channels.reveal, { grant }),
  notify: (title, body) => ipcRenderer.invoke(channels.notify, { title, body }),
  setProgress: (progress) => ipcRenderer.send(channels.progress, { progress }),
  setTitle: (title) => ipcRenderer.send(channels.title, { title }),
  setMenu: (menu) => ipcRenderer.send(channels.menu, menu),
  onOpen(listener) {
    const stop = listen(channels.open, listener)
    // What the system opened before the page could listen has been kept.
    ipcRenderer.send(channels.openReady)
    return stop
  },
  onCommand: (listener) => listen(channels.command, listener),
}

contextBridge.exposeInMainWorld(bridgeName, bridge)
