import { hashKey, type QueryClient, type QueryKey, type Updater } from '@tanstack/react-query'

/** Questions that are to be asked again as soon as the answer under way has come. */
const waiting = new WeakMap<QueryClient, Set<string>>()

/**
 * Asks again for everything whose key begins like this. An answer that is under way may have been given before the change:
 * it is waited for, and asked for once more after it, however often this was called meanwhile.
 */
export function refresh(cache: QueryClient, queryKey: QueryKey): void {
  const ask = (): void => void cache.invalidateQueries({ queryKey }, { cancelRefetch: false })
  if (cache.isFetching({ queryKey }) === 0) return ask()
  const key = hashKey(queryKey)
  const keys = waiting.get(cache) ?? new Set()
  waiting.set(cache, keys)
  if (keys.has(key)) return
  keys.add(key)
  const stop = cache.getQueryCache().subscribe(() => {
    if (cache.isFetching({ queryKey }) > 0) return
    stop()
    keys.delete(key)
    ask()
  })
}

/** Keeps what has just become known; an older answer that is under way does not stay in its place. */
export function keep<Data>(cache: QueryClient, queryKey: QueryKey, data: Updater<Data | undefined, Data | undefined>): void {
  cache.setQueryData<Data>(queryKey, data)
  if (cache.isFetching({ queryKey, exact: true }) > 0) refresh(cache, queryKey)
}
