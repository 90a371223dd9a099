import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ProviderName, Settings } from '../../contract/settings.ts'
import { useStudioQueries } from '../client/queries.ts'
import { useTexts } from '../i18n/index.ts'
import { EnvironmentNote, useEnvironment } from './EnvironmentNote.tsx'
import { NumberSetting } from './NumberSetting.tsx'
import { SettingGroup, SettingRow } from './SettingRow.tsx'
import classes from './SettingsRoom.module.css'
import { useChangeSettings } from './useChangeSettings.ts'

/** What computes, with how many threads and how much memory. */
export function Computing({ settings }: { readonly settings: Settings }) {
  const { t, format } = useTexts()
  const change = useChangeSettings()
  const { data: system } = useQuery(useStudioQueries().system())
  const [provider, threads, memory, ffmpeg] = [useEnvironment('provider'), useEnvironment('threads'), useEnvironment('memoryMb'), useEnvironment('ffmpeg')]
  const active = system ? t(`models.provider.${system.provider}`) : ''
  return (
    <SettingGroup title={t('settings.computing')}>
      <SettingRow label={t('settings.provider')} help={system ? t('settings.providerNow', { name: active }) : undefined} note={<EnvironmentNote found={provider} />}>
        {(id) => (
          <Select
            id={id}
            className={classes['field'] ?? ''}
            disabled={provider?.usable ?? false}
            value={settings.provider ?? 'auto'}
            data={[
              { value: 'auto', label: t('settings.automatic') },
              ...(system?.providers ?? []).map(({ name, usable }) => ({ value: name as string, label: t(`models.provider.${name}`), disabled: !usable })),
            ]}
            onChange={(chosen) => change({ provider: chosen === 'auto' ? null : (chosen as ProviderName) })}
          />
        )}
      </SettingRow>
      <SettingRow label={t('settings.threads')} help={t('settings.threadsHelp')} note={<EnvironmentNote found={threads} />}>
        {(id) => (
          <NumberSetting
            id={id}
            disabled={threads?.usable ?? false}
            value={settings.threads === 0 ? null : settings.threads}
            placeholder={t('settings.automatic')}
            min={1}
            max={256}
            step={1}
            onChange={(count) => change({ threads: count ?? 0 })}
          />
        )}
      </SettingRow>
      <SettingRow
        label={t('settings.memory')}
        help={system ? t('settings.memoryNow', { used: format.memory(system.memory.usedMb), limit: format.memory(system.memory.limitMb) }) : undefined}
        note={<EnvironmentNote found={memory} />}
      >
        {(id) => (
          <NumberSetting
            id={id}
            disabled={memory?.usable ?? false}
            value={settings.memoryMb}
            placeholder={t('settings.automatic')}
            unit="MB"
            min={256}
            max={1_048_576}
            step={256}
            onChange={(memoryMb) => change({ memoryMb })}
          />
        )}
      </SettingRow>
      {ffmpeg ? (
        <SettingRow label="ffmpeg" help={ffmpeg.usable ? ffmpeg.value : undefined} note={<EnvironmentNote found={ffmpeg} />}>
          {() => null}
        </SettingRow>
      ) : null}
    </SettingGroup>
  )
}
