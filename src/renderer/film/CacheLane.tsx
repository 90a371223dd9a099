import type { Asset } from '../../contract/assets.ts'
import { coveredRuns } from '../../core/film/coverage.ts'
import { useTexts } from '../i18n/index.ts'
import styles from './CacheLane.module.css'
import { useCachedFrames } from './cachedFrames.ts'
import type { LaneScale } from './laneScale.ts'
import { useProxy } from './proxy/useProxy.ts'

/** Frames that come at once: exact ones that were shown, and, below them, those of the proxy. */
export function CacheLane({ asset, frames, scale }: { readonly asset: Asset; readonly frames: number; readonly scale: LaneScale }) {
  const { t } = useTexts()
  const cached = useCachedFrames()
  const { proxy } = useProxy(asset)
  const columns = Math.max(1, Math.floor(scale.width))
  const isOwn = cached.asset === asset.id
  const runs = isOwn ? coveredRuns(cached.flags, scale.first, scale.frameAt(scale.width), columns) : []
  return (
    <div className={styles['lane']} role="img" aria-label={t(proxy ? 'film.cacheWithProxy' : 'film.cacheOf', { count: isOwn ? cached.count : 0 })}>
      {proxy && <span data-proxy style={{ left: Math.max(0, scale.x(0)), width: Math.min(scale.width, scale.x(frames)) - Math.max(0, scale.x(0)) }} />}
      {runs.map(([from, to]) => (
        <span key={from} style={{ left: from, width: to - from }} />
      ))}
    </div>
  )
}
