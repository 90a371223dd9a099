import { ipcMain, MessageChannelMain, type IpcMainEvent, type IpcMainInvokeEvent, type MessagePortMain, type WebContents } from 'electron'
import { z } from 'zod'
import { bridgeChannels as channels } from '../contract/bridge.ts'
import { menuCommand, type Granted, type MenuCommand, type PickKind } from '../contract/host.ts'
import { grantId, type GrantId } from '../contract/ids.ts'
import { originOf } from './guards.ts'

/** What the main process does for a page; this file is the only door to it. */
export interface Abilities {
  /** Takes the host's end of the page's port of calls. */
  connect(port: MessagePortMain): void
  pickFiles(kind: PickKind, many: boolean): Promise<Granted[]>
  pickFolder(target: boolean): Promise<Granted | null>
  takeDropped(files: readonly { path: string; relative: string }[]): Granted[]
  reveal(grant: GrantId): void
  notify(title: string, body: string): void
  setProgress(progress: number | null): void
  setTitle(title: string): void
  setMenu(menu: readonly MenuCommand[]): void
  /** The page listens for what the system opens. */
  listensForFiles(): void
}

const text = z.string().max(2000)
const shapes = {
  pickFiles: z.object({ kind: z.enum(['pictures', 'pages', 'films', 'model', 'card', 'project', 'hints', 'recipe']), many: z.boolean() }),
  pickFolder: z.object({ target: z.boolean() }),
  takeDropped: z.array(z.object({ path: z.string().min(1).max(32_768), relative: z.string().max(32_768) })).max(100_000),
  reveal: z.object({ grant: grantId }),
  notify: z.object({ title: text, body: text }),
  progress: z.object({ progress: z.number().min(0).max(1).nullable() }),
  title: z.object({ title: text }),
  menu: z.array(menuCommand).max(1000),
}

/**
 * Answers the messages of one window's page, and nobody else's: the sender must be that window, its top frame, and
 * show the studio's own page. What a message carries is parsed before it is used. Answers how to stop.
 */
export function serveBridge(contents: WebContents, origin: string, abilities: Abilities): () => void {
  const isPage = (event: IpcMainEvent | IpcMainInvokeEvent): boolean => {
    const frame = event.senderFrame
    return event.sender === contents && frame !== null && frame === contents.mainFrame && originOf(frame.url) === origin
  }
  const invoke = <Schema extends z.ZodType>(channel: string, shape: Schema, handle: (value: z.output<Schema>) => unknown): void =>
    ipcMain.handle(channel, (event, value: unknown) => {
      if (!isPage(event)) throw new Error('This page may not ask.')
      return handle(shape.parse(value))
    })
  const listeners: [string, (event: IpcMainEvent, value: unknown) => void][] = []
  const hear = (channel: string, handle: (event: IpcMainEvent, value: unknown) => void): void => {
    const listener = (event: IpcMainEvent, value: unknown): void => {
      if (isPage(event)) handle(event, value)
    }
    listeners.push([channel, listener])
    ipcMain.on(channel, listener)
  }
  const hearShape = <Schema extends z.ZodType>(channel: string, shape: Schema, handle: (value: z.output<Schema>) => void): void =>
    hear(channel, (_event, value) => {
      const parsed = shape.safeParse(value)
      if (parsed.success) handle(parsed.data)
    })

  let port: MessagePortMain | null = null
  hear(channels.port, (event) => {
    // A reloaded page asks anew; the calls of the old one end with its port.
    port?.close()
    const channel = new MessageChannelMain()
    port = channel.port1
    abilities.connect(channel.port1)
    event.senderFrame?.postMessage(channels.port, null, [channel.port2])
  })
  invoke(channels.pickFiles, shapes.pickFiles, ({ kind, many }) => abilities.pickFiles(kind, many))
  invoke(channels.pickFolder, shapes.pickFolder, ({ target }) => abilities.pickFolder(target))
  invoke(channels.takeDropped, shapes.takeDropped, (files) => abilities.takeDropped(files))
  invoke(channels.reveal, shapes.reveal, ({ grant }) => abilities.reveal(grant))
  invoke(channels.notify, shapes.notify, ({ title, body }) => abilities.notify(title, body))
  hear(channels.openReady, () => abilities.listensForFiles())
  hearShape(channels.progress, shapes.progress, ({ progress }) => abilities.setProgress(progress))
  hearShape(channels.title, shapes.title, ({ title }) => abilities.setTitle(title))
  hearShape(channels.menu, shapes.menu, (menu) => abilities.setMenu(menu))

  return () => {
    port?.close()
    for (const [channel, listener] of listeners) ipcMain.off(channel, listener)
    for (const channel of [channels.pickFiles, channels.pickFolder, channels.takeDropped, channels.reveal, channels.notify]) ipcMain.removeHandler(channel)
  }
}
