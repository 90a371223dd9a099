import { Button, Select, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import type { Settings } from '../../contract/settings.ts'
import { commands, conflictsOf, keySetIds, shortcutMap, shortcutText, type CommandId } from '../../core/commands/index.ts'
import { useTexts } from '../i18n/index.ts'
import { isMac } from '../ui/platform.ts'
import classes from './KeyboardMap.module.css'
import { KeyboardRow } from './KeyboardRow.tsx'
import { useChangeSettings } from './useChangeSettings.ts'

/** All commands with their shortcuts: searched by name or keys, changed by pressing new ones. */
export function KeyboardMap({ settings }: { readonly settings: Settings }) {
  const { t } = useTexts()
  const change = useChangeSettings()
  const [query, setQuery] = useState('')
  const map = useMemo(() => shortcutMap(settings.shortcuts, settings.keySet), [settings.shortcuts, settings.keySet])
  const wanted = query.trim().toLowerCase()
  const shown = commands.filter(({ id }) => {
    const shortcut = map.get(id)
    return wanted === '' || t(`commands.${id}`).toLowerCase().includes(wanted) || (shortcut ? shortcutText(shortcut, isMac).toLowerCase().includes(wanted) : false)
  })

  /** Gives a command its keys and takes them from those that had them. */
  const assign = (id: CommandId, shortcut: string) => {
    const next = { ...settings.shortcuts, [id]: shortcut }
    for (const other of conflictsOf(id, shortcut, map)) next[other] = ''
    change({ shortcuts: next })
  }
  const reset = (id: CommandId) => {
    const { [id]: _changed, ...others } = settings.shortcuts
    change({ shortcuts: others })
  }
  return (
    <div className={classes['map']}>
      <div className={classes['head']}>
        <TextInput
          className={classes['search'] ?? ''}
          aria-label={t('settings.keyboardSearch')}
          placeholder={t('settings.keyboardSearch')}
          leftSection={<IconSearch className={classes['icon']} />}
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
        />
        <Select
          className={classes['set'] ?? ''}
          aria-label={t('settings.keySet')}
          data={keySetIds.map((value) => ({ value, label: t(`settings.keySet.${value}`) }))}
          value={settings.keySet}
          allowDeselect={false}
          onChange={(value) => change({ keySet: value as Settings['keySet'] })}
        />
        <Button disabled={Object.keys(settings.shortcuts).length === 0} onClick={() => change({ shortcuts: {} })}>
          {t('settings.keyboardResetAll')}
        </Button>
      </div>
      <ul className={classes['list']}>
        {shown.map((command) => (
          <KeyboardRow
            key={command.id}
            id={command.id}
            shortcut={map.get(command.id) ?? null}
            isChanged={settings.shortcuts[command.id] !== undefined}
            conflicts={(shortcut) => conflictsOf(command.id, shortcut, map)}
            onAssign={(shortcut) => assign(command.id, shortcut)}
            onReset={() => reset(command.id)}
          />
        ))}
        {shown.length === 0 ? <li className={classes['none']}>{t('app.palette.nothing')}</li> : null}
      </ul>
    </div>
  )
}
