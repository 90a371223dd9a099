import { Button } from '@mantine/core'
import { IconPhoto, IconPhotoOff } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { VersionId } from '../../contract/ids.ts'
import type { DroppedFile, Granted } from '../../contract/host.ts'
import { useCommand } from '../app/commands.ts'
import { useDropZone } from '../app/dropZone.ts'
import { useClient, useHost } from '../client/context.tsx'
import { useStudioQueries } from '../client/queries.ts'
import { useTexts } from '../i18n/index.ts'
import { useTell } from '../ui/tell.ts'
import styles from './ReferenceRow.module.css'

/**
 * The picture whose colours a photo takes over: chosen, dropped, cleared, and found again where its file has moved.
 * `value` is what the recipe holds; the page knows of it only whether it is there.
 */
export function ReferenceRow({ label, help, version, value }: { readonly label: string; readonly help: string; readonly version: VersionId; readonly value: unknown }) {
  const client = useClient()
  const host = useHost()
  const cache = useQueryClient()
  const queries = useStudioQueries()
  const tell = useTell()
  const { t } = useTexts()
  const isSet = typeof value === 'string'
  const { data: reference } = useQuery({ ...queries.reference(version, value), enabled: isSet, refetchOnWindowFocus: true, retry: false })

  const change = useMutation({
    mutationFn: async ({ how, take }: { how: 'set' | 'find'; take: () => Promise<readonly Granted[]> }) => {
      const [granted] = await take()
      if (!granted) return null
      return how === 'find' ? client.photos.findReference({ version, grant: granted.grant }) : client.photos.setReference({ version, grant: granted.grant })
    },
    onSuccess: (changed) => changed && cache.setQueryData(queries.version(version).queryKey, changed),
    onError: tell.error,
  })
  const clear = useMutation({
    mutationFn: () => client.photos.setReference({ version, grant: null }),
    onSuccess: (changed) => cache.setQueryData(queries.version(version).queryKey, changed),
    onError: tell.error,
  })
  const pick = (how: 'set' | 'find') => change.mutate({ how, take: () => host.pickFiles('pictures') })
  useCommand('photo.reference', () => pick('set'))
  useDropZone(t('inspector.reference.drop'), (files: readonly DroppedFile[]) => change.mutate({ how: 'set', take: () => host.takeDropped(files.slice(0, 1)) }))

  const lost = isSet && (reference?.missing ?? false)
  const Placeholder = lost ? IconPhotoOff : IconPhoto
  return (
    <div className={styles['row']} role="group" aria-label={label} title={help}>
      <div className={styles['head']}>
        <span>{label}</span>
        <span className={styles['actions']}>
          <Button size="xs" variant={lost ? 'filled' : 'default'} loading={change.isPending} onClick={() => pick(lost ? 'find' : 'set')}>
            {lost ? t('photos.findFile') : isSet ? t('inspector.reference.other') : t('inspector.reference.choose')}
          </Button>
          {isSet && (
            <Button size="xs" variant="default" loading={clear.isPending} onClick={() => clear.mutate()}>
              {t('common.clear')}
            </Button>
          )}
        </span>
      </div>
      {isSet && reference && (
        <div className={styles['chosen']} role={lost ? 'alert' : undefined}>
          <span className={styles['picture']}>{reference.picture ? <img src={host.pictureUrl(reference.picture)} alt="" draggable={false} /> : <Placeholder size={18} stroke={1.6} aria-hidden />}</span>
          <span className={styles['words']}>
            <span className={styles['name']} title={reference.name}>
              {reference.name}
            </span>
            {lost && <span className={styles['lost']}>{t('photos.missing')}</span>}
          </span>
        </div>
      )}
    </div>
  )
}
