import { app } from './app.ts'
import { checks } from './checks.ts'
import { clipFaults, clipNotes, clipRemedies, clipTerminal } from './clips.ts'
import { commandTexts } from './commands.ts'
import { common } from './common.ts'
import { errors } from './errors.ts'
import { evaluate } from './evaluate.ts'
import { faults } from './faults.ts'
import { filmFaults, filmNotes, filmRemedies, filmTerminal } from './film.ts'
import { editFaults, editNotes, editRemedies, filmEdit } from './filmEdit.ts'
import { filmExport } from './filmExport.ts'
import { filmReview } from './filmReview.ts'
import { filmRoom } from './filmRoom.ts'
import { help } from './help.ts'
import { history } from './history.ts'
import { inspector } from './inspector.ts'
import { jobs } from './jobs.ts'
import { models } from './models.ts'
import { notes } from './notes.ts'
import { pageFaults, pageNotes, pageRemedies } from './pageFiles.ts'
import { pages } from './pages.ts'
import { photos } from './photos.ts'
import { queue } from './queue.ts'
import { remedies } from './remedies.ts'
import { settings } from './settings.ts'
import { steps } from './steps.ts'
import { terminal } from './terminal.ts'

/** Simplified Chinese. */
export const zhHans = {
  ...common,
  ...errors,
  ...faults,
  ...remedies,
  ...notes,
  ...pageFaults,
  ...pageRemedies,
  ...pageNotes,
  ...filmFaults,
  ...filmRemedies,
  ...filmNotes,
  ...filmTerminal,
  ...filmRoom,
  ...editFaults,
  ...editRemedies,
  ...editNotes,
  ...filmEdit,
  ...filmExport,
  ...filmReview,
  ...clipFaults,
  ...clipRemedies,
  ...clipNotes,
  ...clipTerminal,
  ...app,
  ...commandTexts,
  ...steps,
  ...history,
  ...pages,
  ...photos,
  ...inspector,
  ...jobs,
  ...queue,
  ...models,
  ...settings,
  ...terminal,
  ...help,
  ...checks,
  ...evaluate,
}
