import type { MessagePort } from 'node:worker_threads'
import type { ToPixels } from './messages.ts'
import { StripTaker } from './strips.ts'

/** A thread that composes strips and does nothing else. */
export function servePixels(port: MessagePort): void {
  port.on('message', ({ job }: ToPixels) => {
    try {
      const taker = new StripTaker(job)
      while (taker.takeOne());
      port.postMessage({ type: 'composed', id: job.id, sums: taker.sums() })
    } catch (thrown) {
      port.postMessage({ type: 'failed', id: job.id, message: thrown instanceof Error ? thrown.message : String(thrown) })
    }
  })
}
