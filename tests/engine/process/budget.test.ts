import { setImmediate as nextTurn } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { Budget, engineMb } from '../../../src/engine/workers/budget.ts'
import { Memo } from '../../../src/engine/workers/memo.ts'

const pause = async (): Promise<void> => void (await nextTurn())
const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn++) await nextTurn()
}

it('pictures share the room: what does not fit beside another waits for it, in order', async () => {
  const budget = new Budget(engineMb + 100, new Memo(0))
  const order: string[] = []
  const giveFirst = await budget.take(60, pause)
  const second = budget.take(70, pause).then((give) => (order.push('second'), give))
  const third = budget.take(10, pause).then((give) => (order.push('third'), give))
  await turns()
  // The small one would fit, but does not overtake.
  expect(order).toEqual([])
  giveFirst()
  giveFirst()
  await turns()
  expect(order).toEqual(['second', 'third'])
  ;(await second)()
  ;(await third)()
  // One that is larger than all the room goes alone.
  const large = await budget.take(500, pause)
  large()
})

it('a picture that gives up waiting does not stand in the way of the next', async () => {
  const budget = new Budget(engineMb + 100, new Memo(0))
  const give = await budget.take(80, pause)
  await expect(
    budget.take(80, async () => {
      throw new Error('cancelled')
    }),
  ).rejects.toThrow('cancelled')
  ;(await budget.take(20, pause))()
  give()
})

it('what is only remembered goes before a picture has to', async () => {
  const memo = new Memo(60 * 2 ** 20)
  const budget = new Budget(engineMb + 50, memo)
  await memo.get('view', () => 20 * 2 ** 20, async () => 'pixels')
  ;(await budget.take(20, pause))()
  expect(memo.bytes).toBeGreaterThan(0)
  ;(await budget.take(45, pause))()
  expect(memo.bytes).toBe(0)
})
