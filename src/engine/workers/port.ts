import type { FromEngine } from '../../contract/engine.ts'

/** The channel to the engine's owner, whichever world it is. */
export interface OwnerPort {
  post(message: FromEngine): void
  onMessage(listener: (message: unknown) => void): void
  /** The owner is gone, or does not want this engine any more. */
  onClose(listener: () => void): void
}

/** What Electron's utility process offers; its types belong to another room. */
interface ParentPort {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { data: unknown }) => void): void
  on(event: 'close', listener: () => void): void
}

/**
 * The owner's channel: Electron's `process.parentPort` where it is there, else the channel of `child_process.fork`.
 * @throws Error when started by hand, with no owner at all
 */
export function ownerPort(): OwnerPort {
  const parentPort = (process as { parentPort?: ParentPort }).parentPort
  if (parentPort) {
    return {
      post: (message) => parentPort.postMessage(message),
      onMessage: (listener) => parentPort.on('message', (event) => listener(event.data)),
      onClose: (listener) => parentPort.on('close', listener),
    }
  }
  if (!process.send) throw new Error('The engine is started by the studio, not by hand.')
  return {
    // A message that cannot be delivered means that the owner is gone, which `disconnect` tells as well.
    post: (message) => void process.send?.(message, undefined, undefined, () => undefined),
    onMessage: (listener) => void process.on('message', listener),
    onClose: (listener) => void process.on('disconnect', listener),
  }
}
