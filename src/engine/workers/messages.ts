import type { EngineConfig, EnginePriority, EngineTaskName } from '../../contract/engine.ts'
import type { ErrorData } from '../../contract/errors.ts'
import type { ProviderName } from '../../contract/settings.ts'
import type { ChromaPlanes, ComposeSettings, ComposeSums, PictureSize, Samples, SourceFormat } from '../kernels/compose.ts'

/** What a thread of the engine is started with. */
export type WorkerRole = { readonly role: 'session'; readonly config: EngineConfig; readonly urgent: SharedArrayBuffer } | { readonly role: 'pixels' }

/** From the engine's loop to the thread that holds the sessions and runs the tasks. */
export type ToSession =
  | { readonly type: 'configure'; readonly config: EngineConfig }
  | { readonly type: 'task'; readonly id: number; readonly name: EngineTaskName; readonly input: unknown; readonly priority: EnginePriority; readonly cancel: SharedArrayBuffer }
  | { readonly type: 'quit' }

export type FromSession =
  | { readonly type: 'progress'; readonly id: number; readonly done: number }
  | { readonly type: 'settled'; readonly id: number; readonly ok: true; readonly output: unknown }
  | { readonly type: 'settled'; readonly id: number; readonly ok: false; readonly error: ErrorData }
  | { readonly type: 'provider'; readonly active: ProviderName; readonly note: string | null }

/** Some rows of a picture. */
export interface Band {
  readonly top: number
  readonly height: number
}

/** One picture to compose, as every thread that takes part in it gets it. All pixels lie on shared memory. */
export interface ComposeJob {
  readonly id: number
  readonly size: PictureSize
  readonly planes: ChromaPlanes
  readonly settings: ComposeSettings
  readonly format: SourceFormat
  readonly source: Samples
  readonly output: Samples
  /** The rows that `source` and `output` hold, where that is not the whole picture. */
  readonly band?: Band
  readonly rowsPerStrip: number
  /** [next strip to take, strips done]. */
  readonly counters: Int32Array
  /** [1 once cancelled]. */
  readonly cancel: Int32Array
}

/** Two pictures of one size to be compared in L*, as every thread that takes part in it gets them. */
export interface DriftJob {
  readonly id: number
  readonly before: Samples
  readonly beforeFormat: SourceFormat
  readonly after: Samples
  readonly afterFormat: SourceFormat
  readonly pixels: number
  readonly pixelsPerStrip: number
  /** [next strip to take]. */
  readonly counters: Int32Array
  readonly cancel: Int32Array
}

/** |ΔL*| over some pixels. */
export interface DriftPart {
  readonly mean: number
  readonly max: number
  readonly pixels: number
}

export type ToPixels = { readonly type: 'compose'; readonly job: ComposeJob } | { readonly type: 'drift'; readonly job: DriftJob }
export type FromPixels =
  | { readonly type: 'composed'; readonly id: number; readonly sums: ComposeSums }
  | { readonly type: 'compared'; readonly id: number; readonly part: DriftPart }
  | { readonly type: 'failed'; readonly id: number; readonly message: string }
