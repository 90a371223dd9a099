import { Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import type { Settings } from '../../contract/settings.ts'
import { useClient } from '../client/context.tsx'
import { useStudioQueries } from '../client/queries.ts'
import { useTexts } from '../i18n/index.ts'
import { useTell } from '../ui/tell.ts'
import { NumberSetting } from './NumberSetting.tsx'
import { SettingGroup, SettingRow } from './SettingRow.tsx'
import { useChangeSettings } from './useChangeSettings.ts'

/** Previews are kept so that nothing is computed twice: how much, where, and away with them. */
export function Storage({ settings }: { readonly settings: Settings }) {
  const { t, format } = useTexts()
  const client = useClient()
  const tell = useTell()
  const change = useChangeSettings()
  const { data: system, refetch } = useQuery(useStudioQueries().system())
  const clear = useMutation({
    mutationFn: () => client.system.clearCache(),
    onSuccess: ({ freedMb }) => {
      tell.note(t('settings.cacheCleared', { size: format.memory(freedMb) }))
      void refetch()
    },
    onError: tell.error,
  })
  return (
    <SettingGroup title={t('settings.storage')}>
      <SettingRow label={t('settings.cacheSize')} help={system ? t('settings.cacheNow', { size: format.memory(system.disk.cacheMb) }) : undefined}>
        {(id) => <NumberSetting id={id} value={settings.cacheMb} unit="MB" min={64} max={1_048_576} step={256} onChange={(cacheMb) => cacheMb !== null && change({ cacheMb })} />}
      </SettingRow>
      <SettingRow label={t('settings.cacheClear')} help={t('settings.cacheClearHelp')}>
        {(id) => (
          <Button id={id} loading={clear.isPending} onClick={() => clear.mutate()}>
            {t('common.clear')}
          </Button>
        )}
      </SettingRow>
      {system ? (
        <SettingRow label={t('settings.dataFolder')} help={system.disk.dataFolder}>
          {() => <span>{t('settings.free', { size: format.memory(system.disk.freeMb) })}</span>}
        </SettingRow>
      ) : null}
    </SettingGroup>
  )
}
