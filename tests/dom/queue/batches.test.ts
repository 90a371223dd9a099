// @vitest-environment happy-dom
import { describe, expect, test } from 'vitest'
import { progressOf } from '../../../src/renderer/app/queueProgress.ts'
import { batchesOf, logOf } from '../../../src/renderer/queue/batches.ts'
import { aJob } from '../support/studio.tsx'

const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 10, 0, second)).toISOString()

describe('a batch', () => {
  test('counts what is done, tells its rate from the last ends, and how long the rest will take', () => {
    const jobs = [
      aJob('a', { state: 'done', progress: 1, endedAt: at(2) }),
      aJob('b', { state: 'done', progress: 1, endedAt: at(4) }),
      aJob('c', { state: 'running', progress: 0.5 }),
      aJob('d'),
    ]
    const [batch] = batchesOf(jobs).open
    expect(batch).toMatchObject({ state: 'running', done: 2, total: 4, progress: 0.625, rate: 0.5, secondsLeft: 3 })
  })
  test('tells no rate before two are done', () => {
    const [batch] = batchesOf([aJob('a', { state: 'done', endedAt: at(1) }), aJob('b', { state: 'running' })]).open
    expect(batch?.rate).toBeNull()
    expect(batch?.secondsLeft).toBeNull()
  })
  test('leaves cancelled jobs out of its count', () => {
    const [batch] = batchesOf([aJob('a', { state: 'cancelled', endedAt: at(1) }), aJob('b', { state: 'done', endedAt: at(2) })]).ended
    expect(batch).toMatchObject({ state: 'done', done: 1, total: 1 })
  })
  test('that has ended stands after those with work left, the newest first', () => {
    const jobs = [
      aJob('old', { batch: '1', state: 'done', endedAt: at(1) }),
      aJob('new', { batch: '2', state: 'failed', endedAt: at(9) }),
      aJob('left', { batch: '3', state: 'paused' }),
    ]
    const { open, ended } = batchesOf(jobs)
    expect(open.map(({ id }) => id)).toEqual(['3'])
    expect(ended.map(({ id }) => id)).toEqual(['2', '1'])
  })
  test('tells its log newest first, over all its jobs, with their names but without each start', () => {
    const line = (second: number, key: string) => ({ at: at(second), text: { key } })
    const jobs = [aJob('a', { log: [line(1, 'jobs.log.started'), line(3, 'jobs.log.done')] }), aJob('b', { log: [line(2, 'jobs.log.crashed')] })]
    expect(logOf(jobs, 9).map(({ text, name }) => [name, text.key])).toEqual([
      ['a.jpg', 'jobs.log.done'],
      ['b.jpg', 'jobs.log.crashed'],
    ])
    expect(logOf(jobs.slice(0, 1), 1).map(({ text, name }) => [name, text.key])).toEqual([[null, 'jobs.log.done']])
  })
})

describe('the pill of the queue', () => {
  test('counts only batches that have work left', () => {
    const jobs = [aJob('old', { batch: 'before', state: 'done', progress: 1 }), aJob('a', { state: 'done', progress: 1 }), aJob('b', { state: 'running', progress: 0.5 })]
    expect(progressOf(jobs, { isPaused: false })).toEqual({ done: 1, total: 2, share: 0.75, paused: false })
    expect(progressOf(jobs.slice(0, 2), { isPaused: false })).toBeNull()
  })
  test('is quiet while all is paused', () => {
    expect(progressOf([aJob('a', { state: 'paused' })], { isPaused: false })?.paused).toBe(true)
  })
})
