import { app } from './app.ts'
import { commandTexts } from './commands.ts'
import { common } from './common.ts'
import { errors } from './errors.ts'
import { history } from './history.ts'
import { inspector } from './inspector.ts'
import { jobs } from './jobs.ts'
import { models } from './models.ts'
import { photos } from './photos.ts'
import { queue } from './queue.ts'
import { settings } from './settings.ts'
import { steps } from './steps.ts'

/** English: the source of all keys. */
export const en = { ...common, ...errors, ...app, ...commandTexts, ...steps, ...history, ...photos, ...inspector, ...jobs, ...queue, ...models, ...settings } as const
