import { exitStatus } from './statuses.ts'

export interface Interrupt {
  /** Aborted by Ctrl-C, by SIGTERM, or by `stop`. */
  readonly signal: AbortSignal
  /** True where a person (or the system) asked for the end, not `stop`. */
  readonly interrupted: boolean
  stop(): void
  release(): void
}

const sameKeyMs = 500

/** Turns Ctrl-C into an abort that lets the work end cleanly; a second one ends the process at once. */
export function interruptible(): Interrupt {
  const controller = new AbortController()
  let interrupted = false
  let at = 0
  const onSignal = (): void => {
    // One Ctrl-C may arrive twice: from the terminal, and passed on by the process that started this one.
    if (interrupted && performance.now() - at > sameKeyMs) process.exit(exitStatus.cancelled)
    if (interrupted) return
    interrupted = true
    at = performance.now()
    controller.abort()
  }
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const signal of signals) process.on(signal, onSignal)
  return {
    signal: controller.signal,
    get interrupted() {
      return interrupted
    },
    stop: () => controller.abort(),
    release() {
      for (const signal of signals) process.off(signal, onSignal)
    },
  }
}
