import { useCommand, useCommandButton } from '../../app/commands.ts'
import { useTexts } from '../../i18n/index.ts'
import { ToolButtons } from '../../pages/ToolColumn.tsx'
import { changeRadius, usePages } from '../../pages/state.ts'
import { tools } from '../../stage/tools/index.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { filmTools, useFilm, type FilmTool } from '../state.ts'
import type { FrameBoard } from './board.ts'

/** A factor by which one press changes the brush. */
const brushStep = 1.25

function Tool({ tool }: { readonly tool: FilmTool }) {
  const { t } = useTexts()
  const chosen = useFilm((state) => state.tool === tool)
  const { command, icon } = tools[tool]
  const { shortcut, run } = useCommandButton(command)
  return <IconButton size="tool" label={t(`tools.${tool}`)} icon={icon} shortcut={shortcut} pressed={chosen} onClick={run} />
}

/** What the pointer does on the frame: look, place hints, take them away. */
export function FilmTools({ board }: { readonly board: FrameBoard }) {
  const selected = usePages((state) => state.selected)
  const take = (tool: FilmTool) => () => useFilm.setState({ tool, speed: 0 })
  useCommand('tool.hand', take('hand'))
  useCommand('tool.hint', take('hint'))
  useCommand('tool.eraser', take('eraser'))
  useCommand('brush.smaller', () => changeRadius(1 / brushStep))
  useCommand('brush.larger', () => changeRadius(brushStep))
  useCommand('hint.remove', () => {
    if (selected === null) return
    board.select(null)
    board.commit([{ list: 'hints', op: 'remove', at: selected }], { key: 'history.hint.erase', values: { count: 1 } })
  })
  return (
    <ToolButtons>
      {filmTools.map((tool) => (
        <Tool key={tool} tool={tool} />
      ))}
    </ToolButtons>
  )
}
