import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import type { AssetId } from '../../../contract/ids.ts'
import type { CsvContent } from '../../../contract/review.ts'
import { useClient, useHost } from '../../client/context.tsx'
import { writeWhereChosen } from '../../client/targets.ts'
import { useTexts } from '../../i18n/index.ts'
import { useTell } from '../../ui/tell.ts'
import styles from './Notes.module.css'

/** Notes and shots as tables: into a folder where the host can choose one, else as a download. */
export function CsvButtons({ asset, hasNotes }: { readonly asset: AssetId; readonly hasNotes: boolean }) {
  const client = useClient()
  const host = useHost()
  const tell = useTell()
  const { t } = useTexts()
  const { mutate, isPending } = useMutation({
    mutationFn: (of: CsvContent) => writeWhereChosen(host, (folder) => client.review.csv({ asset, of, folder })),
    onSuccess: (written) => written?.folder != null && tell.note(t('film.csv.written', { name: written.name, folder: written.folder })),
    onError: tell.error,
  })
  return (
    <div className={styles['row']}>
      <Button size="xs" variant="default" loading={isPending} disabled={!hasNotes} onClick={() => mutate('notes')}>
        {t('film.csv.notes')}
      </Button>
      <Button size="xs" variant="default" loading={isPending} onClick={() => mutate('shots')}>
        {t('film.csv.shots')}
      </Button>
    </div>
  )
}
