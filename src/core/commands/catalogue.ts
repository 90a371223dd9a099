import type { Command, CommandContext } from './command.ts'

const always = () => true
const hasProject = (context: CommandContext) => context.hasProject
const inPhotos = (context: CommandContext) => context.room === 'photos' && context.assets > 0
const onOne = (context: CommandContext) => inPhotos(context) && context.isOpen
const onSome = (context: CommandContext) => inPhotos(context) && (context.isOpen || context.selected > 0)

const command = <const Id extends string>(id: Id, shortcut: string | null, menu: Command['menu'], when: Command['when']) => ({
  id,
  text: `commands.${id}`,
  shortcut,
  menu,
  when,
})

/** The list of all commands, in the order in which menus show them. */
export const commands = [
  command('project.new', 'Mod+N', 'file', always),
  command('project.open', 'Mod+O', 'file', always),
  command('project.rename', null, 'file', hasProject),
  command('project.close', null, 'file', hasProject),
  command('photos.add', 'Mod+I', 'file', always),
  command('photos.addFolder', 'Mod+Shift+I', 'file', always),
  command('photos.export', 'Mod+E', 'file', inPhotos),

  command('edit.undo', 'Mod+Z', 'edit', (context) => context.canUndo),
  command('edit.redo', 'Mod+Shift+Z', 'edit', (context) => context.canRedo),
  command('edit.selectAll', 'Mod+A', 'edit', inPhotos),
  command('recipe.copy', 'Mod+Shift+C', 'edit', onSome),
  command('recipe.paste', 'Mod+Shift+V', 'edit', (context) => onSome(context) && context.hasCopiedRecipe),
  command('photos.remove', 'Delete', 'edit', onSome),

  command('view.palette', 'Mod+K', 'view', always),
  command('room.photos', 'Mod+1', 'view', always),
  command('room.pages', 'Mod+2', 'view', always),
  command('room.film', 'Mod+3', 'view', always),
  command('room.queue', 'Mod+4', 'view', always),
  command('room.models', 'Mod+5', 'view', always),
  command('room.settings', 'Mod+,', 'view', always),
  command('photo.open', 'Enter', 'view', (context) => inPhotos(context) && !context.isOpen && context.selected > 0),
  command('view.grid', 'G', 'view', onOne),
  command('photo.previous', 'ArrowLeft', 'view', onOne),
  command('photo.next', 'ArrowRight', 'view', onOne),
  command('compare.cycle', 'C', 'view', onOne),
  command('compare.original', '\\', 'view', onOne),
  command('zoom.toggle', 'Z', 'view', onOne),
  command('zoom.in', 'Mod+=', 'view', onOne),
  command('zoom.out', 'Mod+-', 'view', onOne),
  command('zoom.fit', 'Mod+0', 'view', onOne),
  command('view.doubt', 'D', 'view', onOne),
  command('view.panels', 'Tab', 'view', (context) => context.room === 'photos'),
  command('view.fullScreen', 'F', 'view', always),

  command('photos.colorAll', 'Mod+Enter', 'photo', (context) => context.room === 'photos' && context.todo > 0),
  command('photo.colorAgain', 'Mod+Shift+Enter', 'photo', onSome),
  command('photo.autoFactor', 'A', 'photo', onOne),
  command('photo.wrong', 'W', 'photo', onOne),
  command('photo.reference', null, 'photo', onOne),
  command('photo.pick', 'P', 'photo', onSome),
  command('photo.reject', 'X', 'photo', onSome),
  command('photo.unflag', 'U', 'photo', onSome),
  command('photo.stars0', '0', 'photo', onSome),
  command('photo.stars1', '1', 'photo', onSome),
  command('photo.stars2', '2', 'photo', onSome),
  command('photo.stars3', '3', 'photo', onSome),
  command('photo.stars4', '4', 'photo', onSome),
  command('photo.stars5', '5', 'photo', onSome),
  command('queue.pause', null, 'photo', (context) => context.unfinishedJobs > 0 && !context.queuePaused),
  command('queue.resume', null, 'photo', (context) => context.queuePaused),

  command('help.shortcuts', '?', 'help', always),
] as const satisfies readonly Command[]

export type CommandId = (typeof commands)[number]['id']

const byId = new Map<string, Command>(commands.map((entry) => [entry.id, entry]))

/** A command by its id; undefined for ids of other versions. */
export function findCommand(id: string): Command | undefined {
  return byId.get(id)
}
