import { implement } from '@orpc/server'
import { contract } from '../../src/contract/index.ts'
import { CancelledError, HourglassError } from '../../src/contract/errors.ts'
import { gestureId, versionId } from '../../src/contract/ids.ts'
import { settings as settingsSchema, type Settings } from '../../src/contract/settings.ts'
import type { StudioEvent } from '../../src/contract/system.ts'

/** The part of the contract that is enough to try a transport: plain calls, a long one, a failing one, events. */
const part = { settings: contract.settings, history: contract.history, models: contract.models, system: contract.system }

/** A studio of one setting; `aborted` fills with what was called off. */
export function smallRouter() {
  const os = implement(part)
  let current: Settings = settingsSchema.parse({})
  const listeners = new Set<(event: StudioEvent) => void>()
  const aborted: string[] = []
  let subscribers = 0
  const noModel = new HourglassError('missing-model', 'The model x is not installed.', 'Get it in Models.')

  const router = os.router({
    settings: {
      get: os.settings.get.handler(() => current),
      change: os.settings.change.handler(({ input }) => {
        current = settingsSchema.parse({ ...current, ...input })
        for (const listener of listeners) listener({ type: 'settings.changed', settings: current })
        return current
      }),
    },
    history: {
      list: os.history.list.handler(() => []),
      undo: os.history.undo.handler(() => null),
      redo: os.history.redo.handler(() => ({ id: gestureId.parse('g1'), version: versionId.parse('v1'), label: { key: 'k' }, at: 'now', done: true })),
      goTo: os.history.goTo.handler(() => undefined),
    },
    models: {
      list: os.models.list.handler(() => []),
      get: os.models.get.handler(() => {
        throw noModel
      }),
      add: os.models.add.handler(() => {
        throw noModel
      }),
      verify: os.models.verify.handler(() => []),
      remove: os.models.remove.handler(() => {
        throw noModel
      }),
      setDefault: os.models.setDefault.handler(() => {
        throw new Error('secret detail of /home/someone')
      }),
      // A long call: ends only when it is called off.
      measure: os.models.measure.handler(
        ({ input, signal }) =>
          new Promise((_resolve, reject) => {
            signal?.addEventListener('abort', () => {
              aborted.push(input.id)
              reject(new CancelledError())
            })
          }),
      ),
    },
    system: {
      // Not what was agreed: the check of the output must refuse it.
      info: os.system.info.handler(() => ({ version: 1 }) as never),
      doctor: os.system.doctor.handler(() => []),
      probe: os.system.probe.handler(() => []),
      clearCache: os.system.clearCache.handler(() => ({ freedMb: 0 })),
      events: os.system.events.handler(async function* ({ signal }): AsyncGenerator<StudioEvent, void, void> {
        const waiting: StudioEvent[] = [{ type: 'hello' }]
        let wake: (() => void) | undefined
        const listener = (event: StudioEvent): void => {
          waiting.push(event)
          wake?.()
        }
        listeners.add(listener)
        subscribers += 1
        try {
          for (;;) {
            const event = waiting.shift()
            if (signal?.aborted) return
            if (event) yield event
            else {
              await new Promise<void>((resolve) => {
                wake = resolve
                signal?.addEventListener('abort', () => resolve(), { once: true })
              })
            }
          }
        } finally {
          listeners.delete(listener)
          subscribers -= 1
        }
      }),
    },
  })
  return { router, aborted, subscribers: () => subscribers }
}

export type SmallStudio = ReturnType<typeof smallRouter>
export type SmallContract = typeof part
