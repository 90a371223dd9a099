import { utilityProcess } from 'electron'
import type { FromEngine, SpawnEngine } from '../contract/engine.ts'

/** Engines as utility processes of Electron: they end with the app, however it ended. */
export function utilityEngine(options: { entry: string; onLog: (text: string) => void }): SpawnEngine {
  return () => {
    const child = utilityProcess.fork(options.entry, [], { serviceName: 'Hourglass engine', stdio: ['ignore', 'ignore', 'pipe'] })
    child.stderr?.on('data', (chunk: Buffer) => options.onLog(chunk.toString('utf8')))
    return {
      post: (message) => child.postMessage(message),
      onMessage: (listener) => void child.on('message', (message: FromEngine) => listener(message)),
      onExit: (listener) => void child.once('exit', (code) => listener(code)),
      kill() {
        // `kill()` asks politely; a process stuck in native code does not hear it.
        if (child.pid === undefined) return
        try {
          process.kill(child.pid, 'SIGKILL')
        } catch {
          child.kill()
        }
      },
      get pid() {
        return child.pid
      },
    }
  }
}
