import type { ClipInfo } from '../../contract/film.ts'
import type { Size } from '../../contract/pictures.ts'
import { endingOf, muxerOf, quickTimeArguments } from '../../core/film/presets.ts'
import { parse } from '../../core/film/rational.ts'
import { fault } from '../../core/texts/wording.ts'
import { writeAtomically } from '../pictures/atomic.ts'
import type { TaskInput, TaskOutput } from '../tasks/task.ts'
import type { TaskContext } from '../workers/context.ts'
import { colorTags, fieldTags } from './chunkWriter.ts'
import { ffmpegQuietly } from './decoding.ts'
import { openPart } from './editFormat.ts'
import { causeOf, encoderFailure, isSpoiled } from './failures.ts'
import { filmTools } from './ffmpeg.ts'
import { openClip } from './openClip.ts'
import { inputArguments } from './probe.ts'
import { matrixOf, taggedRange } from './settling.ts'
import { runTool } from './spawn.ts'

type Frame = Pick<ClipInfo, 'width' | 'height' | 'sar'>

const even = (length: number): number => Math.max(2, 2 * Math.round(length / 2))

/** The size at which a picture fits into another frame without being cut or distorted, in pixels of that frame; even. */
export function fittedInto(picture: Frame, frame: Frame): Size {
  const shapeOf = ({ sar }: Frame): number => {
    const shape = parse(sar)
    return shape && shape.num > 0 ? shape.num / shape.den : 1
  }
  // In pixels as wide as the frame's.
  const across = (picture.width * shapeOf(picture)) / shapeOf(frame)
  const scale = Math.min(frame.width / across, frame.height / picture.height)
  return { width: Math.min(frame.width, even(across * scale)), height: Math.min(frame.height, even(picture.height * scale)) }
}

/** The frames of a film at another's size, rate and colour, with black at its sides where they have another shape. */
export function conformFilm({ path, like, range, rate: givenRate, target, preset, cache }: TaskInput<'conformFilm'>, task: TaskContext): Promise<TaskOutput<'conformFilm'>> {
  return task.abortable(async (signal) => {
    const { config } = task.studio
    const tools = await filmTools(config)
    const own = await openClip(path, { tools, cache: null, thoroughness: 'packets', threads: config.threads, signal })
    const { index, settled } = await openPart({ path: like, rate: givenRate }, target, preset, { from: 0, to: null }, cache, task, signal)
    const { encoding, passage, matrix } = settled
    const { width, height, sar, rate } = index.info
    const box = fittedInto(own.info, index.info)
    const outRange = taggedRange(index, { range: range ?? 'tv' }) ?? 'tv'
    const filters = [
      ...(own.info.fieldOrder === 'progressive' ? [] : ['bwdif']),
      `scale=${box.width}:${box.height}:flags=lanczos+accurate_rnd:in_color_matrix=${matrixOf(own.info)}:out_color_matrix=${matrix}:in_range=${own.info.color.range ?? 'tv'}:out_range=${outRange}`,
      `pad=${width}:${height}:(ow-iw)/2:(oh-ih)/2`,
      `setsar=${sar.replace(':', '/')}`,
      `fps=${rate}`,
      `format=${passage.format}`,
    ]
    const footage = { tools, path: like, index, threads: config.threads, toPlanar: '' }
    const ending = endingOf(target)
    return writeAtomically(target, { overwrite: true, original: null, signal }, async (file) => {
      const args = [
        ...ffmpegQuietly,
        '-noautorotate',
        ...inputArguments(path),
        ...['-map', '0:v:0', '-vf', filters.join(','), '-c:v', encoding.codec, ...encoding.options, '-threads', String(config.threads)],
        ...colorTags(footage, outRange),
        ...fieldTags(footage, encoding),
        ...(ending === 'mov' ? quickTimeArguments(encoding.codec) : []),
        ...(ending === 'mkv' ? [] : ['-video_track_timescale', String(index.timeBase.den)]),
        ...['-f', muxerOf(ending), '-y', `file:${file}`],
      ]
      const ended = await runTool(tools.ffmpeg, args, { signal })
      if (isSpoiled(ended)) throw await encoderFailure(ended, encoding.codec, file, target)
      const written = await openClip(file, { tools, cache: null, thoroughness: 'packets', threads: config.threads, signal })
      if (written.info.width !== width || written.info.height !== height) throw fault('internal', 'fault.clipWrong', 'remedy.tryThenReport', { what: `${written.info.width}×${written.info.height}` }, { cause: causeOf(ended.said) })
      return { frames: written.pts.length }
    })
  })
}
