import { SegmentedControl, Select } from '@mantine/core'
import type { Settings } from '../../contract/settings.ts'
import { useTexts } from '../i18n/index.ts'
import { EnvironmentNote, useEnvironment } from './EnvironmentNote.tsx'
import { SettingGroup, SettingRow } from './SettingRow.tsx'
import classes from './SettingsRoom.module.css'
import { useChangeSettings } from './useChangeSettings.ts'

const themes = ['system', 'dark', 'mid', 'light'] as const
const surrounds = ['theme', 'dark', 'mid', 'white'] as const
const inspectors = ['simple', 'everything'] as const

/** Languages by their own names: whoever cannot read the present one finds theirs. */
const ownNames = { en: 'English', 'zh-Hans': '简体中文', 'zh-Hant': '繁體中文' } as const

export function Appearance({ settings }: { readonly settings: Settings }) {
  const { t } = useTexts()
  const change = useChangeSettings()
  const language = useEnvironment('language')
  const options = <Value extends string>(values: readonly Value[], text: (value: Value) => string) => values.map((value) => ({ value, label: text(value) }))
  return (
    <SettingGroup title={t('settings.appearance')}>
      <SettingRow label={t('settings.language')} note={<EnvironmentNote found={language} />}>
        {(id) => (
          <Select
            id={id}
            className={classes['field'] ?? ''}
            disabled={language?.usable ?? false}
            value={settings.language}
            data={[{ value: 'system', label: t('settings.asSystem') }, ...Object.entries(ownNames).map(([value, label]) => ({ value, label }))]}
            onChange={(chosen) => chosen && change({ language: chosen as Settings['language'] })}
          />
        )}
      </SettingRow>
      <SettingRow label={t('settings.theme')}>
        {(_, labelId) => (
          <SegmentedControl
            aria-labelledby={labelId}
            value={settings.theme}
            data={options(themes, (theme) => t(`settings.themes.${theme}`))}
            onChange={(theme) => change({ theme: theme as Settings['theme'] })}
          />
        )}
      </SettingRow>
      <SettingRow label={t('settings.surround')} help={t('settings.surroundHelp')}>
        {(_, labelId) => (
          <SegmentedControl
            aria-labelledby={labelId}
            value={settings.surround}
            data={options(surrounds, (surround) => t(`settings.surrounds.${surround}`))}
            onChange={(surround) => change({ surround: surround as Settings['surround'] })}
          />
        )}
      </SettingRow>
      <SettingRow label={t('settings.inspector')} help={t('settings.inspectorHelp')}>
        {(_, labelId) => (
          <SegmentedControl
            aria-labelledby={labelId}
            value={settings.inspector}
            data={options(inspectors, (mode) => t(`settings.inspectors.${mode}`))}
            onChange={(inspector) => change({ inspector: inspector as Settings['inspector'] })}
          />
        )}
      </SettingRow>
    </SettingGroup>
  )
}
