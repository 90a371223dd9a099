import type { Verdict } from '../../../contract/shots.ts'
import { cutBefore, joinWithNext, judge, nextUnseen, shotAt, type ShotEdit } from '../../../core/film/shotList.ts'
import { useCommand } from '../../app/commands.ts'
import { useTexts } from '../../i18n/index.ts'
import { useTell } from '../../ui/tell.ts'
import { standAt, useFilm } from '../state.ts'
import type { ShotEditing } from './useShots.ts'

/** What keyboard and menu do with the shots of the open clip. */
export function useShotCommands({ shots, find, commit }: ShotEditing): void {
  const { t } = useTexts()
  const tell = useTell()
  const here = (): number => (shots ? shotAt(shots, useFilm.getState().frame) : 0)
  const stand = (at: number): void => {
    const shot = shots?.shots[at]
    if (shot) standAt(shot.from)
  }
  const change = (edit: ShotEdit | null): void => {
    if (edit) void commit(edit)
  }
  const say = (verdict: Verdict) => (): void => {
    if (!shots) return
    const at = here()
    change(judge(shots, [at], verdict))
    const next = nextUnseen({ shots: shots.shots.map((shot, place) => (place === at ? { ...shot, verdict } : shot)) }, at)
    if (next === null) tell.note(t('film.shots.allSeen'))
    else stand(next)
  }
  useCommand('film.previousShot', () => {
    // From inside a shot, its first frame comes first.
    const at = here()
    stand(useFilm.getState().frame > (shots?.shots[at]?.from ?? 0) ? at : at - 1)
  })
  useCommand('film.nextShot', () => stand(here() + 1))
  useCommand('film.cut', () => shots && change(cutBefore(shots, useFilm.getState().frame, crypto.randomUUID())))
  useCommand('film.join', () => shots && change(joinWithNext(shots, here())))
  useCommand('film.findShots', find)
  useCommand('film.approve', say('approved'))
  useCommand('film.redo', say('redo'))
  useCommand('film.nextUnseen', () => {
    const next = shots && nextUnseen(shots, here())
    if (next === null) tell.note(t('film.shots.allSeen'))
    else stand(next)
  })
}
