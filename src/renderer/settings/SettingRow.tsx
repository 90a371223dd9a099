import { useId, type ReactNode } from 'react'
import classes from './SettingRow.module.css'

/** One setting: its name, what it means, what else is to be said of it, and the control at the right. The control takes the id, so that the name is its label. */
export function SettingRow({ label, help, note, children }: { readonly label: string; readonly help?: ReactNode; readonly note?: ReactNode; readonly children: (id: string, labelId: string) => ReactNode }) {
  const id = useId()
  return (
    <div className={classes['row']}>
      <div className={classes['words']}>
        <label id={`${id}-label`} htmlFor={id} className={classes['label']}>
          {label}
        </label>
        {help ? <p className={classes['help']}>{help}</p> : null}
        {note}
      </div>
      <div className={classes['control']}>{children(id, `${id}-label`)}</div>
    </div>
  )
}

/** Settings that belong together. */
export function SettingGroup({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const id = useId()
  return (
    <section className={classes['group']} aria-labelledby={id}>
      <h2 id={id} className={classes['title']}>
        {title}
      </h2>
      <div className={classes['rows']}>{children}</div>
    </section>
  )
}
