/** Entry of every thread of the engine; what it becomes is told by its `workerData`. */
import { parentPort, workerData } from 'node:worker_threads'
import type { WorkerRole } from './messages.ts'

const port = parentPort
if (!port) throw new Error('this file is started as a thread of the engine')
const start = workerData as WorkerRole
if (start.role === 'session') {
  const { serveTasks } = await import('./session.ts')
  serveTasks(port, start)
} else {
  const { servePixels } = await import('./pixels.ts')
  servePixels(port)
}
