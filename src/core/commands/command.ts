import type { MenuCommand } from '../../contract/host.ts'

/** What the window is showing, as far as it decides which commands make sense. */
export interface CommandContext {
  readonly room: 'photos' | 'pages' | 'film' | 'queue' | 'models' | 'settings'
  readonly hasProject: boolean
  /** Assets of the project. */
  readonly assets: number
  /** Of them, still without colour. */
  readonly todo: number
  readonly selected: number
  /** One picture fills the stage. */
  readonly isOpen: boolean
  readonly canUndo: boolean
  readonly canRedo: boolean
  readonly hasCopiedRecipe: boolean
  /** Jobs that run or wait. */
  readonly unfinishedJobs: number
  readonly queuePaused: boolean
}

/** What is true before anything is open. */
export const emptyContext: CommandContext = {
  room: 'photos',
  hasProject: false,
  assets: 0,
  todo: 0,
  selected: 0,
  isOpen: false,
  canUndo: false,
  canRedo: false,
  hasCopiedRecipe: false,
  unfinishedJobs: 0,
  queuePaused: false,
}

/** A named action of the user. Menu, palette, toolbar and keyboard all read the same list. */
export interface Command {
  readonly id: string
  /** Catalogue key of the visible name: `commands.<id>`. */
  readonly text: string
  /** Default shortcut as `Mod+Shift+Z`; Mod is Command on a Mac and Ctrl elsewhere. null: none. */
  readonly shortcut: string | null
  /** Where the menu lists it; null: only the palette and the keyboard. */
  readonly menu: MenuCommand['menu'] | null
  /** The rooms it belongs to; commands of different rooms may have the same keys. Absent: every room. */
  readonly rooms?: readonly CommandContext['room'][]
  /** Whether it makes sense now. */
  when(context: CommandContext): boolean
}
