import type { ReactNode } from 'react'
import type { IconType } from './IconButton.tsx'
import classes from './EmptyState.module.css'

/** A calm place that holds nothing yet: what belongs here, and the way to get it. */
export function EmptyState({ icon: Icon, title, heading: Heading = 'h2', children, action }: {
  readonly icon: IconType
  readonly title: string
  /** h1 where it is all that the room shows. */
  readonly heading?: 'h1' | 'h2'
  readonly children?: ReactNode
  readonly action?: ReactNode
}) {
  return (
    <div className={classes['empty']}>
      <Icon className={classes['icon']} />
      <Heading className={classes['title']}>{title}</Heading>
      {children ? <p className={classes['text']}>{children}</p> : null}
      {action ? <div className={classes['action']}>{action}</div> : null}
    </div>
  )
}
