import { SegmentedControl } from '@mantine/core'
import { useTexts } from '../i18n/index.ts'
import type { StageMode } from './Stage.tsx'

interface CompareModesProps<Mode extends string> {
  readonly modes: readonly Mode[]
  readonly value: Mode
  /** Ways that cannot be chosen now, and what is missing for them. */
  readonly off?: { readonly modes: readonly Mode[]; readonly why: string }
  onChange(mode: Mode): void
}

/** The ways to compare, in the middle of the top bar. */
export function CompareModes<Mode extends StageMode | 'difference'>({ modes, value, off, onChange }: CompareModesProps<Mode>) {
  const { t } = useTexts()
  return (
    <SegmentedControl
      aria-label={t('photos.compare.title')}
      title={off?.modes.length ? off.why : undefined}
      value={value}
      onChange={onChange}
      data={modes.map((mode) => ({ value: mode, label: t(`photos.compare.${mode}`), disabled: off?.modes.includes(mode) ?? false }))}
    />
  )
}
