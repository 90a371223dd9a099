import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { Asset } from '../../contract/assets.ts'
import type { Hint } from '../../contract/hints.ts'
import type { PageReport } from '../../contract/pageReport.ts'
import type { Wording } from '../../contract/texts.ts'
import { useClient } from '../client/context.tsx'
import { useTexts } from '../i18n/index.ts'
import { useTell } from '../ui/tell.ts'
import type { PageBoard } from './board.ts'
import { editMarks } from './editing.ts'
import { rejectedKey, usePages } from './state.ts'

/** A dot that is only proposed. */
export type Proposal = Hint & { readonly kind: 'dot' }

const isProposal = (hint: Hint): hint is Proposal => hint.kind === 'dot'
const byConfidence = (one: Hint, other: Hint) => (other.confidence ?? 0) - (one.confidence ?? 0)
const accepted = (count: number): Wording => ({ key: 'history.hint.teach', values: { count } })

export interface LessonWork {
  /** What is still open on the page, the surest first. */
  readonly proposals: readonly Proposal[]
  readonly isLooking: boolean
  readonly error: Error | null
  readonly chosen: number | null
  choose(at: number | null): void
  /** As one gesture. */
  accept(proposals: readonly Proposal[]): void
  reject(proposal: Proposal): void
  /** Accepts what is sure enough on every other page that is not done, a gesture a page. */
  readonly everywhere: { readonly done: number; readonly total: number } | null
  acceptEverywhere(): void
  stop(): void
}

/** What the page that teaches says of the open one, and of the others. */
export function useLesson(asset: Asset, pages: readonly Asset[], report: PageReport | null, board: PageBoard): LessonWork {
  const client = useClient()
  const tell = useTell()
  const { t } = useTexts()
  const lesson = usePages((state) => state.lesson)
  const [chosen, choose] = useState<number | null>(null)
  const [everywhere, setEverywhere] = useState<LessonWork['everywhere']>(null)
  const going = useRef<AbortController | null>(null)
  const isTaught = lesson !== null && lesson.from !== asset.id
  const { data, error, isLoading } = useQuery({
    queryKey: ['proposals', asset.id, asset.sha256, lesson?.from, lesson?.toPalette],
    queryFn: ({ signal }) => client.pages.proposals({ asset: asset.id, from: lesson?.from ?? asset.id, toPalette: lesson?.toPalette ?? false }, { signal }),
    enabled: isTaught && !asset.missing,
    retry: false,
  })
  // A region that has got a hint since, of whatever colour, is not open any more; undone, it is again.
  const proposals = useMemo(() => {
    const open = new Set(report?.unhinted.map((region) => rejectedKey(asset.id, region)))
    return isTaught ? (data?.hints ?? []).filter(isProposal).filter((hint) => open.has(rejectedKey(asset.id, hint)) && !lesson.rejected.has(rejectedKey(asset.id, hint))).sort(byConfidence) : []
  }, [asset.id, data, isTaught, lesson, report])

  const at = chosen !== null && chosen < proposals.length ? chosen : null
  useEffect(() => {
    board.propose(proposals, at)
    return () => board.propose([], null)
  }, [at, board, proposals])

  const accept = (hints: readonly Proposal[]) => {
    if (hints.length > 0) board.add(hints, accepted(hints.length))
  }
  const all = useMutation({
    mutationFn: async () => {
      if (!lesson) return null
      const others = pages.filter((page) => page.id !== lesson.from && !page.missing && page.page?.state !== 'done')
      const control = new AbortController()
      going.current = control
      let hints = 0
      for (const [n, page] of others.entries()) {
        setEverywhere({ done: n, total: others.length })
        const found = await client.pages.proposals({ asset: page.id, from: lesson.from, toPalette: lesson.toPalette }, { signal: control.signal })
        const sure = found.hints.filter((hint) => isProposal(hint) && (hint.confidence ?? 0) >= lesson.least && !lesson.rejected.has(rejectedKey(page.id, hint)))
        if (sure.length === 0) continue
        const { recipe } = await client.versions.get({ id: page.currentVersion }, { signal: control.signal })
        const edit = editMarks(recipe, sure.map((value) => ({ list: 'hints', op: 'add', value })), accepted(sure.length))
        await client.versions.change({ id: page.currentVersion, patches: edit.patches, label: edit.label })
        hints += sure.length
      }
      return { hints, pages: others.length }
    },
    onSuccess: (made) => made && tell.note(t('pages.teach.doneEverywhere', { count: made.hints, pages: made.pages })),
    onError: (thrown) => going.current?.signal.aborted || tell.error(thrown),
    onSettled: () => setEverywhere(null),
  })
  useEffect(() => () => going.current?.abort(), [])
  return {
    proposals,
    isLooking: isTaught && (isLoading || report === null),
    error,
    chosen: at,
    choose,
    accept,
    reject: (hint) => usePages.setState((state) => (state.lesson ? { lesson: { ...state.lesson, rejected: new Set([...state.lesson.rejected, rejectedKey(asset.id, hint)]) } } : {})),
    everywhere,
    acceptEverywhere: () => all.mutate(),
    stop: () => going.current?.abort(),
  }
}
