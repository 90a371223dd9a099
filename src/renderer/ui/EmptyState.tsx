import type { ReactNode } from 'react'
import type { IconType } from './IconButton.tsx'
import classes from './EmptyState.module.css'

/** A calm place that holds nothing yet: what belongs here, and the way to get it. */
export function EmptyState({ icon: Icon, title, children, action }: { readonly icon: IconType; readonly title: string; readonly children?: ReactNode; readonly action?: ReactNode }) {
  return (
    <div className={classes['empty']}>
      <Icon className={classes['icon']} />
      <h2 className={classes['title']}>{title}</h2>
      {children ? <p className={classes['text']}>{children}</p> : null}
      {action ? <div className={classes['action']}>{action}</div> : null}
    </div>
  )
}
