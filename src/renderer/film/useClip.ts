import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Asset } from '../../contract/assets.ts'
import type { ClipTruth } from '../../contract/clipFrames.ts'
import type { ClipShots } from '../../contract/shots.ts'
import { usualRate, withSetRate } from '../../core/film/pictureRate.ts'
import { useStudioQueries } from '../client/queries.ts'
import { useFrameChecks } from './background.ts'

/** How far a clip's frames are known: read from its packets, being decoded, or counted and compared one by one. */
export type FrameCheck = 'reading' | 'checking' | 'exact' | 'failed'

export interface ClipState {
  readonly truth: ClipTruth | null
  readonly error: unknown
  readonly check: FrameCheck
  /** Decodes every frame once more, where that failed. */
  retryCheck(): void
}

/** The frames of a clip: what its packets tell at once, then what a decode of all of it tells. */
export function useClip(asset: Asset): ClipState {
  const { data: truth = null, error } = useQuery({ ...useStudioQueries().clip(asset.id), enabled: !asset.missing })
  const { hasFailed, retry } = useFrameChecks(truth === null || truth.info.verified ? [] : [asset.id])
  return { truth, error, check: checkOf(truth, truth?.info.verified === true, hasFailed), retryCheck: retry }
}

/** How far the frames of one clip, or of all clips of an edit, are known. */
export function checkOf(truth: ClipTruth | null, isVerified: boolean, hasFailed: boolean): FrameCheck {
  if (truth === null) return 'reading'
  return isVerified ? 'exact' : hasFailed ? 'failed' : 'checking'
}

/** A clip by the rate that is set for its pictures: labels and playing follow as soon as it is changed or undone. */
export function useTruthAtRate(truth: ClipTruth | null, shots: ClipShots | null): ClipTruth | null {
  const { num, den } = shots?.rate ?? usualRate
  const isKnown = shots !== null
  return useMemo(() => truth && withSetRate(truth, isKnown ? { rate: { num, den } } : null), [truth, num, den, isKnown])
}
