import type { MessagePort } from 'node:worker_threads'
import { warmUpKernels } from '../kernels/compose.ts'
import { gamutTable } from '../../core/color/gamut.ts'
import type { FromPixels, ToPixels } from './messages.ts'
import { DriftTaker, StripTaker } from './strips.ts'

function work(message: ToPixels): FromPixels {
  const { id } = message.job
  if (message.type === 'compose') {
    const taker = new StripTaker(message.job)
    while (taker.takeOne());
    return { type: 'composed', id, sums: taker.finish() }
  }
  const taker = new DriftTaker(message.job)
  while (taker.takeOne());
  return { type: 'compared', id, part: taker.finish() }
}

/** A thread that works on strips of pixels and does nothing else. */
export function servePixels(port: MessagePort): void {
  // Made while the picture is still being decoded: tables that every composing needs.
  gamutTable()
  try {
    warmUpKernels()
  } catch {
    // The first job will say what is missing.
  }
  port.on('message', (message: ToPixels) => {
    try {
      port.postMessage(work(message))
    } catch (thrown) {
      port.postMessage({ type: 'failed', id: message.job.id, message: thrown instanceof Error ? thrown.message : String(thrown) } satisfies FromPixels)
    }
  })
}
