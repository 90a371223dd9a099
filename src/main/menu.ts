import { Menu, type MenuItemConstructorOptions } from 'electron'
import type { MenuCommand } from '../contract/host.ts'

const isMac = process.platform === 'darwin'

/** `mod+shift+z` as the native menu writes it; null where it cannot. */
export function accelerator(shortcut: string | null): string | undefined {
  if (!shortcut) return undefined
  const names: Record<string, string> = {
    mod: 'CommandOrControl', ctrl: 'Control', cmd: 'Command', meta: 'Command', alt: 'Alt', shift: 'Shift',
    arrowleft: 'Left', arrowright: 'Right', arrowup: 'Up', arrowdown: 'Down', left: 'Left', right: 'Right', up: 'Up', down: 'Down',
    enter: 'Enter', escape: 'Escape', delete: 'Delete', backspace: 'Backspace', space: 'Space', tab: 'Tab', plus: 'Plus',
  }
  const parts = shortcut.toLowerCase().split('+').map((part) => names[part.trim()] ?? (part.trim().length === 1 || /^f\d+$/.test(part.trim()) ? part.trim().toUpperCase() : undefined))
  return parts.every((part) => part !== undefined) ? parts.join('+') : undefined
}

/** Titles until the page has told its own, in its language. */
const titles: Record<MenuCommand['menu'], string> = { file: 'File', edit: 'Edit', view: 'View', photo: 'Photo', page: 'Page', film: 'Film', help: 'Help' }

/** What the system's own menus hold beside the page's commands. */
const native: Record<MenuCommand['menu'], MenuItemConstructorOptions[]> = {
  file: [{ role: 'recentDocuments', submenu: [{ role: 'clearRecentDocuments' }] }, isMac ? { role: 'close' } : { role: 'quit' }],
  edit: [{ role: 'cut' }, { role: 'copy' }, { role: 'paste' }, { role: 'selectAll' }],
  view: [{ role: 'togglefullscreen' }, { role: 'toggleDevTools', visible: false }],
  photo: [],
  page: [],
  film: [],
  help: [],
}

/**
 * The native menu, drawn from the page's commands. Keys without a modifier are shown but left to the page, so that
 * typing in a field stays typing.
 */
export function drawMenu(commands: readonly MenuCommand[], run: (id: string) => void): Menu {
  const template: MenuItemConstructorOptions[] = isMac ? [{ role: 'appMenu' }] : []
  for (const menu of ['file', 'edit', 'view', 'photo', 'page', 'film', 'help'] as const) {
    const listed = commands.filter((command) => command.menu === menu)
    const own = listed.map((command): MenuItemConstructorOptions => {
      const keys = accelerator(command.shortcut)
      return {
        id: command.id,
        label: command.text,
        enabled: command.enabled,
        click: () => run(command.id),
        ...(keys && { accelerator: keys, registerAccelerator: /Control|Command|Alt/.test(keys) }),
      }
    })
    const system = native[menu]
    if (own.length + system.length === 0) continue
    const title = listed.find(({ menuText }) => menuText)?.menuText ?? titles[menu]
    template.push({ label: title, submenu: [...own, ...(own.length > 0 && system.length > 0 ? [{ type: 'separator' as const }] : []), ...system] })
  }
  if (isMac) template.splice(-1, 0, { role: 'windowMenu' })
  return Menu.buildFromTemplate(template)
}
