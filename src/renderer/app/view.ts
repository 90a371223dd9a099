import { useSyncExternalStore } from 'react'
import { create } from 'zustand'
import { frame } from '../ui/theme/tokens.ts'

export const rooms = ['photos', 'pages', 'film', 'queue', 'models', 'settings'] as const
export type Room = (typeof rooms)[number]

interface ViewState {
  /** Tab folds the inspector and the strip away. */
  readonly panelsFolded: boolean
  /** F: nothing but the stage. */
  readonly fullScreen: boolean
  /** Of the inspector, px. */
  readonly inspectorWidth: number
  readonly dialog: 'shortcuts' | 'new' | 'rename' | 'open' | null
}

/** How the frame stands; what rooms show lives in the rooms. */
export const useView = create<ViewState>(() => ({ panelsFolded: false, fullScreen: false, inspectorWidth: frame.inspector, dialog: null }))

const listeners = (notify: () => void) => {
  window.addEventListener('hashchange', notify)
  return () => window.removeEventListener('hashchange', notify)
}
const hash = () => window.location.hash

/** Where the window is: a room, and what is open in it (`#/photos/<asset>`). A reload comes back to the same place. */
export interface Route {
  readonly room: Room
  readonly rest: readonly string[]
}

function routeOf(text: string): Route {
  const [first, ...rest] = text.replace(/^#\/?/, '').split('/').filter((part) => part !== '').map(decodeURIComponent)
  const room = rooms.find((name) => name === first)
  return { room: room ?? 'photos', rest: room ? rest : [] }
}

/** The same at this moment: a page that is drawn may lag behind it. */
export const currentRoute = (): Route => routeOf(hash())

export function useRoute(): Route {
  return routeOf(useSyncExternalStore(listeners, hash))
}

/** Goes to a room, and in it to what `rest` names; `replace` leaves no trace in the browser's history. */
export function go(room: Room, rest: readonly string[] = [], replace = false): void {
  const target = `#/${[room, ...rest].map(encodeURIComponent).join('/')}`
  if (replace) {
    window.history.replaceState(null, '', target)
    window.dispatchEvent(new HashChangeEvent('hashchange'))
  } else window.location.hash = target
}
