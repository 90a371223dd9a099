import { basename } from 'node:path'
import { nextTakes, type NewTake } from '../../core/film/takes.ts'
import type { ClipReference, ClipShot } from '../../contract/clips.ts'
import { takeId } from '../../contract/ids.ts'
import { noTakes, takesFile, takesName } from '../../contract/takes.ts'
import type { Recipe } from '../../contract/recipe.ts'
import { keyOf, type ChunkRecord, type Manifest, type WorkFolder } from './workFolder.ts'

/** What the shots of a film were asked to look like. */
interface Asked {
  readonly recipe: Recipe
  readonly steady: number
  readonly shots: readonly ClipShot[] | null
  readonly references: readonly ClipReference[]
}

/** @param records of the plan's chunks, each of one shot */
function takesOf(plan: Manifest, records: readonly ChunkRecord[], { recipe, steady, shots, references }: Asked, model: NewTake['model'], file: (chunk: number) => string): NewTake[] {
  const at = new Date().toISOString()
  return plan.shots.map(({ from, to }) => {
    const chunks = plan.chunks.flatMap((chunk, n) => (chunk.from >= from && chunk.to <= to ? [{ file: basename(file(n)), ...chunk, bytes: records[n]?.bytes ?? 0 }] : []))
    const look = shots?.find((shot) => shot.from <= from && from < shot.to) ?? { from, to, recipe, steady }
    const right = references.flatMap(({ frame }) => (frame >= from && frame < to ? [frame] : []))
    return { id: takeId.parse(keyOf(chunks.map((each) => each.file)).slice(0, 24)), from, to, at, look, right, model, chunks }
  })
}

/**
 * Once a film is written: chunks that it replaced stay as earlier takes of their shots, what is older goes.
 * The record is written before anything is removed, so that a kill between leaves files too many, never too few.
 * @param most earlier takes of a shot that stay; 0: none, and no record is kept
 */
export async function settleChunks(folder: WorkFolder, plan: Manifest, records: readonly ChunkRecord[], asked: Asked, model: NewTake['model'], most: number): Promise<void> {
  if (most === 0) return folder.forgetOthers([])
  const takes = nextTakes((await folder.read(takesName, takesFile)) ?? noTakes, takesOf(plan, records, asked, model, (n) => folder.film(n)), most)
  try {
    await folder.write(takesName, takes)
  } catch {
    // The film itself is whole. Where its disk is full, all chunks stay until the next one is written.
    return
  }
  await folder.forgetOthers([...takes.current, ...takes.earlier].flatMap(({ chunks }) => chunks.map(({ file }) => file)))
}
