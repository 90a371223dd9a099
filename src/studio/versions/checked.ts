import type { z } from 'zod'
import type { HourglassError } from '../../contract/errors.ts'
import type { RecipePatch } from '../../contract/recipe.ts'
import { applyPatches } from '../../core/history/patches.ts'

/**
 * A stored document with patches applied, read by its schema.
 * @param refuse the error where they make something else; `problem` says where and what
 * @throws HourglassError what `refuse` answers, or `bad-input` where a path leads nowhere
 */
export function applyChecked<Document extends object>(schema: z.ZodType<Document>, before: Document, patches: readonly RecipePatch[], refuse: (problem: string) => HourglassError): { document: Document; inverse: RecipePatch[] } {
  const applied = applyPatches(before, patches)
  const checked = schema.safeParse(applied.document)
  if (checked.success) return { document: checked.data, inverse: applied.inverse }
  const issue = checked.error.issues[0]
  throw refuse(issue ? `${issue.path.join('.')}: ${issue.message}` : '?')
}
