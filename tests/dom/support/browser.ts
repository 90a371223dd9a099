/** What the page needs of a browser and happy-dom has not. */
class NothingToObserve {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}
globalThis.ResizeObserver ??= NothingToObserve as unknown as typeof ResizeObserver
globalThis.IntersectionObserver ??= NothingToObserve as unknown as typeof IntersectionObserver
Element.prototype.scrollIntoView ??= () => undefined

// The focus trap of menus asks for what is laid out; happy-dom lays nothing out, and printing its nodes takes megabytes.
const warn = console.warn
console.warn = (...words: unknown[]) => {
  if (!String(words[0]).includes('use-focus-trap')) warn(...words)
}
