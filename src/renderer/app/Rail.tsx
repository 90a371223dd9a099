import { UnstyledButton } from '@mantine/core'
import { IconBook2, IconBox, IconMovie, IconPhoto, IconSettings, IconStack2 } from '@tabler/icons-react'
import { isMac } from '../ui/platform.ts'
import { shortcutText } from '../../core/commands/index.ts'
import { useTexts } from '../i18n/index.ts'
import type { IconType } from '../ui/IconButton.tsx'
import { useShortcuts } from './commands.ts'
import classes from './Rail.module.css'
import { go, type Room } from './view.ts'

const icons: Record<Room, IconType> = { photos: IconPhoto, pages: IconBook2, film: IconMovie, queue: IconStack2, models: IconBox, settings: IconSettings }
const work: readonly Room[] = ['photos', 'pages', 'film']
const house: readonly Room[] = ['queue', 'models', 'settings']

/** The way from room to room. */
export function Rail({ room, hidden }: { readonly room: Room; readonly hidden: boolean }) {
  const { t } = useTexts()
  const shortcuts = useShortcuts()
  const entry = (name: Room) => {
    const Icon = icons[name]
    const shortcut = shortcuts.get(`room.${name}`)
    return (
      <UnstyledButton
        key={name}
        className={classes['entry']}
        aria-current={name === room ? 'page' : undefined}
        aria-keyshortcuts={shortcut ? shortcutText(shortcut, isMac) : undefined}
        title={shortcut ? shortcutText(shortcut, isMac) : undefined}
        onClick={() => go(name)}
      >
        <Icon className={classes['icon']} />
        <span className={classes['label']}>{t(`room.${name}`)}</span>
      </UnstyledButton>
    )
  }
  return (
    <nav className={classes['rail']} aria-label={t('app.rooms')} hidden={hidden}>
      {work.map(entry)}
      <span className={classes['gap']} />
      {house.map(entry)}
    </nav>
  )
}
