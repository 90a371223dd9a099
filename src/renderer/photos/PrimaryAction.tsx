import { Button } from '@mantine/core'
import { IconDownload, IconPalette } from '@tabler/icons-react'
import { useCommandButton } from '../app/commands.ts'
import { useTexts } from '../i18n/index.ts'

/** The one blue thing while a photo is open. */
export function ExportButton() {
  const { t } = useTexts()
  const { run, enabled } = useCommandButton('photos.export')
  return (
    <Button variant="filled" leftSection={<IconDownload size={18} stroke={1.6} />} disabled={!enabled} onClick={run}>
      {t('photos.export.button')}
    </Button>
  )
}

/** The one blue thing of the grid: colours what has no colour yet; when nothing is left, exports. */
export function ColorAllButton({ todo, busy }: { readonly todo: number; readonly busy: boolean }) {
  const { t } = useTexts()
  const { run, enabled } = useCommandButton('photos.colorAll')
  if (todo === 0) return <ExportButton />
  return (
    <Button variant="filled" leftSection={<IconPalette size={18} stroke={1.6} />} loading={busy} disabled={!enabled} onClick={run}>
      {t('photos.colorAll', { count: todo })}
    </Button>
  )
}
