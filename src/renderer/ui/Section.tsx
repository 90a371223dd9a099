import { Switch, UnstyledButton } from '@mantine/core'
import { useUncontrolled } from '@mantine/hooks'
import { IconChevronRight } from '@tabler/icons-react'
import { useId, type ReactNode } from 'react'
import classes from './Section.module.css'

/** A collapsible row: title, what is set in short, and a switch where the whole can be off. */
export function Section({ title, summary, count, defaultOpen = false, open, onOpenChange, enabled, onEnabledChange, children }: {
  readonly title: string
  /** Said at the right while closed. */
  readonly summary?: string
  readonly count?: number
  readonly defaultOpen?: boolean
  readonly open?: boolean
  readonly onOpenChange?: (open: boolean) => void
  /** Present: the row carries a switch of the title's name. */
  readonly enabled?: boolean
  readonly onEnabledChange?: (enabled: boolean) => void
  readonly children: ReactNode
}) {
  const id = useId()
  const [isOpen, setOpen] = useUncontrolled({ value: open, defaultValue: defaultOpen, finalValue: false, onChange: onOpenChange })
  return (
    <section className={classes['section']}>
      <div className={classes['head']}>
        <UnstyledButton className={classes['toggle']} aria-expanded={isOpen} aria-controls={isOpen ? id : undefined} onClick={() => setOpen(!isOpen)}>
          <IconChevronRight className={classes['chevron']} data-open={isOpen || undefined} />
          <span className={classes['title']}>{title}</span>
          {count === undefined ? null : <span className={classes['count']}>{count}</span>}
          {summary && !isOpen ? <span className={classes['summary']}>{summary}</span> : null}
        </UnstyledButton>
        {enabled === undefined ? null : <Switch aria-label={title} checked={enabled} onChange={(event) => onEnabledChange?.(event.currentTarget.checked)} />}
      </div>
      {isOpen ? (
        <div id={id} className={classes['body']}>
          {children}
        </div>
      ) : null}
    </section>
  )
}
