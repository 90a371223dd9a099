import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import type { Asset } from '../../../contract/assets.ts'
import { pickedAs } from '../../app/adding.ts'
import { useClient, useHost } from '../../client/context.tsx'
import { useTexts } from '../../i18n/index.ts'
import { useTell } from '../../ui/tell.ts'
import styles from './OnePhoto.module.css'

/** The original has moved: asks where to, or for a folder in which to look; its bytes decide. */
export function MissingFile({ asset }: { readonly asset: Asset }) {
  const client = useClient()
  const host = useHost()
  const tell = useTell()
  const { t } = useTexts()
  const relink = useMutation({
    mutationFn: async (pick: 'file' | 'folder') => {
      const granted = pick === 'file' ? (await host.pickFiles(pickedAs[asset.kind]))[0] : await host.pickFolder?.()
      if (granted) await client.assets.relink({ id: asset.id, grant: granted.grant })
    },
    onError: tell.error,
  })
  return (
    <div className={styles['missing']} role="alert">
      <strong>{t('photos.missing')}</strong>
      <Button variant="filled" loading={relink.isPending} onClick={() => relink.mutate('file')}>
        {t('photos.findFile')}
      </Button>
      {host.pickFolder && (
        <Button variant="default" onClick={() => relink.mutate('folder')}>
          {t('photos.findFolder')}
        </Button>
      )}
    </div>
  )
}
