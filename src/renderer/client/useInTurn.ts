import { useCallback, useRef } from 'react'

/** Runs saves one after another: the second is made on what the first left behind, also where that failed. */
export function useInTurn(): <Result>(save: () => Promise<Result>) => Promise<Result> {
  const last = useRef<Promise<unknown>>(Promise.resolve())
  return useCallback(<Result>(save: () => Promise<Result>) => {
    const saved = last.current.then(save)
    last.current = saved.catch(() => undefined)
    return saved
  }, [])
}
