import type { ClipReference } from '../../contract/clips.ts'
import type { LookOf } from '../../core/film/looks.ts'
import { referenceContent } from '../steps/reference.ts'
import { keyOf, type Manifest } from './workFolder.ts'

/**
 * What each chunk of a plan is known by: equal where the same frames get the same colours in the same encoding, whatever
 * else the film is made of. So a shot that changed is coloured anew, and the others are taken over.
 * @param made of what and by what all chunks are made: source, programs, encoding, model
 */
export function chunkKeys(plan: Manifest, made: unknown, lookOf: LookOf, references: readonly ClipReference[]): string[] {
  return plan.chunks.map((chunk) => {
    const shots = plan.shots
      .filter(({ from, to }) => from < chunk.to && to > chunk.from)
      .map((shot) => {
        const look = lookOf(shot.from)
        const right = references.filter(({ frame }) => frame >= shot.from && frame < shot.to).map(({ frame, path }) => [frame, referenceContent(path)])
        return { ...shot, look, right, reference: referenceContent(look.params.reference) }
      })
    return keyOf({ made, range: plan.range, chunk, shots })
  })
}
