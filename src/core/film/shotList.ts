/** The shots of a clip as a list that can be cut, joined and marked: pure changes, each answered as patches of `ClipShots`. */
import type { Hint } from '../../contract/hints.ts'
import type { Rational } from '../../contract/rational.ts'
import type { RecipePatch } from '../../contract/recipe.ts'
import type { ClipShots, FrameHints, Shot, Verdict } from '../../contract/shots.ts'
import type { Wording } from '../../contract/texts.ts'
import { splicePatches } from '../history/splice.ts'
import { defaultRecipe } from '../steps/index.ts'
import type { Span } from './chunks.ts'
import { writtenRate } from './pictureRate.ts'

/** A change of a clip's shots, with the patches that save it as one gesture. */
export interface ShotEdit {
  readonly shots: ClipShots
  readonly patches: RecipePatch[]
  readonly label: Wording
}

/** What a shot's colours are made by. */
export type Look = Pick<Shot, 'recipe' | 'steady' | 'hints' | 'reference'>

/** A clip of `frames` frames that was not looked through yet: one shot. */
export function wholeClip(frames: number): ClipShots {
  return { frames, found: false, inColor: false, rate: null, shots: [{ id: 'first', from: 0, to: frames, recipe: defaultRecipe('clip'), steady: 1, hints: [], reference: null, verdict: 'unseen', version: 1 }] }
}

/** Place in the list of the shot that holds a frame; the last one's for frames beyond the end. */
export function shotAt({ shots }: Pick<ClipShots, 'shots'>, frame: number): number {
  let [low, high] = [0, shots.length - 1]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((shots[middle]?.from ?? 0) <= frame) low = middle
    else high = middle - 1
  }
  return low
}

const inside = ({ from, to }: Span, frame: number): boolean => frame >= from && frame < to

/** A shot with other ends: what was set on frames that it has no more is gone, and it has to be seen again. */
export function withSpan(shot: Shot, span: Span, also: readonly FrameHints[] = []): Shot {
  const hints = [...shot.hints, ...also].filter(({ frame }) => inside(span, frame)).sort((one, other) => one.frame - other.frame)
  const reference = shot.reference !== null && inside(span, shot.reference) ? shot.reference : null
  return { ...shot, ...span, hints, reference, verdict: seenAgain(shot.verdict) }
}

/** An approval was of other colours; what is to be redone still is. */
const seenAgain = (verdict: Verdict): Verdict => (verdict === 'approved' ? 'unseen' : verdict)

/** Shots in the place of others, as an edit. @param count of those that go, from `at` on */
export function replaced(before: ClipShots, at: number, count: number, by: readonly Shot[], label: Wording): ShotEdit {
  const shots = before.shots.toSpliced(at, count, ...by)
  const patches = splicePatches('shots', at, count, by)
  return { shots: { ...before, shots }, patches, label }
}

/**
 * Cuts before a frame; both parts keep the recipe.
 * @param id of the new, second shot
 * @returns null where a shot begins already, or outside the clip
 */
export function cutBefore(before: ClipShots, frame: number, id: string): ShotEdit | null {
  const at = shotAt(before, frame)
  const shot = before.shots[at]
  if (!shot || frame <= shot.from || frame >= shot.to) return null
  const parts = [withSpan(shot, { from: shot.from, to: frame }), { ...withSpan(shot, { from: frame, to: shot.to }), id, version: 1 }]
  return replaced(before, at, 1, parts, { key: 'history.shots.cut', values: { frame } })
}

/** Joins a shot with the one behind it, under the first one's recipe. null: it is the last. */
export function joinWithNext(before: ClipShots, at: number): ShotEdit | null {
  const [shot, next] = [before.shots[at], before.shots[at + 1]]
  if (!shot || !next) return null
  return replaced(before, at, 2, [withSpan(shot, { from: shot.from, to: next.to }, next.hints)], { key: 'history.shots.join', values: { frame: next.from } })
}

/** Moves the cut before shot `at` to another frame, at most to one frame short of either neighbour's other end. null: nothing moves. */
export function moveCut(before: ClipShots, at: number, frame: number): ShotEdit | null {
  const [left, right] = [before.shots[at - 1], before.shots[at]]
  if (!left || !right) return null
  const cut = Math.min(right.to - 1, Math.max(left.from + 1, Math.round(frame)))
  if (cut === right.from) return null
  const moved = [withSpan(left, { from: left.from, to: cut }, right.hints), withSpan(right, { from: cut, to: right.to }, left.hints)]
  return replaced(before, at - 1, 2, moved, { key: 'history.shots.move', values: { from: right.from, frame: cut } })
}

/** Says what was seen of shots. */
export function judge(before: ClipShots, places: readonly number[], verdict: Verdict): ShotEdit {
  const shots = before.shots.map((shot, at) => (places.includes(at) ? { ...shot, verdict } : shot))
  return { shots: { ...before, shots }, patches: places.map((at) => ({ op: 'replace', path: ['shots', at, 'verdict'], value: verdict })), label: { key: `history.shots.${verdict}`, values: { count: places.length } } }
}

