import type { ClipIndex } from '../../contract/film.ts'
import type { Span } from '../../core/film/chunks.ts'
import { asStored } from './decoding.ts'
import { decoderArguments, seekArguments } from './planes.ts'
import { inputArguments } from './probe.ts'

/** Whether timestamps tell all frames apart; else they are counted from the start. */
const distinct = (index: ClipIndex): boolean => index.doubtful.length === 0 && index.pts.every((pts, n) => n === 0 || pts > (index.pts[n - 1] as number))

/** A decoder is quick beside the colouring or encoding that it feeds; every thread of it holds frames of its own. */
const mostDecoderThreads = 2

/** Arguments that open a file for reading the frames of a range, and the filter that lets only them pass. */
export function openRange(path: string, index: ClipIndex, { from, to }: Span, threads: number): { input: string[]; filter: string } {
  const seeks = distinct(index)
  const input = [...asStored, ...(seeks ? seekArguments(index, from) : []), ...decoderArguments(index), '-threads', String(threads === 0 ? mostDecoderThreads : Math.min(threads, mostDecoderThreads)), ...inputArguments(path)]
  // The trim tells the whole graph that it is over; -frames of one output would also end its other streams.
  const filter = `select=gte(${seeks ? `pts\\,${index.pts[from]}` : `n\\,${from}`}),trim=end_frame=${to - from}`
  return { input, filter }
}
