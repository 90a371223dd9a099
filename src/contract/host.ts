import { z } from 'zod'
import { grantId } from './ids.ts'

/** A file or folder the user handed over, as the page may know it: a name and a permission, no path. */
export const granted = z.object({ grant: grantId, name: z.string(), isFolder: z.boolean() })
export type Granted = z.infer<typeof granted>

/** What a page gets from a drop: the browser's File, of which the contract needs only this. */
export interface DroppedFile {
  readonly name: string
  readonly size: number
}

export type PickKind = 'pictures' | 'pages' | 'films' | 'model' | 'card' | 'project' | 'hints' | 'recipe' | 'palettes'

/**
 * What a host can do for the page. The page asks whether an ability is there (`host.reveal?.(…)`), never
 * where it runs. Every host implements what it can; a missing one is a button that is not drawn.
 */
export interface Host {
  /** For the log and the doctor only: 'window' | 'browser' | 'test'. */
  readonly name: string
  /** Address of a cached picture, for `<img src>`. */
  pictureUrl(key: string): string
  /** Asks for files (and folders where the host can); [] when the user thinks better of it. */
  pickFiles(kind: PickKind, options?: { many?: boolean }): Promise<Granted[]>
  /** Asks for a folder to read from. */
  pickFolder?(): Promise<Granted | null>
  /** Asks for a folder to write into; absent: results are downloaded. */
  pickTargetFolder?(): Promise<Granted | null>
  /** Turns dropped files (and folders) into grants; `onProgress` 0…1 where bytes must travel. */
  takeDropped(files: readonly DroppedFile[], onProgress?: (done: number) => void): Promise<Granted[]>
  /** Shows the file in the system's file manager. */
  reveal?(grant: string): Promise<void>
  /** Hands a finished file to the user (browser download). */
  download?(grant: string, name: string): Promise<void>
  /** A system notification; silent where the user refused. */
  notify?(title: string, body: string): Promise<void>
  /** Progress on dock or taskbar, 0…1; null takes it away. */
  setProgress?(progress: number | null): void
  /** Sets the window's title or the tab's. */
  setTitle(title: string): void
  /** Calls back with what the system opens in the studio (a file double-clicked, a recent project chosen). */
  onOpen?(listener: (granted: Granted[]) => void): () => void
  /** Calls back with the id of a Command chosen in a native menu. */
  onCommand?(listener: (command: string) => void): () => void
  /** Tells a native menu which commands can run now and what their texts and shortcuts are. */
  setMenu?(menu: MenuCommand[]): void
}

export const menuCommand = z.object({
  id: z.string(),
  menu: z.enum(['file', 'edit', 'view', 'photo', 'page', 'film', 'help']),
  /** Title of that menu in the page's language. */
  menuText: z.string().optional(),
  text: z.string(),
  shortcut: z.string().nullable(),
  enabled: z.boolean(),
})
export type MenuCommand = z.infer<typeof menuCommand>
