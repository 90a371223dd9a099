export { commands, findCommand, type CommandId } from './catalogue.ts'
export { emptyContext, type CommandContext } from './command.ts'
export { keySetIds } from './keySets.ts'
export { commandsFor, conflictsOf, shortcutKeys, shortcutMap, shortcutOf, shortcutText, type KeyPress } from './shortcuts.ts'
