import classes from './ProgressBar.module.css'

/** A thin bar of progress, 0…1. Only what runs is blue. */
export function ProgressBar({ value, label, running = true }: { readonly value: number; readonly label: string; readonly running?: boolean }) {
  const percent = Math.round(Math.min(1, Math.max(0, value)) * 100)
  return (
    <div role="progressbar" aria-label={label} aria-valuemin={0} aria-valuemax={100} aria-valuenow={percent} className={classes['track']}>
      <div className={classes['fill']} data-running={running || undefined} style={{ transform: `scaleX(${percent / 100})` }} />
    </div>
  )
}
