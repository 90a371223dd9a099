/** True where shortcuts are written with ⌘ and the Command key is Mod. */
export const isMac = typeof navigator !== 'undefined' && /mac/i.test(navigator.platform || navigator.userAgent)
