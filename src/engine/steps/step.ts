import type { ColorKind, Note, RenderFigures, Size } from '../../contract/pictures.ts'
import type { ChromaPlanes, ComposeSettings, ComposeStats } from '../kernels/compose.ts'
import type { Confidence } from '../models/confidence.ts'
import type { FullPage } from '../pages/fullPage.ts'
import type { Pixels } from '../pictures/index.ts'
import type { Samples } from '../pictures/samples.ts'
import type { TaskContext } from '../workers/context.ts'
import type { LowCopy } from './lowCopy.ts'
import type { Window } from './window.ts'

/** What a step may know of the picture it works on. */
export interface StepContext {
  readonly task: TaskContext
  /** Folder of the model the studio chose. */
  readonly model: string
  /** Names the pixels for everything that is remembered of them; null: nothing is. */
  readonly key: string | null
  /** The picture at its full size, for steps that have to see every line of it; null: these pixels are it. */
  readonly full: FullPage | null
  /** The pixels may be written over: nobody needs them afterwards. */
  readonly inPlace: boolean
  /** The picture is larger than its pixels: they are the wanted part of it alone. Null or absent: they are all of it. */
  readonly whole?: Size | null
  /** Only this part of the picture is wanted; the result then is the part. Null: all of it. */
  readonly window: Window | null
  /** Times spent, in ms, to which a step adds its own. */
  readonly times: { network: number; compose: number }
}

/** Figures a step can say something about; what it leaves out stays as it was. */
export type StepFigures = Partial<Omit<RenderFigures, 'width' | 'height' | 'depth' | 'ms' | 'notes'>> & { readonly notes?: readonly Note[]; readonly colorKind?: ColorKind }

export interface StepResult {
  readonly pixels: Pixels
  readonly figures: StepFigures
  /** Where the network was sure, 0…1, over the whole picture; null where it does not say. */
  readonly confidence: Confidence | null
  /** A network gave the picture content of its own. */
  readonly trained: boolean
}

/** What a step does to a picture, found out from a small copy of it: enough to do it to any rows. */
export interface StepPlan {
  /** Null: every pixel stays as it is, or is painted. */
  readonly compose: { readonly planes: ChromaPlanes; readonly settings: ComposeSettings } | null
  /** Paints whole rows of the picture, in order from the top: RGB of their depth, opaque. Null or absent: see `compose`. */
  readonly paint?: ((rows: Pixels, top: number) => Promise<Samples>) | null
  /** @param stats of all rows; null where nothing was composed */
  readonly figures: (stats: ComposeStats | null) => StepFigures
  readonly confidence: Confidence | null
  readonly trained: boolean
}

/** The pixels of one step. Its words, parameters and order live in core/steps. */
export interface StepRunner<Params> {
  /** @throws HourglassError, CancelledError */
  run(pixels: Pixels, params: Params, context: StepContext): Promise<StepResult>
  /** Absent where the step has to see all pixels at once: a picture then has to fit into memory. @throws as `run` */
  plan?(copy: LowCopy, params: Params, context: StepContext): Promise<StepPlan>
}
