import type { ClipTruth } from '../../contract/clipFrames.ts'
import type { ClipRange } from '../../contract/review.ts'
import { nextSpeed, within } from '../../core/film/playing.ts'
import { useCommand } from '../app/commands.ts'
import { standAt, useFilm } from './state.ts'

/** What the keyboard of an editing desk does with the frames before it. @param onRange hears of in and out once they are set by hand */
export function useTransportCommands(truth: ClipTruth | null, onRange: (range: ClipRange) => void = () => undefined): void {
  const frames = truth?.pts.length ?? 1
  const by = (count: number) => standAt(within(useFilm.getState().frame + count, frames))
  const shuttle = (direction: 1 | -1) => truth && useFilm.setState(({ speed }) => ({ speed: nextSpeed(speed, direction) }))
  useCommand('film.first', () => standAt(0))
  useCommand('film.last', () => standAt(frames - 1))
  useCommand('film.back', () => by(-1))
  useCommand('film.forward', () => by(1))
  useCommand('film.back10', () => by(-10))
  useCommand('film.forward10', () => by(10))
  useCommand('film.play', () => truth && useFilm.setState(({ speed }) => ({ speed: speed === 0 ? 1 : 0 })))
  useCommand('film.backwards', () => shuttle(-1))
  useCommand('film.stop', () => useFilm.setState({ speed: 0 }))
  useCommand('film.forwards', () => shuttle(1))
  const setRange = (change: (frame: number, range: ClipRange) => ClipRange) => {
    const { frame, range } = useFilm.getState()
    const next = change(frame, range)
    useFilm.setState({ range: next })
    onRange(next)
  }
  useCommand('film.in', () => setRange((frame, { to }) => ({ from: frame, to: to !== null && to < frame ? null : to })))
  useCommand('film.out', () => setRange((frame, { from }) => ({ from: from !== null && from > frame ? null : from, to: frame })))
  useCommand('film.toIn', () => standAt(useFilm.getState().range.from ?? 0))
  useCommand('film.toOut', () => standAt(useFilm.getState().range.to ?? frames - 1))
  useCommand('film.clearRange', () => setRange(() => ({ from: null, to: null })))
  useCommand('film.loop', () => useFilm.setState(({ loop }) => ({ loop: !loop })))
  useCommand('film.inColor', () => useFilm.setState(({ inColor }) => ({ inColor: !inColor })))
  useCommand('film.export', () => truth && useFilm.setState({ exporting: true, speed: 0 }))
}
