import type { ReactNode } from 'react'
import classes from './RoomHead.module.css'

/** Title of a room, what it holds in short, and its quiet actions at the right. */
export function RoomHead({ title, summary, children }: { readonly title: string; readonly summary?: ReactNode; readonly children?: ReactNode }) {
  return (
    <header className={classes['head']}>
      <h1 className={classes['title']}>{title}</h1>
      <p className={classes['summary']}>{summary}</p>
      <div className={classes['actions']}>{children}</div>
    </header>
  )
}
