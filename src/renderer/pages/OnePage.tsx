import { Button } from '@mantine/core'
import { IconDownload, IconPalette } from '@tabler/icons-react'
import { useEffect, useMemo, useState } from 'react'
import type { Asset } from '../../contract/assets.ts'
import { resolvePalette, sceneOf } from '../../core/pages/palette.ts'
import { useCommandButton, useCommandContext } from '../app/commands.ts'
import { Slot } from '../app/slots.tsx'
import { useTexts } from '../i18n/index.ts'
import { CompareModes } from '../stage/CompareModes.tsx'
import { stageModes } from '../stage/Stage.tsx'
import { useMarking } from '../stage/tools/marking.ts'
import { useRecipe } from '../photos/useRecipe.ts'
import { IconButton } from '../ui/IconButton.tsx'
import { PageBoard } from './board.ts'
import { ContactSheet } from './ContactSheet.tsx'
import { pageParams } from './editing.ts'
import { PageInspector } from './PageInspector.tsx'
import { PageStage } from './PageStage.tsx'
import { PageStrip } from './PageStrip.tsx'
import { usePages } from './state.ts'
import { ToolColumn } from './ToolColumn.tsx'
import { useInsight } from './useInsight.ts'
import { usePageCommands } from './usePageCommands.ts'
import { usePalette } from './usePalette.ts'
import { usePlaceColors } from './usePlaceColors.ts'
import { useSuggest } from './useSuggest.ts'

/** One page open: tools, stage, strip, inspector. */
export function OnePage({ asset, pages }: { readonly asset: Asset; readonly pages: readonly Asset[] }) {
  const { t } = useTexts()
  const editing = useRecipe(asset.currentVersion)
  const palette = usePalette()
  const compare = usePages((state) => state.compare)
  const { commit } = editing
  const [board] = useState(() => new PageBoard(asset.info, (edit) => void commit(edit)))
  useEffect(() => board.saveWith((edit) => void commit(edit)), [board, commit])
  const recipe = editing.version ? editing.recipe : null
  useEffect(() => {
    if (!recipe) return
    board.setRecipe(recipe, palette.palette)
    // The hand keeps a swatch, whatever colour that has by now.
    const { paint } = useMarking.getState()
    if (paint.swatch !== null) board.take(paint)
  }, [board, palette.palette, recipe])
  useEffect(
    () => () => {
      useMarking.setState({ selected: null })
      usePages.setState({ asked: null })
    },
    [],
  )

  useCommandContext({ isOpen: true, canUndo: editing.version?.canUndo ?? false, canRedo: editing.version?.canRedo ?? false })
  // Resolved here as in the studio, so that a changed swatch is a changed question.
  const resolved = useMemo(() => recipe && resolvePalette(recipe, palette.palette), [recipe, palette.palette])
  const scene = recipe ? sceneOf(recipe.steps.find(({ step }) => step === 'page')?.params ?? {}) : null

  const report = useInsight(asset, resolved, board)
  const suggest = useSuggest(asset.currentVersion, board, recipe !== null && pageParams(recipe).rough !== null)
  const placeColors = usePlaceColors(asset, recipe, palette.palette, scene, board)
  const todo = usePageCommands({ asset, pages, board, palette: palette.palette, scene, report, suggest: suggest.run, placeColors })
  const colorAll = useCommandButton('page.colorAll')
  const exporting = useCommandButton('pages.export')
  return (
    <>
      <Slot name="tools">
        <ToolColumn />
      </Slot>
      <Slot name="compare">
        <CompareModes modes={stageModes} value={compare} onChange={(next) => usePages.setState({ compare: next, holding: false })} />
      </Slot>
      <Slot name="primary">
        {todo > 1 ? (
          <>
            <IconButton label={t('photos.export.button')} icon={IconDownload} shortcut={exporting.shortcut} onClick={exporting.run} />
            <Button variant="filled" leftSection={<IconPalette size={18} stroke={1.6} />} onClick={colorAll.run}>
              {t('photos.colorAll', { count: todo })}
            </Button>
          </>
        ) : (
          <Button variant="filled" leftSection={<IconDownload size={18} stroke={1.6} />} onClick={exporting.run}>
            {t('photos.export.button')}
          </Button>
        )}
      </Slot>
      <PageStage asset={asset} recipe={resolved} board={board} report={report} placeColors={placeColors} />
      {pages.length > 1 && (
        <Slot name="strip">
          <PageStrip pages={pages} open={asset} />
        </Slot>
      )}
      <ContactSheet pages={pages} open={asset} />
      <Slot name="inspector">
        <PageInspector asset={asset} pages={pages} report={report} editing={editing} board={board} palette={palette} scene={scene} suggest={suggest} />
      </Slot>
    </>
  )
}
