/** What the page needs of a browser and happy-dom has not. */
class NothingToObserve {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}
globalThis.ResizeObserver ??= NothingToObserve as unknown as typeof ResizeObserver
globalThis.IntersectionObserver ??= NothingToObserve as unknown as typeof IntersectionObserver
Element.prototype.scrollIntoView ??= () => undefined
