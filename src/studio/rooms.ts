import type { Assets } from './assets/assets.ts'
import type { EventBus } from './events.ts'
import type { Coloring } from './film/coloring.ts'
import type { Editing } from './film/editing.ts'
import type { Film } from './film/film.ts'
import type { Proxies } from './film/proxies.ts'
import type { Review } from './film/review.ts'
import type { Grants } from './grants/grants.ts'
import type { Jobs } from './jobs/jobs.ts'
import type { Queueing } from './jobs/queueing.ts'
import type { Models } from './models/models.ts'
import type { PageInsight } from './pages/insight.ts'
import type { Pages } from './pages/pages.ts'
import type { PaletteFiles } from './pages/palette-files.ts'
import type { Previews } from './previews/previews.ts'
import type { Projects } from './projects/projects.ts'
import type { References } from './references/references.ts'
import type { Shots } from './film/shots.ts'
import type { Takes } from './film/takes.ts'
import type { SettingsStore } from './settings/settings.ts'
import type { DoctorOptions } from './system/doctor.ts'
import type { System } from './system/system.ts'
import type { Versions } from './versions/versions.ts'

/** Every room of the studio, put together once in index.ts. */
export interface Rooms {
  readonly bus: EventBus
  readonly grants: Grants
  readonly settings: SettingsStore
  readonly projects: Projects
  readonly assets: Assets
  readonly versions: Versions
  readonly pages: Pages
  readonly insight: PageInsight
  readonly paletteFiles: PaletteFiles
  readonly film: Film
  readonly shots: Shots
  readonly coloring: Coloring
  readonly review: Review
  readonly takes: Takes
  readonly editing: Editing
  readonly proxies: Proxies
  readonly previews: Previews
  readonly references: References
  readonly jobs: Jobs
  readonly queueing: Queueing
  readonly models: Models
  readonly system: System
  readonly doctor: DoctorOptions
  /** The project that was open last has been opened again, or not. */
  readonly ready: Promise<void>
}
