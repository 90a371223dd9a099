import type { Rational } from '../../contract/rational.ts'
import type { FilmTools } from './ffmpeg.ts'

/** `verify`: decode every frame. `when-doubtful`: only where packets alone do not tell the frames. */
export type Thoroughness = 'packets' | 'when-doubtful' | 'verify'

/** What every reading of a film needs. */
export interface Reading {
  readonly tools: FilmTools
  /** Threads of the decoder; 0: as many as it likes. */
  readonly threads: number
  readonly signal?: AbortSignal | undefined
}

export interface OpenOptions extends Reading {
  /** Folder of kept indexes; null: none are kept. */
  readonly cache: string | null
  readonly thoroughness: Thoroughness
  /** Frames a second of numbered pictures; absent or null: 24. Films that have times of their own are refused with one. */
  readonly rate?: Rational | null
  /** Share of the decode that is done, 0…1. */
  readonly onProgress?: (done: number) => void
}
