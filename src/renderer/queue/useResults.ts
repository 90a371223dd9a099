import { useHost } from '../client/context.tsx'
import { useTexts } from '../i18n/index.ts'
import { useTell } from '../ui/tell.ts'
import type { Batch } from './batches.ts'

/** How the results of a batch reach the user: shown where they lie, or downloaded; null where there is nothing to show. */
export function useResults({ jobs }: Batch): { readonly text: string; run(): void } | null {
  const { t } = useTexts()
  const host = useHost()
  const tell = useTell()
  const results = jobs.map(({ result }) => result).filter((result) => result !== null)
  const [first] = results
  if (!first) return null
  const { reveal, download } = host
  if (reveal && !results.every(({ downloadable }) => downloadable)) {
    return { text: t('queue.showResult'), run: () => void reveal.call(host, first.grant).catch(tell.error) }
  }
  if (!download) return null
  const files = results.filter(({ downloadable }) => downloadable)
  if (files.length === 0) return null
  const run = async () => {
    // One after the other: browsers drop downloads that start in the same moment.
    for (const { grant, name } of files) await download.call(host, grant, name)
  }
  return { text: t('queue.download', { count: files.length }), run: () => void run().catch(tell.error) }
}
