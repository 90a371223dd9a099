import { useMutation } from '@tanstack/react-query'
import { useRef } from 'react'
import type { Asset } from '../../contract/assets.ts'
import type { PageReport } from '../../contract/pageReport.ts'
import type { Palette } from '../../contract/pages.ts'
import { swatchColor } from '../../core/pages/palette.ts'
import { useCommand, useCommandContext } from '../app/commands.ts'
import { useClient } from '../client/context.tsx'
import { asMutation } from '../client/queries.ts'
import { useTexts } from '../i18n/index.ts'
import { usePhotos } from '../photos/state.ts'
import { tools, type ToolId } from '../stage/tools/index.ts'
import { takePaint, useMarking } from '../stage/tools/marking.ts'
import { useMarkingCommands } from '../stage/tools/useMarkingCommands.ts'
import { useTell } from '../ui/tell.ts'
import type { PageBoard } from './board.ts'
import { lessonFrom, openPage, usePages } from './state.ts'
import type { PlaceColors } from './usePlaceColors.ts'

function useToolCommand(tool: ToolId): void {
  useCommand(tools[tool].command, () => usePages.setState({ tool }))
}

interface PageWork {
  readonly asset: Asset
  readonly pages: readonly Asset[]
  readonly board: PageBoard
  readonly palette: Palette
  readonly scene: string | null
  /** What was found on the page; null: not known yet. */
  readonly report: PageReport | null
  /** Places hints where there are none. */
  suggest(): void
  /** Likely colours of the place that is asked about. */
  readonly placeColors: PlaceColors
}

/** What can be done with the open page and its chapter from keyboard, menu and palette. Answers how many pages wait for colour. */
export function usePageCommands({ asset, pages, board, palette, scene, report, suggest, placeColors }: PageWork): number {
  const client = useClient()
  const tell = useTell()
  const { t } = useTexts()
  const selected = useMarking((state) => state.selected)
  const onError = tell.error
  const version = asset.currentVersion
  const todo = pages.filter(({ state }) => state === 'todo' || state === 'failed').map(({ id }) => id)
  useCommandContext({ todo: todo.length, selected: selected === null ? 0 : 1 })

  const undo = useMutation({ mutationFn: () => client.history.undo({ version }), onSuccess: (gesture) => gesture === null && tell.note(t('photos.nothingToUndo')), onError })
  const redo = useMutation({ mutationFn: () => client.history.redo({ version }), onError })
  const color = useMutation({ mutationFn: asMutation(client.photos.colorAll), onError })
  const remove = useMutation({ mutationFn: asMutation(client.assets.remove), onSuccess: () => tell.note(t('pages.removed', { name: asset.name })), onError })
  useCommand('edit.undo', () => undo.mutate())
  useCommand('edit.redo', () => redo.mutate())
  useCommand('page.colorAll', () => color.mutate({ assets: todo }))
  useCommand('page.remove', () => remove.mutate({ ids: [asset.id] }))
  useCommand('pages.export', () => usePhotos.getState().set({ exporting: [version] }))

  const at = pages.findIndex(({ id }) => id === asset.id)
  const step = (by: number) => {
    const next = pages[at + by]
    if (next) openPage(next.id)
  }
  useCommand('page.previous', () => step(-1))
  useCommand('page.next', () => step(1))

  useToolCommand('hand')
  useToolCommand('hint')
  useToolCommand('stroke')
  useToolCommand('eraser')
  useToolCommand('eyedropper')
  useToolCommand('join')
  useToolCommand('divide')
  useToolCommand('lock')
  useMarkingCommands(board)
  useCommand('hint.keepPaper', () => {
    const { paint } = useMarking.getState()
    takePaint({ ...paint, empty: !paint.empty })
  })
  useCommand('hint.suggest', suggest)
  useCommand('page.sheet', () => usePages.setState({ sheet: true }))
  const last = useRef<{ region: number; at: number } | null>(null)
  useCommand('hint.next', () => {
    const open = report?.unhinted ?? []
    if (open.length === 0) {
      tell.note(t('pages.open.none'))
      return
    }
    // Where the last one has got its hint by now, another has taken its place in the list.
    const from = last.current ? (open[last.current.at]?.region === last.current.region ? last.current.at + 1 : last.current.at) : 0
    const at = from % open.length
    const next = open[at]
    if (!next) return
    last.current = { region: next.region, at }
    board.hover({ x: next.x, y: next.y })
    usePages.setState({ lookAt: { x: next.x, y: next.y, time: performance.now() }, asked: { x: next.x, y: next.y, hint: null, hasKeys: true } })
  })
  useCommand('hint.colors', () => board.ask())
  useCommand('page.teach', () => usePages.setState({ lesson: lessonFrom(asset.id) }))
  const take = (place: number) => {
    if (placeColors.takeByKey(place)) return
    const swatch = palette.swatches[place - 1]
    if (swatch) board.recolour({ color: swatchColor(swatch, scene), swatch: swatch.id, empty: false })
  }
  // The first nine swatches answer to the digits, unless a place is asked about.
  useCommand('swatch.1', () => take(1))
  useCommand('swatch.2', () => take(2))
  useCommand('swatch.3', () => take(3))
  useCommand('swatch.4', () => take(4))
  useCommand('swatch.5', () => take(5))
  useCommand('swatch.6', () => take(6))
  useCommand('swatch.7', () => take(7))
  useCommand('swatch.8', () => take(8))
  useCommand('swatch.9', () => take(9))
  return todo.length
}
