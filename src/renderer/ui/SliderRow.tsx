import { NumberInput, Slider } from '@mantine/core'
import { useCallback, useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { useTexts } from '../i18n/index.ts'
import classes from './SliderRow.module.css'
import { useWheelStep } from './useWheelStep.ts'

export interface SliderRowProps {
  /** Visible at the left; the slider's accessible name. */
  readonly label: string
  readonly value: number
  readonly min: number
  readonly max: number
  readonly step: number
  /** A double click goes back to it. */
  readonly defaultValue: number
  /** The fill starts here; default is `min`. */
  readonly origin?: number
  /** Behind the value in the bubble, e.g. '%'. */
  readonly unit?: string
  readonly disabled?: boolean
  /** Selected things differ: the number says so instead. */
  readonly mixed?: boolean
  /** What the value means, one hover away. */
  readonly help?: string
  /** With every move of the hand. */
  onChange?(value: number): void
  /** Once at the end of a drag, of a run of keys or wheel notches, and after typing. */
  onCommit(value: number): void
}

/** A run of keys or wheel notches ends after this pause (ms) and counts as one change. */
const pause = 350

const decimalsOf = (step: number) => Math.max(0, Math.ceil(-Math.log10(step) - 1e-9))

const stepKeys: Record<string, number> = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10 }

/** Label, slider and number in one row. Drag, wheel, arrows (Shift: ten steps), double click, typing. */
export function SliderRow({ label, value, min, max, step, defaultValue, origin, unit = '', disabled = false, mixed = false, help, onChange, onCommit }: SliderRowProps) {
  const { t, format } = useTexts()
  const [held, setHeld] = useState<number | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  /** What is committed once the keys rest; null: nothing waits. */
  const waiting = useRef<(() => void) | null>(null)
  const shown = held ?? value
  const decimals = decimalsOf(step)
  const text = (each: number) => `${format.number(each, decimals)}${unit === '' ? '' : ` ${unit}`}`

  useEffect(() => setHeld(null), [value])
  const commit = useCallback((next: number) => {
    if (timer.current) clearTimeout(timer.current)
    timer.current = null
    waiting.current = null
    onCommit(next)
  }, [onCommit])
  // A page that goes away does not wait for the pause.
  useEffect(() => {
    const flush = () => waiting.current?.()
    window.addEventListener('pagehide', flush)
    return () => window.removeEventListener('pagehide', flush)
  }, [])

  const round = (next: number) => Number(Math.min(max, Math.max(min, min + Math.round((next - min) / step) * step)).toFixed(decimals))
  const move = (next: number) => {
    setHeld(next)
    onChange?.(next)
  }
  const moveBy = (steps: number) => {
    const next = round(shown + steps * step)
    if (next === shown || disabled) return
    move(next)
    if (timer.current) clearTimeout(timer.current)
    waiting.current = () => commit(next)
    timer.current = setTimeout(() => waiting.current?.(), pause)
  }
  const wheelArea = useWheelStep(moveBy, disabled)

  const onKeyDown = (event: KeyboardEvent) => {
    const target = event.key === 'Home' ? min : event.key === 'End' ? max : null
    const steps = stepKeys[event.key]
    if ((target === null && steps === undefined) || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    event.stopPropagation()
    if (target !== null) moveBy((target - shown) / step)
    else moveBy((steps ?? 0) * (event.shiftKey ? 10 : 1))
  }
  const reset = () => {
    if (disabled || shown === defaultValue) return
    move(defaultValue)
    commit(defaultValue)
  }

  return (
    <div className={classes['row']} title={help} data-disabled={disabled || undefined}>
      <span className={classes['label']} onDoubleClick={reset}>
        {label}
      </span>
      <div ref={wheelArea} className={classes['slider']} onKeyDownCapture={onKeyDown} onDoubleClick={reset}>
        <Slider
          size="var(--hg-size-track)"
          thumbSize="var(--hg-size-knob)"
          thumbLabel={label}
          thumbValueText={text}
          min={min}
          max={max}
          step={step}
          value={shown}
          disabled={disabled}
          label={text}
          {...(origin === undefined ? {} : { startPointValue: origin })}
          onChange={move}
          onChangeEnd={commit}
          classNames={{ root: classes['root'], track: classes['track'], trackContainer: classes['trackContainer'], bar: classes['bar'], thumb: classes['thumb'], label: classes['bubble'] }}
        />
      </div>
      <NumberInput
        aria-label={t('ui.slider.value', { name: label })}
        className={classes['number']}
        classNames={{ input: classes['numberInput'] ?? '' }}
        value={mixed && held === null ? '' : shown}
        placeholder={mixed ? t('ui.mixed') : ''}
        min={min}
        max={max}
        step={step}
        decimalScale={decimals}
        fixedDecimalScale
        prefix={origin !== undefined && origin > min && min < 0 && shown > 0 ? '+' : ''}
        clampBehavior="blur"
        variant="unstyled"
        hideControls
        disabled={disabled}
        onValueChange={({ floatValue }, { source }) => {
          if (source === 'event' && floatValue !== undefined && floatValue >= min && floatValue <= max) move(round(floatValue))
        }}
        onBlur={() => held !== null && held !== value && commit(held)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') commit(round(shown))
          if (event.key === 'Escape' && held !== null) move(value)
        }}
      />
    </div>
  )
}
