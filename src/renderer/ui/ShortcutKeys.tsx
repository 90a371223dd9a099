import { shortcutKeys, shortcutText } from '../../core/commands/index.ts'
import { isMac } from './platform.ts'
import classes from './ShortcutKeys.module.css'

/** The keys of a shortcut, each as a small key cap, or all in one. Read to nobody: the control itself names its shortcut. */
export function ShortcutKeys({ shortcut, joined = false }: { readonly shortcut: string; readonly joined?: boolean }) {
  const keys = joined ? [shortcutText(shortcut, isMac).replaceAll('+', ' ')] : shortcutKeys(shortcut, isMac)
  return (
    <span className={classes['keys']} aria-hidden>
      {keys.map((key) => (
        <kbd key={key} className={classes['key']}>
          {key}
        </kbd>
      ))}
    </span>
  )
}
