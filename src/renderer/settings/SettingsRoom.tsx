import { Skeleton } from '@mantine/core'
import { useSettings } from '../client/queries.ts'
import { useTexts } from '../i18n/index.ts'
import { ErrorPanel } from '../ui/ErrorPanel.tsx'
import { RoomHead } from '../ui/RoomHead.tsx'
import { Appearance } from './Appearance.tsx'
import { Computing } from './Computing.tsx'
import { ExportDefaults } from './ExportDefaults.tsx'
import { KeyboardMap } from './KeyboardMap.tsx'
import { SettingGroup } from './SettingRow.tsx'
import classes from './SettingsRoom.module.css'
import { Storage } from './Storage.tsx'

/** What holds for the whole studio. Every change counts at once. */
export function SettingsRoom() {
  const { t } = useTexts()
  const { data: settings, error, refetch } = useSettings()
  if (error) return <ErrorPanel error={error} onRetry={() => void refetch()} />
  if (!settings) return <Skeleton className={classes['skeleton']} animate={false} />
  return (
    <div className={classes['room']}>
      <div className={classes['content']}>
        <RoomHead title={t('room.settings')} />
        <Appearance settings={settings} />
        <Computing settings={settings} />
        <Storage settings={settings} />
        <ExportDefaults settings={settings} />
        <SettingGroup title={t('settings.keyboard')}>
          <KeyboardMap settings={settings} />
        </SettingGroup>
      </div>
    </div>
  )
}
