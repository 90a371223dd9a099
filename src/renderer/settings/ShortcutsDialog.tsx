import { Button } from '@mantine/core'
import { useShortcuts } from '../app/commands.ts'
import { go, useRoute, type Room } from '../app/view.ts'
import { commands } from '../../core/commands/index.ts'
import { useTexts } from '../i18n/index.ts'
import { Dialog } from '../ui/Dialog.tsx'
import { ShortcutKeys } from '../ui/ShortcutKeys.tsx'
import { measures } from '../ui/theme/tokens.ts'
import classes from './KeyboardMap.module.css'

const groups = ['file', 'edit', 'view', 'photo', 'page', 'film', 'help'] as const
/** The commands of each room that has some of its own. */
const groupOf: Partial<Record<Room, (typeof groups)[number]>> = { photos: 'photo', pages: 'page', film: 'film' }

/** `?`: all shortcuts at a glance, those of the room first. */
export function ShortcutsDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTexts()
  const shortcuts = useShortcuts()
  const here = groupOf[useRoute().room]
  const change = () => {
    onClose()
    go('settings')
  }
  return (
    <Dialog onClose={onClose} size={measures.dialogWide} title={t('app.shortcuts.title')}>
      <div className={classes['columns']}>
        {groups.toSorted((one, other) => Number(other === here) - Number(one === here)).map((group) => (
          <section key={group} className={classes['group']}>
            <h3 className={classes['groupTitle']}>{t(`app.menu.${group}`)}</h3>
            {commands
              .filter(({ id, menu }) => menu === group && shortcuts.get(id))
              .map(({ id }) => (
                <div key={id} className={classes['plain']}>
                  <span className={classes['name']}>{t(`commands.${id}`)}</span>
                  <ShortcutKeys shortcut={shortcuts.get(id) ?? ''} />
                </div>
              ))}
          </section>
        ))}
      </div>
      <Button onClick={change}>{t('app.shortcuts.change')}</Button>
    </Dialog>
  )
}
