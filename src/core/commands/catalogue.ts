import type { Command, CommandContext } from './command.ts'

const always = () => true
const hasProject = (context: CommandContext) => context.hasProject
const inPhotos = (context: CommandContext) => context.room === 'photos' && context.assets > 0
const inPages = (context: CommandContext) => context.room === 'pages' && context.isOpen
const onOne = (context: CommandContext) => inPhotos(context) && context.isOpen
const inFilm = (context: CommandContext) => context.room === 'film' && context.isOpen
/** A picture fills the stage, whatever its kind. */
const onStage = (context: CommandContext) => onOne(context) || inPages(context) || inFilm(context)
const onSome = (context: CommandContext) => inPhotos(context) && (context.isOpen || context.selected > 0)

const command = <const Id extends string>(id: Id, shortcut: string | null, menu: Command['menu'], when: Command['when'], rooms?: Command['rooms']) => ({
  id,
  text: `commands.${id}`,
  shortcut,
  menu,
  when,
  ...(rooms === undefined ? {} : { rooms }),
})
/** A command of some rooms alone. */
const inRooms =
  (...rooms: readonly ('photos' | 'pages' | 'film')[]) =>
  <const Id extends string>(id: Id, shortcut: string | null, menu: Command['menu'], when: Command['when']) =>
    command(id, shortcut, menu, when, rooms)
const ofPhotos = inRooms('photos')
const ofPages = inRooms('pages')
const ofFilm = inRooms('film')
/** What is drawn on pages and on frames of a film. */
const ofHints = inRooms('pages', 'film')
const onHints = (context: CommandContext) => inPages(context) || inFilm(context)

