import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { keep, refresh } from '../../../src/renderer/client/freshness.ts'

let cache: QueryClient
let stop: () => void
/** Answers that were asked for, in order: a test gives them when it likes. */
let asked: ((answer: string[]) => void)[]
beforeEach(() => {
  cache = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY } } })
  asked = []
  stop = new QueryObserver(cache, { queryKey: ['assets'], queryFn: () => new Promise<string[]>((resolve) => void asked.push(resolve)) }).subscribe(() => undefined)
})
afterEach(() => {
  stop()
  cache.clear()
})
const known = () => cache.getQueryData<string[]>(['assets'])
const answer = async (list: string[]): Promise<void> => {
  asked.shift()?.(list)
  await vi.waitFor(() => expect(known()).toEqual(list))
}

describe('what the page knows', () => {
  test('is not overwritten for good by an answer that was older than an event', async () => {
    // The list was read before the clip was added, and comes after the page has heard of it.
    keep<string[]>(cache, ['assets'], () => ['one', 'two'])
    expect(known()).toEqual(['one', 'two'])
    await answer(['one'])
    await vi.waitFor(() => expect(asked).toHaveLength(1))
    await answer(['one', 'two'])
    expect(asked).toHaveLength(0)
  })

  test('is asked for once more where a hundred changes come while an answer is under way', async () => {
    for (let n = 0; n < 100; n++) refresh(cache, ['assets'])
    expect(asked).toHaveLength(1)
    await answer(['one'])
    await vi.waitFor(() => expect(asked).toHaveLength(1))
    await answer(['one', 'two'])
    expect(asked).toHaveLength(0)
  })

  test('is asked for at once where no answer is under way, and not at all where an event says it all', async () => {
    await answer(['one'])
    keep<string[]>(cache, ['assets'], (list) => [...(list ?? []), 'two'])
    expect(asked).toHaveLength(0)
    refresh(cache, ['assets'])
    await vi.waitFor(() => expect(asked).toHaveLength(1))
  })
})
