import { expect, test, vi } from 'vitest'
import { Latest } from '../../../src/renderer/photos/latest.ts'

/** An asker whose answers come when told. */
function scripted() {
  const asked: { question: number; answer: (value: string) => void; signal: AbortSignal }[] = []
  const ask = (question: number, signal: AbortSignal) =>
    new Promise<string>((resolve, reject) => {
      signal.addEventListener('abort', () => reject(new DOMException('gone', 'AbortError')))
      asked.push({ question, answer: resolve, signal })
    })
  return { asked, ask }
}
const settle = () => new Promise((resolve) => setTimeout(resolve, 0))

test('asks the newest of what waited, and forgets the ones between', async () => {
  const { asked, ask } = scripted()
  const latest = new Latest(ask)
  const shown: string[] = []
  latest.onAnswer = (answer) => shown.push(answer)
  for (const question of [1, 2, 3, 4]) latest.push(question)
  asked[0]?.answer('one')
  await settle()
  asked[1]?.answer('four')
  await settle()
  expect(asked.map(({ question }) => question)).toEqual([1, 4])
  expect(shown).toEqual(['one', 'four'])
})

test('aborts an answer that takes too long while a newer question waits', async () => {
  const { asked, ask } = scripted()
  const latest = new Latest(ask, 10)
  const failed = vi.fn()
  latest.onError = failed
  latest.push(1)
  latest.push(2)
  await vi.waitFor(() => expect(asked).toHaveLength(2))
  expect(asked[0]?.signal.aborted).toBe(true)
  expect(failed).not.toHaveBeenCalled()
})

test('shows nothing any more once it is closed', async () => {
  const { asked, ask } = scripted()
  const latest = new Latest(ask)
  const shown = vi.fn()
  latest.onAnswer = shown
  latest.push(1)
  latest.close()
  asked[0]?.answer('late')
  await settle()
  expect(shown).not.toHaveBeenCalled()
})
