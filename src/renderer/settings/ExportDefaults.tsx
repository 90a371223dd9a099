import { SegmentedControl, Select, Switch, TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import { defaultQuality } from '../../contract/pictures.ts'
import type { Settings } from '../../contract/settings.ts'
import { useTexts } from '../i18n/index.ts'
import { NumberSetting } from './NumberSetting.tsx'
import { SettingGroup, SettingRow } from './SettingRow.tsx'
import classes from './SettingsRoom.module.css'
import { useChangeSettings } from './useChangeSettings.ts'

const formats = ['jpeg', 'png', 'tiff', 'webp', 'avif'] as const
const formatNames: Record<(typeof formats)[number], string> = { jpeg: 'JPEG', png: 'PNG', tiff: 'TIFF', webp: 'WebP', avif: 'AVIF' }
const conflicts = ['number', 'skip', 'overwrite'] as const
type Defaults = Settings['export']

/** What the export dialog starts with. */
export function ExportDefaults({ settings }: { readonly settings: Settings }) {
  const { t } = useTexts()
  const changeSettings = useChangeSettings()
  const defaults = settings.export
  const change = (part: Partial<Defaults>) => changeSettings({ export: { ...defaults, ...part } })
  const [naming, setNaming] = useState(defaults.naming)
  useEffect(() => setNaming(defaults.naming), [defaults.naming])
  const commitNaming = () => {
    if (naming.trim() === '') setNaming(defaults.naming)
    else if (naming !== defaults.naming) change({ naming })
  }
  return (
    <SettingGroup title={t('settings.export')}>
      <SettingRow label={t('settings.format')}>
        {(id) => (
          <Select
            id={id}
            className={classes['field'] ?? ''}
            value={defaults.format}
            data={[{ value: 'same', label: t('settings.asOriginal') }, ...formats.map((value) => ({ value: value as string, label: formatNames[value] }))]}
            onChange={(value) => value && change({ format: value as Defaults['format'] })}
          />
        )}
      </SettingRow>
      <SettingRow label={t('settings.quality')} help={t('settings.qualityHelp')}>
        {(id) => <NumberSetting id={id} value={defaults.quality} min={1} max={100} step={1} placeholder={String(defaultQuality)} onChange={(quality) => change({ quality })} />}
      </SettingRow>
      <SettingRow label={t('settings.depth')}>
        {(_, labelId) => (
          <SegmentedControl
            aria-labelledby={labelId}
            value={String(defaults.depth)}
            data={[
              { value: 'same', label: t('settings.asOriginal') },
              { value: '8', label: t('settings.bit', { count: 8 }) },
              { value: '16', label: t('settings.bit', { count: 16 }) },
            ]}
            onChange={(value) => change({ depth: value === '8' ? 8 : value === '16' ? 16 : 'same' })}
          />
        )}
      </SettingRow>
      <SettingRow label={t('settings.naming')} help={t('settings.namingHelp', { name: '{name}' })}>
        {(id) => (
          <TextInput
            id={id}
            className={classes['field'] ?? ''}
            value={naming}
            maxLength={200}
            onChange={(event) => setNaming(event.currentTarget.value)}
            onBlur={commitNaming}
            onKeyDown={(event) => event.key === 'Enter' && commitNaming()}
          />
        )}
      </SettingRow>
      <SettingRow label={t('settings.conflict')}>
        {(id) => (
          <Select
            id={id}
            className={classes['field'] ?? ''}
            value={defaults.onConflict}
            data={conflicts.map((value) => ({ value, label: t(`settings.conflicts.${value}`) }))}
            onChange={(value) => value && change({ onConflict: value as Defaults['onConflict'] })}
          />
        )}
      </SettingRow>
      <SettingRow label={t('settings.compare')} help={t('settings.compareHelp')}>
        {(id) => <Switch id={id} checked={defaults.compare} onChange={(event) => change({ compare: event.currentTarget.checked })} />}
      </SettingRow>
      <SettingRow label={t('settings.label')} help={t('settings.labelHelp')}>
        {(id) => <Switch id={id} checked={defaults.label} onChange={(event) => change({ label: event.currentTarget.checked })} />}
      </SettingRow>
    </SettingGroup>
  )
}
