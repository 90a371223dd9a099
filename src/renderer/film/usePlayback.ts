import { useEffect, useRef } from 'react'
import { frameAt, startOf, type FrameTimes } from '../../core/film/playing.ts'
import { playedRange, useFilm } from './state.ts'

/** Milliseconds that frame `n` stands; the last one as long as the one before it. */
function lengthOf(times: FrameTimes, n: number): number {
  const last = times.pts.length - 1
  return n < last ? startOf(times, n + 1) - startOf(times, n) : last > 0 ? startOf(times, last) - startOf(times, last - 1) : 0
}

/** Moves the playhead by the clip's own times, variable rates too. */
function useClock(times: FrameTimes | null): void {
  const speed = useFilm((state) => state.speed)
  useEffect(() => {
    if (!times || speed === 0) return
    const frames = times.pts.length
    const { frame: stood, range: played } = useFilm.getState()
    const whole = playedRange(played, frames)
    // At the end, playing begins anew.
    const isAtEnd = speed > 0 ? stood >= whole.to : stood <= whole.from
    let first = isAtEnd ? (speed > 0 ? whole.from : whole.to) : stood
    let began = performance.now()
    useFilm.setState({ frame: first, dropped: 0 })
    let request = 0
    const tick = (): void => {
      request = requestAnimationFrame(tick)
      const { loop, range, frame: before } = useFilm.getState()
      const { from, to } = playedRange(range, frames)
      const at = startOf(times, first) + (performance.now() - began) * speed
      const isOver = speed > 0 ? at >= startOf(times, to) + lengthOf(times, to) : at < startOf(times, from)
      if (isOver && !loop) {
        useFilm.setState({ frame: speed > 0 ? to : from, speed: 0 })
        return
      }
      if (isOver) {
        first = speed > 0 ? from : to
        began = performance.now()
      }
      const frame = isOver ? first : Math.min(to, frameAt(times, at))
      if (frame !== before) useFilm.setState({ frame })
    }
    request = requestAnimationFrame(tick)
    return () => cancelAnimationFrame(request)
  }, [times, speed])
}

/**
 * Plays the clip. `shown` is the frame on the stage: at its own speed, frames between two that were shown one after
 * the other came too late and are counted as dropped.
 */
export function usePlayback(times: FrameTimes | null, shown: number | null): void {
  useClock(times)
  const before = useRef<number | null>(null)
  useEffect(() => {
    const last = before.current
    before.current = shown
    const { speed, dropped } = useFilm.getState()
    if (last === null || shown === null || Math.abs(speed) !== 1) return
    const missed = (shown - last) * speed - 1
    // A jump (a loop, a press on the timeline) is no playing.
    if (missed > 0 && missed < 250) useFilm.setState({ dropped: dropped + missed })
  }, [shown])
}
