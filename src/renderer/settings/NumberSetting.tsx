import { NumberInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import classes from './SettingsRoom.module.css'

/** A number that counts once it is typed out: on Enter and when the field is left. Empty means null where that is allowed. */
export function NumberSetting({ id, value, min, max, step, unit, placeholder, disabled = false, onChange }: {
  readonly id: string
  readonly value: number | null
  readonly min: number
  readonly max: number
  readonly step: number
  readonly unit?: string
  /** Said instead of null; leave out where there must be a number. */
  readonly placeholder?: string
  readonly disabled?: boolean
  onChange(value: number | null): void
}) {
  const [typed, setTyped] = useState<number | null>(value)
  useEffect(() => setTyped(value), [value])
  const commit = () => {
    if (typed === null && placeholder === undefined) setTyped(value)
    else {
      const next = typed === null ? null : Math.min(max, Math.max(min, Math.round(typed)))
      setTyped(next)
      if (next !== value) onChange(next)
    }
  }
  return (
    <>
      <NumberInput
        id={id}
        className={classes['number'] ?? ''}
        value={typed ?? ''}
        min={min}
        max={max}
        step={step}
        hideControls
        disabled={disabled}
        allowDecimal={false}
        placeholder={placeholder ?? ''}
        clampBehavior="blur"
        onChange={(next) => setTyped(typeof next === 'number' ? next : null)}
        onBlur={commit}
        onKeyDown={(event) => event.key === 'Enter' && commit()}
      />
      {unit ? <span className={classes['unit']}>{unit}</span> : null}
    </>
  )
}
