import { Button, UnstyledButton } from '@mantine/core'
import { IconArrowBackUp, IconX } from '@tabler/icons-react'
import { useState, type KeyboardEvent } from 'react'
import { shortcutOf, shortcutText, type CommandId } from '../../core/commands/index.ts'
import { useTexts } from '../i18n/index.ts'
import { IconButton } from '../ui/IconButton.tsx'
import { isMac } from '../ui/platform.ts'
import { ShortcutKeys } from '../ui/ShortcutKeys.tsx'
import classes from './KeyboardMap.module.css'

/** One command of the keyboard map. Pressing its keys field waits for new keys; taken ones are told before they change hands. */
export function KeyboardRow({ id, shortcut, isChanged, conflicts, onAssign, onReset }: {
  readonly id: CommandId
  readonly shortcut: string | null
  readonly isChanged: boolean
  conflicts(shortcut: string): readonly CommandId[]
  onAssign(shortcut: string): void
  onReset(): void
}) {
  const { t, format } = useTexts()
  const [listening, setListening] = useState(false)
  const [taken, setTaken] = useState<{ shortcut: string; by: readonly CommandId[] } | null>(null)
  const name = t(`commands.${id}`)

  const onKeyDown = (event: KeyboardEvent) => {
    if (!listening) return
    event.preventDefault()
    event.stopPropagation()
    const pressed = shortcutOf(event, isMac)
    if (pressed === null) return
    setListening(false)
    if (pressed === 'Escape' || pressed === shortcut) return
    const by = conflicts(pressed)
    if (by.length > 0) setTaken({ shortcut: pressed, by })
    else onAssign(pressed)
  }
  return (
    <li className={classes['row']}>
      <span className={classes['name']}>{name}</span>
      {isChanged ? <IconButton size="small" label={t('settings.keyboardReset', { name })} icon={IconArrowBackUp} onClick={onReset} /> : null}
      {shortcut ? <IconButton size="small" label={t('settings.keyboardOff', { name })} icon={IconX} onClick={() => onAssign('')} /> : null}
      <UnstyledButton
        className={classes['keys']}
        data-listening={listening || undefined}
        data-own-keys
        aria-label={t('settings.keyboardChange', { name, keys: shortcut ? shortcutText(shortcut, isMac) : t('settings.keyboardNone') })}
        onClick={() => {
          setTaken(null)
          setListening(true)
        }}
        onKeyDownCapture={onKeyDown}
        onBlur={() => setListening(false)}
      >
        {listening ? t('settings.keyboardPress') : shortcut ? <ShortcutKeys shortcut={shortcut} /> : <span className={classes['noKeys']}>{t('settings.keyboardNone')}</span>}
      </UnstyledButton>
      {taken ? (
        <div role="alert" className={classes['taken']}>
          <span>{t('settings.keyboardTaken', { keys: shortcutText(taken.shortcut, isMac), names: format.list(taken.by.map((other) => t(`commands.${other}`))) })}</span>
          <Button
            size="xs"
            onClick={() => {
              onAssign(taken.shortcut)
              setTaken(null)
            }}
          >
            {t('settings.keyboardTake')}
          </Button>
          <Button size="xs" variant="subtle" onClick={() => setTaken(null)}>
            {t('common.cancel')}
          </Button>
        </div>
      ) : null}
    </li>
  )
}
