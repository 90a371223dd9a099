import { useCallback, useEffect, useMemo, useState } from 'react'
import type { Asset } from '../../../contract/assets.ts'
import { changeLook, hintsOn, withFrameHints } from '../../../core/film/shotList.ts'
import { useCommand, useCommandContext } from '../../app/commands.ts'
import { tools } from '../../stage/tools/index.ts'
import { useMarking } from '../../stage/tools/marking.ts'
import { Machine } from '../../stage/tools/tool.ts'
import type { ShotEditing } from '../shots/useShots.ts'
import { useFilm } from '../state.ts'
import { FrameBoard } from './board.ts'

export interface FrameHints {
  readonly board: FrameBoard
  readonly machine: Machine
  cancel(): void
}

/** The hints of one frame of a shot, and the tool that works on them. @param at place in the list of the frame's shot */
export function useFrameHints(asset: Asset, { shots, commit }: ShotEditing, at: number, frame: number): FrameHints {
  const [board] = useState(() => new FrameBoard(asset.info))
  const shot = shots?.shots[at] ?? null
  const hints = useMemo(() => (shot ? hintsOn(shot, frame) : []), [shot, frame])
  useEffect(() => {
    board.setHints(hints, (next, label) => {
      if (shots) void commit(changeLook(shots, [at], (each) => withFrameHints(each, frame, next), label))
    })
  }, [board, hints, shots, at, frame, commit])
  // A hint that was chosen belongs to its frame.
  useEffect(() => () => board.select(null), [board, frame])
  const tool = useFilm((state) => state.tool)
  const selected = useMarking((state) => state.selected)
  useCommandContext({ selected: selected === null ? 0 : 1 })
  const machine = useMemo(() => new Machine(tools[tool], board), [tool, board])
  // A tool that is put away in the middle of something leaves nothing behind.
  useEffect(() => () => machine.cancel(), [machine])
  const cancel = useCallback(() => machine.cancel(), [machine])
  useCommand('hint.cancel', () => {
    if (machine.isBusy) machine.cancel()
    else board.select(null)
  })
  return { board, machine, cancel }
}
