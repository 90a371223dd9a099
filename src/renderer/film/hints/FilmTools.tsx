import { IconPhotoDown, IconRowInsertBottom } from '@tabler/icons-react'
import { useCommand } from '../../app/commands.ts'
import { useTexts } from '../../i18n/index.ts'
import { ToolButtons } from '../../stage/tools/ToolButtons.tsx'
import { useMarkingCommands } from '../../stage/tools/useMarkingCommands.ts'
import { filmTools, useFilm, type FilmTool } from '../state.ts'
import { CommandButton } from '../Transport.tsx'
import type { FrameBoard } from './board.ts'

/** What the pointer does on the frame: look, place hints, take them away; and where the frame goes: into a file, into the edit. */
export function FilmTools({ board }: { readonly board: FrameBoard }) {
  const { t } = useTexts()
  const chosen = useFilm((state) => state.tool)
  const take = (tool: FilmTool) => () => useFilm.setState({ tool, speed: 0 })
  // The colour in the hand, and the hints, are on the page of the recipe.
  const takeHint = () => useFilm.setState({ tool: 'hint', speed: 0, tab: 'recipe' })
  useCommand('tool.hand', take('hand'))
  useCommand('tool.hint', takeHint)
  useCommand('tool.eraser', take('eraser'))
  useMarkingCommands(board)
  return (
    <ToolButtons ids={filmTools} chosen={chosen} ends={['eraser']}>
      <CommandButton id="film.saveFrame" label={t('commands.film.saveFrame')} icon={IconPhotoDown} size="tool" />
      <CommandButton id="film.addToEdit" label={t('commands.film.addToEdit')} icon={IconRowInsertBottom} size="tool" />
    </ToolButtons>
  )
}
