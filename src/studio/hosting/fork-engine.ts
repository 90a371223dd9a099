import { fork } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { EngineProcess, FromEngine, SpawnEngine, ToEngine } from '../../contract/engine.ts'

export interface ForkEngineOptions {
  /** The engine's entry: `locate().engine`. */
  readonly entry: string
  /** Called with what the engine and its native libraries write to stderr; silent without it. */
  readonly onLog?: (text: string) => void
  readonly env?: NodeJS.ProcessEnv
  /** What it works on; photographs by default. */
  readonly work?: EngineWork
}

/** Blocks of memory differ with it: those of films are a thirtieth of those of photographs. */
export type EngineWork = 'photos' | 'film'

/** From this size on, glibc gives every block of memory a mapping of its own, bytes. */
const mappedBytes: Readonly<Record<EngineWork, number>> = { photos: 4 << 20, film: 64 << 10 }

/**
 * What Node is told. Planes of film frames lie outside its heap and go when the young part of the heap is swept, which comes
 * the sooner the smaller that is: 55 MB less are held, in the same time.
 */
const nodeArguments: Readonly<Record<EngineWork, readonly string[]>> = { photos: [], film: ['--max-semi-space-size=1'] }

/** Variables an engine is started with where its owner's environment does not say otherwise. */
const engineEnvironment = (work: EngineWork): NodeJS.ProcessEnv => ({
  // Compiled code is remembered between runs: the engine is ready in half the time. Node checks its age itself.
  NODE_COMPILE_CACHE: join(tmpdir(), 'node-compile-cache'),
  // Pictures of an album come in all sizes. In glibc's heaps, one to a thread, the holes they leave are kept for ever; mappings
  // go back at once (docs/decisions/0006).
  MALLOC_MMAP_THRESHOLD_: String(mappedBytes[work]),
})

/**
 * Engines as child processes of this one, for every host that is not Electron. The engine leaves by itself when
 * the channel closes, so it never outlives its owner, however that ended. On POSIX it is put into a process
 * group of its own: Ctrl-C in a terminal reaches the owner, which then says what becomes of the work.
 */
export function forkEngine(options: ForkEngineOptions): SpawnEngine {
  return () => {
    const work = options.work ?? 'photos'
    const child = fork(options.entry, [], {
      env: { ...engineEnvironment(work), ...(options.env ?? process.env) },
      execArgv: [...nodeArguments[work]],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      detached: process.platform !== 'win32',
    })
    child.stderr?.setEncoding('utf8').on('data', (text: string) => options.onLog?.(text))
    let ended = false
    const exitListeners: ((code: number | null) => void)[] = []
    const end = (code: number | null): void => {
      if (ended) return
      ended = true
      for (const listener of exitListeners) listener(code)
    }
    child.once('exit', (code) => end(code))
    // Starting failed, or a message could not be delivered: either way this process is of no use any more.
    child.on('error', () => {
      child.kill('SIGKILL')
      if (child.pid === undefined) end(null)
    })
    const engine: EngineProcess = {
      post: (message: ToEngine) => {
        if (child.connected) child.send(message)
      },
      onMessage: (listener) => void child.on('message', (message) => listener(message as FromEngine)),
      onExit: (listener) => void exitListeners.push(listener),
      kill: () => void child.kill('SIGKILL'),
      get pid() {
        return child.pid
      },
    }
    return engine
  }
}

/**
 * Starts the first engine at once, before anybody asks for it, so that it loads while its owner still reads its
 * arguments. What it says meanwhile is kept for the one who takes it over; `discard` ends it where nobody did.
 */
export function startEarly(spawn: SpawnEngine): { spawn: SpawnEngine; discard(): void } {
  let first: EngineProcess | null = spawn()
  let exit: { code: number | null } | null = null
  const said: FromEngine[] = []
  let listener: ((message: FromEngine) => void) | null = null
  first.onMessage((message) => (listener ? listener(message) : void said.push(message)))
  first.onExit((code) => {
    exit = { code }
  })
  const take: SpawnEngine = () => {
    const early = first
    if (!early || exit) return spawn()
    first = null
    return {
      post: (message) => early.post(message),
      onMessage(next) {
        // Not within this call: whoever listens is still being made.
        setImmediate(() => {
          for (const message of said.splice(0)) next(message)
          listener = next
        })
      },
      onExit: (next) => early.onExit(next),
      kill: () => early.kill(),
      get pid() {
        return early.pid
      },
    }
  }
  return {
    spawn: take,
    discard() {
      first?.kill()
      first = null
    },
  }
}
