import { useEffect, useMemo, useRef } from 'react'
import { create } from 'zustand'
import { commands, emptyContext, findCommand, shortcutMap, type CommandContext, type CommandId } from '../../core/commands/index.ts'
import { useSettings } from '../client/queries.ts'

/** What a command does. `release` is for those that last as long as the key is held. */
interface Binding {
  run(): void
  release?(): void
}

interface CommandState {
  /** What the window shows, told by frame and rooms. */
  readonly context: CommandContext
  /** The newest binding of a command wins, until its part of the page goes away. */
  readonly bindings: ReadonlyMap<CommandId, readonly Binding[]>
}

export const useCommands = create<CommandState>(() => ({ context: emptyContext, bindings: new Map() }))

/** Binds a command as long as the calling component is mounted. */
export function useCommand(id: CommandId, run: () => void, release?: () => void): void {
  const latest = useRef({ run, release })
  useEffect(() => {
    latest.current = { run, release }
  })
  const holds = release !== undefined
  useEffect(() => {
    const binding: Binding = { run: () => latest.current.run(), ...(holds ? { release: () => latest.current.release?.() } : {}) }
    const change = (edit: (before: readonly Binding[]) => readonly Binding[]) =>
      useCommands.setState(({ bindings }) => ({ bindings: new Map(bindings).set(id, edit(bindings.get(id) ?? [])) }))
    change((before) => [...before, binding])
    return () => change((before) => before.filter((each) => each !== binding))
  }, [id, holds])
}

/** What parts of the page have told, in the order in which they appeared; the newest word on a thing holds. */
const told = new Map<symbol, Partial<CommandContext>>()
const retell = () => useCommands.setState({ context: Object.assign({}, emptyContext, ...told.values()) as CommandContext })

/** Tells part of what the window shows, as long as the calling component is mounted. */
export function useCommandContext(part: Partial<CommandContext>): void {
  const key = JSON.stringify(part)
  const teller = useRef(Symbol('teller'))
  useEffect(() => {
    const me = teller.current
    return () => {
      told.delete(me)
      retell()
    }
  }, [])
  useEffect(() => {
    told.set(teller.current, JSON.parse(key) as Partial<CommandContext>)
    retell()
  }, [key])
}

/** Whether a command can run now: somebody does it, and it makes sense. */
export function canRun(id: CommandId, { context, bindings }: CommandState = useCommands.getState()): boolean {
  return (bindings.get(id)?.length ?? 0) > 0 && findCommand(id)?.when(context) === true
}

/** Runs a command; false when it cannot run now. */
export function runCommand(id: CommandId): boolean {
  if (!canRun(id)) return false
  useCommands.getState().bindings.get(id)?.at(-1)?.run()
  return true
}

/** Ends a command that lasts as long as its key is held. */
export function releaseCommand(id: CommandId): void {
  useCommands.getState().bindings.get(id)?.at(-1)?.release?.()
}

/** For a button that stands for a command: whether it can be pressed, its shortcut, and the press. */
export function useCommandButton(id: CommandId): { readonly enabled: boolean; readonly shortcut: string | null; run(): void } {
  const enabled = useCommands((state) => canRun(id, state))
  const shortcut = useShortcuts().get(id) ?? null
  return { enabled, shortcut, run: () => void runCommand(id) }
}

/** The user's keyboard map. */
export function useShortcuts(): ReadonlyMap<CommandId, string | null> {
  const { data } = useSettings()
  const changed = data?.shortcuts
  const keySet = data?.keySet
  return useMemo(() => shortcutMap(changed ?? {}, keySet), [changed, keySet])
}

/** Commands that can run now, in the order of the list. */
export function useRunnable(): readonly CommandId[] {
  const state = useCommands()
  return useMemo(() => commands.map(({ id }) => id).filter((id) => canRun(id, state)), [state])
}
