import type { StudioEvent } from '../contract/system.ts'

/** A page that lags this far behind is told `hello` instead and asks for everything again. */
const longest = 2000

/** Events of one key replace each other while they wait: only the newest state is of interest. */
function keyOf(event: StudioEvent): string {
  switch (event.type) {
    case 'version.changed':
      return `version ${event.version.id}`
    case 'review.changed':
      return `review ${event.asset}`
    case 'shots.changed':
      return `shots ${event.asset}`
    case 'job.changed':
      return `job ${event.job.id}`
    case 'model.changed':
      return `model ${event.id}`
    default:
      return event.type
  }
}

/** Two waiting events of one key as one. */
function merge(older: StudioEvent, newer: StudioEvent): StudioEvent {
  if (older.type === 'asset.changed' && newer.type === 'asset.changed') {
    const byId = new Map([...older.assets, ...newer.assets].map((asset) => [asset.id, asset]))
    return { type: 'asset.changed', assets: [...byId.values()] }
  }
  if (older.type === 'asset.removed' && newer.type === 'asset.removed') {
    return { type: 'asset.removed', ids: [...new Set([...older.ids, ...newer.ids])] }
  }
  return newer
}

/** Waiting events of one subscriber: bounded, because those of one key are merged. */
class Inbox {
  #waiting = new Map<string, StudioEvent>()
  #wake: (() => void) | null = null

  push(event: StudioEvent): void {
    if (event.type === 'project.changed' && event.project === null) this.#waiting.clear()
    const key = keyOf(event)
    const older = this.#waiting.get(key)
    // Deleted first, so that the newest of a key goes behind what happened before it.
    this.#waiting.delete(key)
    this.#waiting.set(key, older ? merge(older, event) : event)
    // An asset that comes back or goes after all must not be undone by an older event that still waits.
    if (event.type === 'asset.changed') this.#forgetRemoval(new Set(event.assets.map((asset) => asset.id)))
    if (this.#waiting.size > longest) {
      this.#waiting.clear()
      this.#waiting.set('hello', { type: 'hello' })
    }
    this.#wake?.()
  }

  #forgetRemoval(ids: ReadonlySet<string>): void {
    const removal = this.#waiting.get('asset.removed')
    if (removal?.type !== 'asset.removed') return
    const left = removal.ids.filter((id) => !ids.has(id))
    if (left.length > 0) this.#waiting.set('asset.removed', { type: 'asset.removed', ids: left })
    else this.#waiting.delete('asset.removed')
  }

  take(): StudioEvent | undefined {
    for (const [key, event] of this.#waiting) {
      this.#waiting.delete(key)
      return event
    }
    return undefined
  }

  wait(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        this.#wake = null
        signal.removeEventListener('abort', done)
        resolve()
      }
      this.#wake = done
      signal.addEventListener('abort', done, { once: true })
      if (this.#waiting.size > 0 || signal.aborted) done()
    })
  }
}

/** Everything the studio tells, to any number of windows and tabs. A slow one costs nobody else anything. */
export class EventBus {
  #inboxes = new Set<Inbox>()
  #listeners = new Set<(event: StudioEvent) => void>()
  #closed = new AbortController()

  emit(event: StudioEvent): void {
    for (const inbox of this.#inboxes) inbox.push(event)
    for (const listener of this.#listeners) listener(event)
  }

  /** Calls back at once with every event, for hosts (progress on the dock, power saving). Answers how to stop. */
  listen(listener: (event: StudioEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** `hello`, then every event until `signal` aborts, the caller returns, or the studio closes. */
  async *subscribe(signal?: AbortSignal): AsyncGenerator<StudioEvent, void, void> {
    const inbox = new Inbox()
    const ended = signal ? AbortSignal.any([signal, this.#closed.signal]) : this.#closed.signal
    this.#inboxes.add(inbox)
    try {
      yield { type: 'hello' }
      while (!ended.aborted) {
        const event = inbox.take()
        if (event) yield event
        else await inbox.wait(ended)
      }
    } finally {
      this.#inboxes.delete(inbox)
    }
  }

  close(): void {
    this.#closed.abort()
  }
}
