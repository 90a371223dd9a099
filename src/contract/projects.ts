import { oc } from '@orpc/contract'
import { z } from 'zod'
import { errorData } from './errors.ts'
import { grantId, projectId } from './ids.ts'

export const project = z.object({
  id: projectId,
  name: z.string(),
  /** Folder as shown to the user; never used to read from. */
  folder: z.string(),
  assets: z.number().int(),
  createdAt: z.string(),
  changedAt: z.string(),
})
export type Project = z.infer<typeof project>

export const recentProject = z.object({ id: projectId, name: z.string(), folder: z.string(), openedAt: z.string(), missing: z.boolean() })

/** A project that was open when the studio was last left, and could not be opened at its start. */
export const notReopened = z.object({ id: projectId, name: z.string(), why: errorData })
export type NotReopened = z.infer<typeof notReopened>

export const projectsContract = {
  /** The open project; null on first run. All windows and tabs of one host share it. */
  current: oc.output(project.nullable()),
  /** A new project in the studio's own folder, or in the folder granted. Opens it. */
  create: oc.input(z.object({ name: z.string().min(1).max(200), folder: grantId.optional() })).output(project),
  open: oc.input(z.union([z.object({ grant: grantId }), z.object({ id: projectId })])).output(project),
  close: oc.output(z.void()),
  rename: oc.input(z.object({ name: z.string().min(1).max(200) })).output(project),
  /** null: it is open again, there was none, or another was opened meanwhile. */
  notReopened: oc.output(notReopened.nullable()),
  recent: oc.output(z.array(recentProject)),
}
