import classes from './ProgressRing.module.css'

/** A small ring that fills clockwise; decoration beside figures that say the same. */
export function ProgressRing({ value, running = true }: { readonly value: number; readonly running?: boolean }) {
  const length = 2 * Math.PI * 6.5
  return (
    <svg viewBox="0 0 16 16" className={classes['ring']} data-running={running || undefined} aria-hidden>
      <circle cx="8" cy="8" r="6.5" className={classes['track']} />
      <circle cx="8" cy="8" r="6.5" className={classes['arc']} strokeDasharray={`${Math.min(1, Math.max(0, value)) * length} ${length}`} transform="rotate(-90 8 8)" />
    </svg>
  )
}
