import { useTexts } from '../i18n/index.ts'
import type { StateName } from './theme/tokens.ts'
import classes from './StateBadge.module.css'

const view = '0 0 16 16'

/** Shape of a state: dashed ring, ring with arc, disc with tick, diamond with !, square with cross. */
function Shape({ state, progress }: { readonly state: StateName; readonly progress: number }) {
  if (state === 'todo') return <circle cx="8" cy="8" r="5.5" fill="none" stroke="currentColor" strokeWidth="1.6" strokeDasharray="1.8 1.66" />
  if (state === 'doing') {
    const length = 2 * Math.PI * 5.5
    return (
      <>
        <circle cx="8" cy="8" r="5.5" fill="none" stroke="currentColor" strokeOpacity="0.3" strokeWidth="2" />
        <circle cx="8" cy="8" r="5.5" fill="none" stroke="currentColor" strokeWidth="2" strokeDasharray={`${Math.max(0.08, progress) * length} ${length}`} transform="rotate(-90 8 8)" />
      </>
    )
  }
  if (state === 'done') {
    return (
      <>
        <circle cx="8" cy="8" r="6.5" fill="currentColor" />
        <path d="M5 8.2 7.1 10.3 11 6" fill="none" className={classes['cut']} strokeWidth="1.7" strokeLinecap="round" strokeLinejoin="round" />
      </>
    )
  }
  if (state === 'doubtful') {
    return (
      <>
        <path d="M8 0.9 15.1 8 8 15.1 0.9 8Z" fill="currentColor" />
        <path d="M8 4.6V8.8M8 11.1V11.2" fill="none" className={classes['cut']} strokeWidth="1.7" strokeLinecap="round" />
      </>
    )
  }
  return (
    <>
      <rect x="1.8" y="1.8" width="12.4" height="12.4" rx="2" fill="currentColor" />
      <path d="M5.6 5.6 10.4 10.4M10.4 5.6 5.6 10.4" fill="none" className={classes['cut']} strokeWidth="1.7" strokeLinecap="round" />
    </>
  )
}

/** Shape first, then word, then hue: the state of an asset, job or model. */
export function StateBadge({ state, progress = 0, word = false, label, onPicture = false }: {
  readonly state: StateName
  /** 0…1, for `doing`. */
  readonly progress?: number
  /** Show the word beside the shape; otherwise it is the shape's accessible name. */
  readonly word?: boolean
  /** A word that fits the place better than the state's own. */
  readonly label?: string
  /** On a picture: with a dark plate of the same shape. */
  readonly onPicture?: boolean
}) {
  const { t } = useTexts()
  const name = label ?? t(`ui.state.${state}`)
  return (
    <span className={classes['badge']} data-state={state} data-picture={onPicture || undefined}>
      <svg viewBox={view} className={classes['shape']} {...(word ? { 'aria-hidden': true } : { role: 'img', 'aria-label': name })}>
        <Shape state={state} progress={progress} />
      </svg>
      {word ? <span className={classes['word']}>{name}</span> : null}
    </span>
  )
}
