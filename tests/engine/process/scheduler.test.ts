import { describe, expect, it } from 'vitest'
import { picturesAtOnce, type EnginePriority } from '../../../src/contract/engine.ts'
import { Scheduler, type Scheduled } from '../../../src/engine/workers/scheduler.ts'

function watched(): { log: string[]; submit: (id: number, priority: EnginePriority, lane?: string) => void; scheduler: Scheduler<Scheduled> } {
  const log: string[] = []
  const scheduler = new Scheduler<Scheduled>({
    start: ({ id }) => log.push(`start ${id}`),
    drop: ({ id }) => log.push(`drop ${id}`),
    interrupt: ({ id }) => log.push(`interrupt ${id}`),
  })
  return { log, scheduler, submit: (id, priority, lane) => scheduler.submit({ id, priority, lane: lane ?? null }) }
}

/** Tasks from a number on, as many as fill what places for jobs are left beside some. */
const filling = (from: number, beside: number): number[] => Array.from({ length: picturesAtOnce + 1 - beside }, (_, index) => from + index)

describe('what runs next', () => {
  it('the pictures of a batch and a film run at once, another waits for one of them', () => {
    const { log, submit, scheduler } = watched()
    const together = filling(1, 0)
    const last = together.length + 1
    for (const id of [...together, last]) submit(id, 'job')
    expect(log).toEqual(together.map((id) => `start ${id}`))
    scheduler.finished(2)
    expect(log.at(-1)).toBe(`start ${last}`)
  })

  it('no job is started while somebody waits for a picture, and it goes on when the picture is there', () => {
    const { log, submit, scheduler } = watched()
    submit(1, 'interactive')
    submit(2, 'visible')
    submit(3, 'job')
    expect(log).toEqual(['start 1'])
    scheduler.finished(1)
    expect(log).toEqual(['start 1', 'start 2'])
    scheduler.finished(2)
    expect(log).toEqual(['start 1', 'start 2', 'start 3'])
    scheduler.finished(3)
    expect(scheduler.idle).toBe(true)
  })

  it('an interactive task starts at once beside running jobs', () => {
    const { log, submit } = watched()
    submit(1, 'job')
    submit(2, 'interactive')
    expect(log).toEqual(['start 1', 'start 2'])
  })
})

describe('lanes and cancelling', () => {
  it('a newer question of a lane interrupts the running one and drops the waiting one', () => {
    const { log, submit } = watched()
    submit(1, 'job', 'preview:a')
    submit(2, 'job', 'preview:a')
    expect(log).toEqual(['start 1', 'interrupt 1', 'start 2'])
    for (const id of filling(10, 2)) submit(id, 'job')
    log.length = 0
    submit(4, 'job', 'preview:c')
    submit(5, 'job', 'preview:c')
    expect(log).toEqual(['drop 4'])
  })

  it('cancelling what waits drops it, what runs interrupts it, what is unknown does nothing', () => {
    const { log, submit, scheduler } = watched()
    const running = filling(1, 0)
    const last = running.length + 1
    for (const id of [...running, last]) submit(id, 'job')
    log.length = 0
    scheduler.cancel(last)
    scheduler.cancel(1)
    scheduler.cancel(99)
    expect(log).toEqual([`drop ${last}`, 'interrupt 1'])
  })
})
