import { expect, it } from 'vitest'
import { Memo } from '../../../src/engine/workers/memo.ts'

const sized = (value: { bytes: number }): number => value.bytes

it('what is asked for twice, even at the same time, is made once', async () => {
  const memo = new Memo(100)
  let made = 0
  const make = async (): Promise<{ bytes: number }> => ({ bytes: ++made })
  const [first, second] = await Promise.all([memo.get('a', sized, make), memo.get('a', sized, make)])
  expect(first).toBe(second)
  await memo.get('a', sized, make)
  expect(made).toBe(1)
})

it('the least recently used goes first, and what would fill half of it is not kept at all', async () => {
  const memo = new Memo(100)
  const put = (key: string, bytes: number): Promise<{ bytes: number }> => memo.get(key, sized, async () => ({ bytes }))
  await put('a', 40)
  await put('b', 40)
  await put('a', 0)
  await put('c', 40)
  expect(memo.bytes).toBe(80)
  expect((await put('a', 1)).bytes).toBe(40)
  expect((await put('b', 2)).bytes).toBe(2)
  await put('huge', 90)
  expect((await put('huge', 5)).bytes).toBe(5)
})

it('a failure is not remembered', async () => {
  const memo = new Memo(100)
  await expect(memo.get('a', sized, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await memo.get('a', sized, async () => ({ bytes: 1 }))).toEqual({ bytes: 1 })
})

it('one that waits for another\'s result makes its own where that one is cancelled', async () => {
  const memo = new Memo(100)
  const cancelled = memo.get('a', sized, () => Promise.reject(new Error('cancelled')))
  const waiting = memo.get('a', sized, async () => ({ bytes: 3 }))
  await expect(cancelled).rejects.toThrow('cancelled')
  expect(await waiting).toEqual({ bytes: 3 })
})

it('of what would fill half of it the newest is kept beside the rest, where it has a limit of its own', async () => {
  const memo = new Memo(100, 300)
  const put = (key: string, bytes: number): Promise<{ bytes: number }> => memo.get(key, sized, async () => ({ bytes }))
  await put('small', 40)
  await put('page', 200)
  expect((await put('page', 1)).bytes).toBe(200)
  expect(memo.bytes).toBe(240)
  await put('next', 250)
  expect((await put('page', 199)).bytes).toBe(199)
  expect((await put('small', 1)).bytes).toBe(40)
  await put('beyond', 301)
  expect((await put('beyond', 2)).bytes).toBe(2)
  memo.clear()
  expect(memo.bytes).toBe(0)
})
