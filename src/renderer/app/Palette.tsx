import { Spotlight, type SpotlightActionGroupData } from '@mantine/spotlight'
import '@mantine/spotlight/styles.layer.css'
import { IconSearch } from '@tabler/icons-react'
import { useMemo } from 'react'
import { useAssets } from '../client/queries.ts'
import { useTexts } from '../i18n/index.ts'
import { ShortcutKeys } from '../ui/ShortcutKeys.tsx'
import { motion } from '../ui/theme/tokens.ts'
import { StateBadge } from '../ui/StateBadge.tsx'
import { runCommand, useRunnable, useShortcuts } from './commands.ts'
import classes from './Palette.module.css'
import { go } from './view.ts'

/** Most entries shown at a time; more is a list nobody reads. */
const shown = 40

/** Ctrl/Cmd-K: every command that can run now, and every photo, by name. */
export function Palette() {
  const { t } = useTexts()
  const runnable = useRunnable()
  const shortcuts = useShortcuts()
  const { data: assets } = useAssets()
  const groups = useMemo<SpotlightActionGroupData[]>(() => {
    const entries = runnable
      .filter((id) => id !== 'view.palette')
      .map((id) => {
        const shortcut = shortcuts.get(id)
        return { id, label: t(`commands.${id}`), onClick: () => void runCommand(id), ...(shortcut ? { rightSection: <ShortcutKeys shortcut={shortcut} /> } : {}) }
      })
    const photos = (assets ?? []).map(({ id, name, folder, state }) => ({
      id: `asset:${id}`,
      label: name,
      ...(folder === '' ? {} : { description: folder }),
      leftSection: <StateBadge state={state} />,
      onClick: () => go('photos', [id]),
    }))
    return [
      { group: t('app.palette.commands'), actions: entries },
      ...(photos.length > 0 ? [{ group: t('app.palette.photos'), actions: photos }] : []),
    ]
  }, [runnable, shortcuts, assets, t])
  return (
    <Spotlight
      actions={groups}
      shortcut={null}
      limit={shown}
      nothingFound={t('app.palette.nothing')}
      highlightQuery
      scrollable
      overlayProps={{ backgroundOpacity: 0, blur: 0 }}
      transitionProps={{ duration: motion.popover, transition: 'fade' }}
      attributes={{ content: { 'aria-label': t('commands.view.palette') } }}
      maxHeight="60vh"
      searchProps={{ placeholder: t('app.palette.placeholder'), 'aria-label': t('app.palette.placeholder'), classNames: { input: classes['input'] ?? '' }, leftSection: <IconSearch className={classes['icon']} /> }}
      classNames={{
        content: classes['content'] ?? '',
        search: classes['search'] ?? '',
        action: classes['action'] ?? '',
        actionLabel: classes['label'] ?? '',
        actionDescription: classes['description'] ?? '',
        actionsGroup: classes['group'] ?? '',
        empty: classes['empty'] ?? '',
      }}
    />
  )
}
