import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ProviderName, Settings } from '../../contract/settings.ts'
import { useStudioQueries } from '../client/queries.ts'
import { useTexts } from '../i18n/index.ts'
import { NumberSetting } from './NumberSetting.tsx'
import { SettingGroup, SettingRow } from './SettingRow.tsx'
import classes from './SettingsRoom.module.css'
import { useChangeSettings } from './useChangeSettings.ts'

/** What computes, with how many threads and how much memory. */
export function Computing({ settings }: { readonly settings: Settings }) {
  const { t, format } = useTexts()
  const change = useChangeSettings()
  const { data: system } = useQuery(useStudioQueries().system())
  const active = system ? t(`models.provider.${system.provider}`) : ''
  return (
    <SettingGroup title={t('settings.computing')}>
      <SettingRow label={t('settings.provider')} help={system ? t('settings.providerNow', { name: active }) : undefined}>
        {(id) => (
          <Select
            id={id}
            className={classes['field'] ?? ''}
            value={settings.provider ?? 'auto'}
            data={[
              { value: 'auto', label: t('settings.automatic') },
              ...(system?.providers ?? []).map(({ name, usable }) => ({ value: name as string, label: t(`models.provider.${name}`), disabled: !usable })),
            ]}
            onChange={(provider) => change({ provider: provider === 'auto' ? null : (provider as ProviderName) })}
          />
        )}
      </SettingRow>
      <SettingRow label={t('settings.threads')} help={t('settings.threadsHelp')}>
        {(id) => (
          <NumberSetting
            id={id}
            value={settings.threads === 0 ? null : settings.threads}
            placeholder={t('settings.automatic')}
            min={1}
            max={256}
            step={1}
            onChange={(threads) => change({ threads: threads ?? 0 })}
          />
        )}
      </SettingRow>
      <SettingRow label={t('settings.memory')} help={system ? t('settings.memoryNow', { used: format.memory(system.memory.usedMb), limit: format.memory(system.memory.limitMb) }) : undefined}>
        {(id) => (
          <NumberSetting id={id} value={settings.memoryMb} placeholder={t('settings.automatic')} unit="MB" min={256} max={1_048_576} step={256} onChange={(memoryMb) => change({ memoryMb })} />
        )}
      </SettingRow>
    </SettingGroup>
  )
}
