import type { RenderFigures } from '../../contract/pictures.ts'

/** A colour this far from the true one (Euclidean, in a and b, Lab units) is another colour to the eye: brown for green. */
const missedBy = 15

/**
 * Share of a picture in doubt from which it is marked for a second look. On 300 photographs of known colours one in
 * eleven (fast) to one in five (first model) reaches it, and these are half as wrong again as the others: error of ab
 * 20 against 14 and 21 against 13 Lab units.
 */
const doubtfulFrom = 0.4

/** Share (0…1) of equally large places whose confidence lies below `below`. */
export function doubtShare(confidence: Float32Array, below: number): number {
  let count = 0
  for (const value of confidence) if (value < below) count++
  return confidence.length === 0 ? 0 : count / confidence.length
}

/** True where so much of a result is in doubt that it wants a second look. A model that does not say is not doubted. */
export function isDoubtful(figures: Pick<RenderFigures, 'doubt' | 'alreadyColor'>): boolean {
  return !figures.alreadyColor && figures.doubt !== null && figures.doubt >= doubtfulFrom
}

/** One place of a picture whose true colours are known. */
export interface Place {
  /** What the network said of itself, 0…1. */
  readonly confidence: number
  /** Distance of its colour from the true one in a and b, Lab units. */
  readonly error: number
}

/** What parts a network's doubtful places from the others, and how well. */
export interface DoubtLine {
  /** For the card: places of a lower confidence are in doubt. */
  readonly below: number
  /** Share of the places that are. */
  readonly share: number
  /** Mean error of ab where it doubts, and elsewhere, Lab units. */
  readonly errorInside: number
  readonly errorElsewhere: number
}

/** Places are looked at in so many groups of equal number, by confidence. */
const groupCount = 50

/**
 * The confidence below which a network's colour is wrong as often as not (by more than 15 Lab units): the same
 * promise for every network, whatever its confidence is made of. The chance of a miss by confidence is made monotonic
 * (pool adjacent violators, Ayer et al. 1955), so that one odd group decides nothing.
 * @returns null where even its least sure places are mostly right, or there are fewer than 50
 */
export function doubtLine(places: readonly Place[]): DoubtLine | null {
  if (places.length < groupCount) return null
  const sorted = places.toSorted((left, right) => left.confidence - right.confidence)
  const at = (group: number): number => Math.round((group * sorted.length) / groupCount)
  const groups = Array.from({ length: groupCount }, (_, group) => sorted.slice(at(group), at(group + 1)))
  const chances = decreasing(groups.map((group) => group.filter(({ error }) => error > missedBy).length / group.length))
  const doubted = chances.filter((chance) => chance >= 0.5).length
  if (doubted === 0) return null
  const first = at(doubted)
  const mean = (part: readonly Place[]): number => part.reduce((sum, { error }) => sum + error, 0) / part.length
  const edge = sorted[first] ?? sorted.at(-1)
  return { below: edge?.confidence ?? 0, share: first / sorted.length, errorInside: mean(sorted.slice(0, first)), errorElsewhere: mean(sorted.slice(first)) }
}

/** The closest row of numbers (least squares) that never rises. */
function decreasing(values: readonly number[]): number[] {
  const blocks: { mean: number; count: number }[] = []
  for (const value of values) {
    let block = { mean: value, count: 1 }
    for (let last = blocks.at(-1); last && last.mean < block.mean; last = blocks.at(-1)) {
      const count = last.count + block.count
      block = { mean: (last.mean * last.count + block.mean * block.count) / count, count }
      blocks.pop()
    }
    blocks.push(block)
  }
  return blocks.flatMap(({ mean, count }) => Array.from({ length: count }, () => mean))
}