/** Of a long film one patch for all: a gesture holds a thousand at most. */
export const fewEnough = (patches: RecipePatch[], shots: readonly Shot[]): RecipePatch[] => (patches.length <= 1000 ? patches : [{ op: 'replace', path: ['shots'], value: shots }])

/** Gives shots another look. */
export function changeLook(before: ClipShots, places: readonly number[], change: (shot: Shot) => Partial<Look>, label: Wording): ShotEdit {
  const shots = [...before.shots]
  const patches: RecipePatch[] = []
  for (const at of places) {
    const shot = shots[at]
    if (!shot) continue
    const changed = { ...change(shot), ...(shot.verdict === 'approved' ? { verdict: 'unseen' as const } : {}) }
    shots[at] = { ...shot, ...changed }
    for (const [name, value] of Object.entries(changed)) patches.push({ op: 'replace', path: ['shots', at, name], value })
  }
  return { shots: { ...before, shots }, patches: fewEnough(patches, shots), label }
}

/** Runs the numbered pictures of a clip at another rate; no colour changes. */
export function changeRate(before: ClipShots, rate: Rational): ShotEdit {
  return { shots: { ...before, rate }, patches: [{ op: 'replace', path: ['rate'], value: rate }], label: { key: 'history.shots.rate', values: { rate: writtenRate(rate) } } }
}

/** Hints of one frame of a shot; none: the frame has no hints any more. */
export function withFrameHints(shot: Shot, frame: number, hints: readonly Hint[]): Pick<Look, 'hints'> {
  const others = shot.hints.filter((each) => each.frame !== frame)
  return { hints: hints.length === 0 ? others : [...others, { frame, hints: [...hints] }].sort((one, other) => one.frame - other.frame) }
}

/** The hints placed on a frame. */
export const hintsOn = (shot: Shot, frame: number): readonly Hint[] => shot.hints.find((each) => each.frame === frame)?.hints ?? []

/**
 * Shots as they were found: each keeps look and verdict of the shot that held its first frame, and id and verdict where it is
 * the very same frames.
 * @param found where shots begin and end, and whether the clip is in colour already
 * @param newId makes an id for a shot that was not there
 */
export function foundShots(before: ClipShots, found: { readonly shots: readonly Span[]; readonly inColor: boolean }, newId: () => string): ClipShots {
  const taken = new Set<string>()
  const shots = found.shots.map((span): Shot => {
    const old = before.shots[shotAt(before, span.from)] as Shot
    if (old.from === span.from && old.to === span.to) return old
    const id = taken.has(old.id) || old.from !== span.from ? newId() : old.id
    taken.add(id)
    const hints = before.shots.flatMap((shot) => shot.hints)
    return { ...withSpan({ ...old, hints: [] }, span, hints), id, ...(id === old.id ? {} : { version: 1 }) }
  })
  return { frames: shots.at(-1)?.to ?? before.frames, found: true, inColor: found.inColor, rate: before.rate, shots }
}

/** Whether shots follow each other without a gap from frame 0 to the last, under ids of their own. */
export function isWhole({ frames, shots }: ClipShots): boolean {
  const ids = new Set(shots.map(({ id }) => id))
  const joined = shots.every(({ from, to }, at) => from < to && from === (shots[at - 1]?.to ?? 0))
  return joined && shots.at(-1)?.to === frames && ids.size === shots.length
}

/** What a shot's colours depend on, as text: equal for equal colours. */
const lookOf = ({ from, to, recipe, steady, hints, reference }: Shot): string => JSON.stringify([from, to, recipe, steady, hints, reference])

/** Gives every shot whose frames or look differ from before a version that was never there. */
export function withVersions(before: ClipShots, after: ClipShots): ClipShots {
  const old = new Map(before.shots.map((shot) => [shot.id, shot]))
  const shots = after.shots.map((shot) => {
    const was = old.get(shot.id)
    if (!was) return shot
    return { ...shot, version: lookOf(was) === lookOf(shot) ? was.version : Math.max(was.version, shot.version) + 1 }
  })
  return { ...after, shots }
}

/** The first shot behind `at`, from the start again behind the last, that was not seen; null: all were. */
export function nextUnseen({ shots }: Pick<ClipShots, 'shots'>, at: number): number | null {
  for (let step = 1; step <= shots.length; step++) {
    const place = (at + step) % shots.length
    if (shots[place]?.verdict === 'unseen') return place
  }
  return null
}

/** Whether a shot gets colour: a clip in colour already only where its recipe insists. */
export const isToBeColored = ({ inColor }: Pick<ClipShots, 'inColor'>, { recipe }: Shot): boolean => !inColor || recipe.steps.some(({ step, params }) => step === 'colorize' && params['forceColor'] === true)

/** Whether it is known if a shot gets colour: its clip was looked at, or its recipe insists. */
export const isColorSettled = (shots: ClipShots | null, shot: Shot | null): boolean => shots !== null && shot !== null && (shots.found || isToBeColored({ inColor: true }, shot))