/** The list of all commands, in the order in which menus show them. */
export const commands = [
  command('project.new', 'Mod+N', 'file', always),
  command('project.open', 'Mod+O', 'file', always),
  command('project.rename', null, 'file', hasProject),
  command('project.close', null, 'file', hasProject),
  command('photos.add', 'Mod+I', 'file', always),
  command('photos.addFolder', 'Mod+Shift+I', 'file', always),
  ofPhotos('photos.export', 'Mod+E', 'file', inPhotos),
  command('pages.add', 'Mod+Alt+I', 'file', always),
  command('pages.addFolder', 'Mod+Alt+Shift+I', 'file', always),
  command('film.add', null, 'file', always),
  ofFilm('film.export', 'Mod+E', 'file', inFilm),
  ofFilm('film.saveFrame', 'Mod+Shift+E', 'file', inFilm),
  ofPages('pages.export', 'Mod+E', 'file', inPages),

  command('edit.undo', 'Mod+Z', 'edit', (context) => context.canUndo),
  command('edit.redo', 'Mod+Shift+Z', 'edit', (context) => context.canRedo),
  ofPhotos('edit.selectAll', 'Mod+A', 'edit', inPhotos),
  ofPhotos('recipe.copy', 'Mod+Shift+C', 'edit', onSome),
  ofPhotos('recipe.paste', 'Mod+Shift+V', 'edit', (context) => onSome(context) && context.hasCopiedRecipe),
  ofPhotos('photos.remove', 'Delete', 'edit', onSome),

  command('view.palette', 'Mod+K', 'view', always),
  command('room.photos', 'Mod+1', 'view', always),
  command('room.pages', 'Mod+2', 'view', always),
  command('room.film', 'Mod+3', 'view', always),
  command('room.queue', 'Mod+4', 'view', always),
  command('room.models', 'Mod+5', 'view', always),
  command('room.settings', 'Mod+,', 'view', always),
  ofPhotos('photo.open', 'Enter', 'view', (context) => inPhotos(context) && !context.isOpen && context.selected > 0),
  ofPhotos('view.grid', 'G', 'view', onOne),
  ofPhotos('photo.previous', 'ArrowLeft', 'view', onOne),
  ofPhotos('photo.next', 'ArrowRight', 'view', onOne),
  command('compare.cycle', 'C', 'view', onStage),
  command('compare.original', '\\', 'view', onStage),
  command('zoom.toggle', 'Z', 'view', onStage),
  command('zoom.in', 'Mod+=', 'view', onStage),
  command('zoom.out', 'Mod+-', 'view', onStage),
  command('zoom.fit', 'Mod+0', 'view', onStage),
  ofPhotos('view.doubt', 'D', 'view', onOne),
  command('view.panels', 'Tab', 'view', (context) => context.room === 'photos' || context.room === 'pages' || context.room === 'film'),
  command('view.fullScreen', 'F', 'view', always),

  ofPhotos('photos.colorAll', 'Mod+Enter', 'photo', (context) => context.room === 'photos' && context.todo > 0),
  ofPhotos('photo.colorAgain', 'Mod+Shift+Enter', 'photo', onSome),
  ofPhotos('photo.autoFactor', 'A', 'photo', onOne),
  ofPhotos('photo.wrong', 'W', 'photo', onOne),
  ofPhotos('photo.reference', null, 'photo', onOne),
  ofPhotos('photo.pick', 'P', 'photo', onSome),
  ofPhotos('photo.reject', 'X', 'photo', onSome),
  ofPhotos('photo.unflag', 'U', 'photo', onSome),
  ofPhotos('photo.stars0', '0', 'photo', onSome),
  ofPhotos('photo.stars1', '1', 'photo', onSome),
  ofPhotos('photo.stars2', '2', 'photo', onSome),
  ofPhotos('photo.stars3', '3', 'photo', onSome),
  ofPhotos('photo.stars4', '4', 'photo', onSome),
  ofPhotos('photo.stars5', '5', 'photo', onSome),
  command('queue.pause', null, 'photo', (context) => context.unfinishedJobs > 0 && !context.queuePaused),
  command('queue.resume', null, 'photo', (context) => context.queuePaused),

  ofHints('tool.hand', 'H', 'page', onHints),
  ofHints('tool.hint', 'B', 'page', onHints),
  ofPages('tool.stroke', 'S', 'page', inPages),
  ofHints('tool.eraser', 'E', 'page', onHints),
  ofPages('tool.eyedropper', 'I', 'page', inPages),
  ofPages('tool.join', 'J', 'page', inPages),
  ofPages('tool.divide', 'D', 'page', inPages),
  ofPages('tool.lock', 'L', 'page', inPages),
  ofHints('brush.smaller', '[', 'page', onHints),
  ofHints('brush.larger', ']', 'page', onHints),
  ofPages('hint.keepPaper', 'K', 'page', inPages),
  ofPages('hint.next', 'U', 'page', inPages),
  ofPages('hint.suggest', 'A', 'page', inPages),
  ofPages('hint.colors', 'Q', 'page', inPages),
  ofPages('page.teach', 'T', 'page', inPages),
  ofPages('proposal.next', 'N', 'page', inPages),
  ofPages('proposal.accept', 'Y', 'page', inPages),
  ofPages('proposal.reject', 'X', 'page', inPages),
  ofPages('proposal.acceptAll', 'Shift+Y', 'page', inPages),
  ofHints('hint.remove', 'Delete', 'page', (context) => onHints(context) && context.selected > 0),
  ofHints('hint.cancel', 'Escape', 'page', onHints),
  ofPages('page.previous', 'ArrowLeft', 'page', inPages),
  ofPages('page.next', 'ArrowRight', 'page', inPages),
  ofPages('page.sheet', 'G', 'page', inPages),
  ofPages('page.colorAll', 'Mod+Enter', 'page', (context) => inPages(context) && context.todo > 0),
  ofPages('page.remove', null, 'page', inPages),
  ofPages('swatch.1', '1', 'page', inPages),
  ofPages('swatch.2', '2', 'page', inPages),
  ofPages('swatch.3', '3', 'page', inPages),
  ofPages('swatch.4', '4', 'page', inPages),
  ofPages('swatch.5', '5', 'page', inPages),
  ofPages('swatch.6', '6', 'page', inPages),
  ofPages('swatch.7', '7', 'page', inPages),
  ofPages('swatch.8', '8', 'page', inPages),
  ofPages('swatch.9', '9', 'page', inPages),

  ofFilm('film.play', 'Space', 'film', inFilm),
  ofFilm('film.backwards', 'J', 'film', inFilm),
  ofFilm('film.stop', 'K', 'film', inFilm),
  ofFilm('film.forwards', 'L', 'film', inFilm),
  ofFilm('film.back', 'ArrowLeft', 'film', inFilm),
  ofFilm('film.forward', 'ArrowRight', 'film', inFilm),
  ofFilm('film.back10', 'Shift+ArrowLeft', 'film', inFilm),
  ofFilm('film.forward10', 'Shift+ArrowRight', 'film', inFilm),
  ofFilm('film.first', 'Home', 'film', inFilm),
  ofFilm('film.last', 'End', 'film', inFilm),
  ofFilm('film.in', 'I', 'film', inFilm),
  ofFilm('film.out', 'O', 'film', inFilm),
  ofFilm('film.toIn', 'Shift+I', 'film', inFilm),
  ofFilm('film.toOut', 'Shift+O', 'film', inFilm),
  ofFilm('film.clearRange', 'Alt+X', 'film', inFilm),
  ofFilm('film.loop', 'Shift+L', 'film', inFilm),
  ofFilm('film.inColor', 'V', 'film', inFilm),
  ofFilm('film.previousShot', 'ArrowUp', 'film', inFilm),
  ofFilm('film.nextShot', 'ArrowDown', 'film', inFilm),
  ofFilm('film.cut', 'S', 'film', inFilm),
  ofFilm('film.join', 'Shift+S', 'film', inFilm),
  ofFilm('film.findShots', null, 'film', inFilm),
  ofFilm('film.approve', 'A', 'film', inFilm),
  ofFilm('film.redo', 'R', 'film', inFilm),
  ofFilm('film.nextUnseen', 'N', 'film', inFilm),
  ofFilm('film.note', 'M', 'film', inFilm),
  ofFilm('film.previousNote', 'Shift+ArrowUp', 'film', inFilm),
  ofFilm('film.nextNote', 'Shift+ArrowDown', 'film', inFilm),
  ofFilm('film.nextTake', 'T', 'film', inFilm),
  ofFilm('film.scopes', 'W', 'film', inFilm),
  ofFilm('film.worstFlicker', 'Shift+W', 'film', inFilm),
  ofFilm('film.addToEdit', 'Q', 'film', inFilm),
  ofFilm('film.edit', 'Shift+Q', 'film', inFilm),
  ofFilm('film.matchFrame', 'Enter', 'film', inFilm),
  ofFilm('film.partEarlier', 'Alt+ArrowLeft', 'film', inFilm),
  ofFilm('film.partLater', 'Alt+ArrowRight', 'film', inFilm),
  ofFilm('film.removePart', 'Shift+Delete', 'film', inFilm),
  ofFilm('film.snap', 'Shift+N', 'film', inFilm),
  ofFilm('film.remove', null, 'film', inFilm),

  command('help.shortcuts', '?', 'help', always),
] as const satisfies readonly Command[]

export type CommandId = (typeof commands)[number]['id']

const byId = new Map<string, Command>(commands.map((entry) => [entry.id, entry]))

/** A command by its id; undefined for ids of other versions. */
export function findCommand(id: string): Command | undefined {
  return byId.get(id)
}
