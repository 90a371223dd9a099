import { useEffect, useRef, useState } from 'react'

/** The newest answer that is there, with the error of the newest question where that failed. */
export interface Newest<Answer> {
  readonly answer: Answer | null
  readonly error: unknown
}

/** Questions under way at once: while one picture travels the next is made. More would only wait for each other. */
const together = 2

/**
 * Asks of every frame that the playhead comes to. Until an answer is there, the one before it stays. What lies between
 * is left out where answers are slower than the playhead; an answer is shown as long as no newer one was.
 * @param what says what is asked; another one is another question of the same frame
 * @param ask null: nothing is asked
 */
export function useNewest<Answer>(what: string, frame: number, ask: ((frame: number) => Promise<Answer>) | null): Newest<Answer> {
  const [state, setState] = useState<Newest<Answer>>({ answer: null, error: null })
  const asking = useRef({ asked: 0, shown: 0, underWay: 0, next: null as (() => void) | null })
  const latest = useRef(ask)
  latest.current = ask
  const isOff = ask === null
  useEffect(() => {
    const now = asking.current
    const mine = ++now.asked
    if (isOff) {
      now.next = null
      now.shown = mine
      setState({ answer: null, error: null })
      return
    }
    const start = (): void => {
      const { current } = latest
      if (!current) return
      now.underWay++
      current(frame)
        .then(
          (answer) => {
            if (mine < now.shown) return
            now.shown = mine
            setState({ answer, error: null })
          },
          (error: unknown) => mine === now.asked && setState((before) => ({ ...before, error })),
        )
        .finally(() => {
          now.underWay--
          const { next } = now
          now.next = null
          next?.()
        })
    }
    if (now.underWay < together) start()
    else now.next = start
  }, [what, frame, isOff])
  return state
}
