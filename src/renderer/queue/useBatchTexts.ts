import { useAssets } from '../client/queries.ts'
import { useTexts } from '../i18n/index.ts'
import type { Batch } from './batches.ts'

/** Rates above this (jobs a second) are said a second, below a minute. */
const perSecondFrom = 0.5

/** What a batch says of itself: title, state, and its figures in one line. */
export function useBatchTexts(batch: Batch): { readonly title: string; readonly state: string; readonly figures: string } {
  const { t, label, format } = useTexts()
  const { jobs, kind, state, total, done, rate, secondsLeft, startedAt, endedAt } = batch
  const [first] = jobs
  const { data: assets } = useAssets()
  const isPages = jobs.every((job) => assets?.find(({ id }) => id === job.asset)?.kind === 'page')
  const single = jobs.length === 1 && first !== undefined
  const count = total === 0 ? jobs.length : total
  const titleOf = (): string => {
    if (single || kind === 'model-download') return first ? label(first.title) : ''
    return t(isPages && (kind === 'colorize' || kind === 'export') ? `queue.pages.${kind}` : `queue.title.${kind}`, { count })
  }
  const title = titleOf()

  const parts: string[] = []
  if (state === 'running' || state === 'waiting' || state === 'paused') {
    parts.push(single ? format.percent(batch.progress) : t('queue.doneOf', { done: format.number(done), total: format.number(total) }))
    if (state === 'running' && rate !== null && !single) {
      parts.push(rate >= perSecondFrom ? t(isPages ? 'queue.pages.perSecond' : 'queue.perSecond', { rate: format.number(rate, 1) }) : t(isPages ? 'queue.pages.perMinute' : 'queue.perMinute', { rate: format.number(rate * 60, 1) }))
    }
    if (state === 'running' && secondsLeft !== null) parts.push(t('queue.timeLeft', { time: format.duration(secondsLeft) }))
  } else if (state !== 'cancelled') {
    if (!single) parts.push(t('queue.doneOf', { done: format.number(done), total: format.number(total) }))
    if (startedAt !== null && endedAt !== null) parts.push(t('queue.took', { time: format.duration(Math.max(1, (Date.parse(endedAt) - Date.parse(startedAt)) / 1000)) }))
    if (endedAt !== null) parts.push(format.moment(endedAt))
  }
  const words = { running: '', waiting: t('queue.state.waiting'), paused: t('queue.state.paused'), done: '', failed: '', cancelled: t('queue.state.cancelled') }
  return { title, state: words[state], figures: parts.join(' · ') }
}
