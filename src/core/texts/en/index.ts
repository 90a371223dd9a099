import { app } from './app.ts'
import { commandTexts } from './commands.ts'
import { common } from './common.ts'
import { errors } from './errors.ts'
import { faults } from './faults.ts'
import { history } from './history.ts'
import { inspector } from './inspector.ts'
import { jobs } from './jobs.ts'
import { models } from './models.ts'
import { notes } from './notes.ts'
import { photos } from './photos.ts'
import { queue } from './queue.ts'
import { remedies } from './remedies.ts'
import { settings } from './settings.ts'
import { steps } from './steps.ts'
import { terminal } from './terminal.ts'

/** English: the source of all keys. */
export const en = { ...common, ...errors, ...faults, ...remedies, ...notes, ...app, ...commandTexts, ...steps, ...history, ...photos, ...inspector, ...jobs, ...queue, ...models, ...settings, ...terminal } as const
