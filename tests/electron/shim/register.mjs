// Node answers `electron` with the shim, for import and require alike.
import { registerHooks } from 'node:module'

const shim = new URL('./electron.ts', import.meta.url).href
registerHooks({
  resolve: (specifier, context, next) => (specifier === 'electron' ? { url: shim, shortCircuit: true } : next(specifier, context)),
})
