import { ColorPicker, NumberInput, TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import { hexColor } from '../../../contract/hints.ts'
import { useTexts } from '../../i18n/index.ts'
import styles from './BrushColor.module.css'

interface ColorFieldProps {
  /** `#rrggbb`. */
  readonly color: string
  /** While it is dragged. */
  onPreview?(color: string): void
  onCommit(color: string): void
}

const channels = ['red', 'green', 'blue'] as const

/** A colour by eye, as #rrggbb, or as red, green and blue. */
export function ColorField({ color, onPreview, onCommit }: ColorFieldProps) {
  const { t } = useTexts()
  const [text, setText] = useState(color)
  useEffect(() => setText(color), [color])
  const written = text.startsWith('#') ? text : `#${text}`
  const isValid = hexColor.safeParse(written).success
  const commit = (next: string) => onCommit(next.toLowerCase())
  const values = channels.map((_, at) => Number.parseInt(color.slice(1 + 2 * at, 3 + 2 * at), 16))
  return (
    <div className={styles['colorField']}>
      <ColorPicker
        format="hex"
        fullWidth
        value={color}
        saturationLabel={t('pages.color.saturation')}
        hueLabel={t('pages.color.hue')}
        onChange={(next) => onPreview?.(next)}
        onChangeEnd={commit}
      />
      <div className={styles['numbers']}>
        <TextInput
          label={t('pages.color.hex')}
          value={text}
          error={!isValid}
          maxLength={7}
          spellCheck={false}
          onChange={(event) => setText(event.currentTarget.value)}
          onBlur={() => (isValid ? written.toLowerCase() !== color && commit(written) : setText(color))}
          onKeyDown={(event) => event.key === 'Enter' && isValid && commit(written)}
        />
        {channels.map((channel, at) => (
          <NumberInput
            key={channel}
            label={t(`pages.color.${channel}`)}
            value={values[at] ?? 0}
            min={0}
            max={255}
            allowDecimal={false}
            clampBehavior="strict"
            hideControls
            onChange={(value) => {
              if (typeof value !== 'number' || value === values[at]) return
              const next = values.map((each, place) => (place === at ? value : each))
              commit(`#${next.map((each) => each.toString(16).padStart(2, '0')).join('')}`)
            }}
          />
        ))}
      </div>
    </div>
  )
}
