import { assetsContract } from './assets.ts'
import { filmContract } from './clipFrames.ts'
import { coloringContract } from './coloring.ts'
import { editContract } from './edit.ts'
import { evaluateContract } from './evaluate.ts'
import { jobsContract } from './jobs.ts'
import { modelsContract } from './models.ts'
import { pagesContract, paletteContract } from './pages.ts'
import { photosContract } from './photos.ts'
import { projectsContract } from './projects.ts'
import { reviewContract } from './review.ts'
import { settingsContract } from './settings.ts'
import { shotsContract } from './shots.ts'
import { systemContract } from './system.ts'
import { takesContract } from './takes.ts'
import { historyContract, versionsContract } from './versions.ts'

/** Every call of the studio, by domain: `photos.preview`, `jobs.pause`, … The same over any transport. */
export const contract = {
  projects: projectsContract,
  assets: assetsContract,
  versions: versionsContract,
  history: historyContract,
  photos: photosContract,
  pages: pagesContract,
  palette: paletteContract,
  film: filmContract,
  shots: shotsContract,
  coloring: coloringContract,
  review: reviewContract,
  takes: takesContract,
  edit: editContract,
  jobs: jobsContract,
  models: modelsContract,
  settings: settingsContract,
  evaluate: evaluateContract,
  system: systemContract,
}
export type Contract = typeof contract
