import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { Asset } from '../../../contract/assets.ts'
import { proxyBox } from '../../../core/film/proxy.ts'
import { useClient } from '../../client/context.tsx'
import { useTexts } from '../../i18n/index.ts'
import { ProgressBar } from '../../ui/ProgressBar.tsx'
import { Section } from '../../ui/Section.tsx'
import { useTell } from '../../ui/tell.ts'
import styles from '../review/Review.module.css'
import { useProxy } from './useProxy.ts'

/** Whether a clip plays from a proxy; what one would take is told before it is made. */
export function ProxyPanel({ asset }: { readonly asset: Asset }) {
  const { t, format, told } = useTexts()
  const client = useClient()
  const tell = useTell()
  const { proxy, job, make } = useProxy(asset)
  const isFailed = job?.state === 'failed'
  const isUnderWay = job !== null && !isFailed
  const { data: estimate } = useQuery({
    queryKey: ['proxyEstimate', asset.id],
    queryFn: ({ signal }) => client.review.estimateProxy({ asset: asset.id }, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
    enabled: proxy === null && !isUnderWay && !asset.missing,
  })
  const size = (bytes: number) => t('film.proxy.size', { size: format.bytes(bytes) })
  return (
    <Section title={t('film.proxy')} defaultOpen>
      <div className={styles['panel']}>
        {proxy ? (
          <p className={styles['quiet']}>{t('film.proxy.ready', { size: format.bytes(proxy.offsets.at(-1) ?? 0) })}</p>
        ) : (
          <>
            <p className={styles['quiet']}>{t('film.proxy.text', { width: proxyBox.width, height: proxyBox.height })}</p>
            {isFailed && job.error && <p className={styles['quiet']}>{told(job.error).message}</p>}
            {isUnderWay ? (
              <>
                <ProgressBar label={t('film.proxy.making')} value={job.progress} />
                <Button variant="default" onClick={() => void client.jobs.cancel({ ids: [job.id] }).catch(tell.error)}>
                  {t('common.cancel')}
                </Button>
              </>
            ) : (
              <Button variant="default" disabled={asset.missing} onClick={make}>
                {estimate ? `${t('film.proxy.make')} · ${size(estimate.bytes)}` : t('film.proxy.make')}
              </Button>
            )}
          </>
        )}
      </div>
    </Section>
  )
}
