/**
 * Runs `work` on every item, at most `width` at once, and hands the outcomes to `take` in the items' own order, each
 * as soon as its predecessors are there.
 */
export async function inOrder<Item, Outcome>(
  items: readonly Item[],
  width: number,
  work: (item: Item) => Promise<Outcome>,
  take: (outcome: Outcome, item: Item) => Promise<void> | void,
): Promise<void> {
  const running: { item: Item; outcome: Promise<Outcome> }[] = []
  let next = 0
  const start = (): void => {
    const item = items[next]
    if (next >= items.length || item === undefined) return
    next++
    const outcome = work(item)
    // Heard again when its turn comes.
    outcome.catch(() => undefined)
    running.push({ item, outcome })
  }
  for (let n = 0; n < width; n++) start()
  for (let first = running.shift(); first; first = running.shift()) {
    await take(await first.outcome, first.item)
    start()
  }
}
