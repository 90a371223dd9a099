import { useCommand } from '../../app/commands.ts'
import { ToolButtons } from '../../stage/tools/ToolButtons.tsx'
import { useMarkingCommands } from '../../stage/tools/useMarkingCommands.ts'
import { filmTools, useFilm, type FilmTool } from '../state.ts'
import type { FrameBoard } from './board.ts'

/** What the pointer does on the frame: look, place hints, take them away. */
export function FilmTools({ board }: { readonly board: FrameBoard }) {
  const chosen = useFilm((state) => state.tool)
  const take = (tool: FilmTool) => () => useFilm.setState({ tool, speed: 0 })
  useCommand('tool.hand', take('hand'))
  useCommand('tool.hint', take('hint'))
  useCommand('tool.eraser', take('eraser'))
  useMarkingCommands(board)
  return <ToolButtons ids={filmTools} chosen={chosen} />
}
