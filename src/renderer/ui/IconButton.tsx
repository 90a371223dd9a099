import { Tooltip, UnstyledButton } from '@mantine/core'
import type { ComponentType, MouseEventHandler, Ref } from 'react'
import { isMac } from './platform.ts'
import { shortcutText } from '../../core/commands/index.ts'
import { ShortcutKeys } from './ShortcutKeys.tsx'
import classes from './IconButton.module.css'

/** The part of an icon component that buttons need. */
export type IconType = ComponentType<{ size?: number | string; stroke?: number | string; className?: string }>

export interface IconButtonProps {
  /** Visible on hover, and the accessible name. */
  readonly label: string
  readonly icon: IconType
  readonly onClick?: MouseEventHandler<HTMLButtonElement>
  readonly shortcut?: string | null
  /** Pressed state of a toggle; leave out for a plain button. */
  readonly pressed?: boolean
  readonly disabled?: boolean
  /** small: in rows. */
  readonly size?: 'normal' | 'small' | 'tool'
  readonly ref?: Ref<HTMLButtonElement>
}

/** A button of one icon. Its name and shortcut stand in the tooltip. */
export function IconButton({ label, icon: Icon, onClick, shortcut, pressed, disabled = false, size = 'normal', ref, ...rest }: IconButtonProps) {
  return (
    <Tooltip
      label={
        <span className={classes['tip']}>
          {label}
          {shortcut ? <ShortcutKeys shortcut={shortcut} /> : null}
        </span>
      }
    >
      <UnstyledButton
        {...rest}
        ref={ref}
        className={classes['button']}
        data-size={size}
        data-pressed={pressed || undefined}
        aria-label={label}
        aria-pressed={pressed}
        aria-keyshortcuts={shortcut ? shortcutText(shortcut, isMac) : undefined}
        // A disabled button still tells its name on hover and to a screen reader.
        aria-disabled={disabled || undefined}
        onClick={disabled ? undefined : onClick}
      >
        <Icon className={classes['icon']} />
      </UnstyledButton>
    </Tooltip>
  )
}
