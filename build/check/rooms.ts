// The rooms of the house and what each may import: the table behind docs/architecture.md.

export interface Room {
  /** Other rooms it may import. */
  imports: readonly string[]
  /** Modules of Node and Electron it may name: 'node' stands for all of node: except those another room holds alone. */
  platform: readonly ('node' | 'electron' | 'sqlite')[]
}

export const rooms = {
  contract: { imports: [], platform: [] },
  core: { imports: ['contract'], platform: [] },
  engine: { imports: ['contract', 'core'], platform: ['node'] },
  studio: { imports: ['contract', 'core'], platform: ['node', 'sqlite'] },
  main: { imports: ['contract', 'core', 'studio'], platform: ['node', 'electron'] },
  preload: { imports: ['contract'], platform: ['electron'] },
  web: { imports: ['contract', 'core', 'studio'], platform: ['node'] },
  cli: { imports: ['contract', 'core', 'studio'], platform: ['node'] },
  renderer: { imports: ['contract', 'core'], platform: [] },
} as const satisfies Record<string, Room>

export type RoomName = keyof typeof rooms

export const roomNames = Object.keys(rooms) as RoomName[]

/** The room a source file lies in, or undefined for a file outside src. */
export function roomOf(path: string): RoomName | undefined {
  const [top, name] = path.split('/')
  return top === 'src' && name !== undefined && name in rooms ? (name as RoomName) : undefined
}
