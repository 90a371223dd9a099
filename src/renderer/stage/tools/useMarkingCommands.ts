import { useCommand } from '../../app/commands.ts'
import { changeRadius, useMarking } from './marking.ts'
import type { Board } from './tool.ts'

/** A factor by which one press changes the brush. */
const brushStep = 1.25

/** The brush by keys, and the chosen hint away. */
export function useMarkingCommands(board: Pick<Board, 'select' | 'commit'>): void {
  const selected = useMarking((state) => state.selected)
  useCommand('brush.smaller', () => changeRadius(1 / brushStep))
  useCommand('brush.larger', () => changeRadius(brushStep))
  useCommand('hint.remove', () => {
    if (selected === null) return
    board.select(null)
    board.commit([{ list: 'hints', op: 'remove', at: selected }], { key: 'history.hint.erase', values: { count: 1 } })
  })
}
