import type { DroppedFile, Granted, MenuCommand, PickKind } from './host.ts'

/** Address of the page and its pictures in the window: `studio://app/index.html`, `studio://app/pictures/<key>`. */
export const studioScheme = 'studio'
export const studioOrigin = 'studio://app'

/** What the window's preload script hands to the page, next to the port of the calls. */
export interface Bridge {
  /** Asks for the port; it arrives as a window message `portMessage` with one port. */
  requestPort(): void
  pickFiles(kind: PickKind, many: boolean): Promise<Granted[]>
  pickFolder(target: boolean): Promise<Granted | null>
  takeDropped(files: DroppedFile[]): Promise<Granted[]>
  reveal(grant: string): Promise<void>
  notify(title: string, body: string): Promise<void>
  setProgress(progress: number | null): void
  setTitle(title: string): void
  setMenu(menu: MenuCommand[]): void
  onOpen(listener: (granted: Granted[]) => void): () => void
  onCommand(listener: (command: string) => void): () => void
}

/** Name under which the bridge hangs on the page's window. */
export const bridgeName = 'hourglass'
export const portMessage = 'hourglass:port'

/** A dropped file as the preload script resolved it; `relative` is its place below a dropped folder. */
export interface DroppedPath {
  readonly path: string
  readonly relative: string
}

/** Names of the messages between preload and main process; only preload and `src/main/ipc.ts` use them. */
export const bridgeChannels = {
  port: 'studio:port',
  pickFiles: 'studio:pick-files',
  pickFolder: 'studio:pick-folder',
  takeDropped: 'studio:take-dropped',
  reveal: 'studio:reveal',
  notify: 'studio:notify',
  progress: 'studio:progress',
  title: 'studio:title',
  menu: 'studio:menu',
  open: 'studio:open',
  openReady: 'studio:open-ready',
  command: 'studio:command',
} as const
