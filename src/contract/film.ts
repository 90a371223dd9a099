import { z } from 'zod'
import { clipPreset } from './clips.ts'
import { note, pictureInfo, size } from './pictures.ts'
import { givenRate, rational } from './rational.ts'
import { recipe } from './recipe.ts'

/** A fraction as text: `24000/1001`. */
const fraction = z.string().regex(/^-?\d+\/[1-9]\d*$/)

/** How the lines of the frames are ordered in time; tff: interlaced, top field first. */
export const fieldOrder = z.enum(['progressive', 'tff', 'bff'])
export type FieldOrder = z.infer<typeof fieldOrder>

/** The names ffmpeg gives to ranges, matrices, primaries and transfers; null: the file does not say. */
export const clipColor = z.object({
  range: z.enum(['tv', 'pc']).nullable(),
  matrix: z.string().nullable(),
  primaries: z.string().nullable(),
  transfer: z.string().nullable(),
})
export type ClipColor = z.infer<typeof clipColor>

/** `stream` is ffmpeg's absolute index of the stream in the file. */
export const clipAudio = z.object({ stream: z.number().int(), codec: z.string(), sampleRate: z.number().int(), channels: z.number().int(), language: z.string().nullable(), title: z.string().nullable() })
export const clipSubtitle = z.object({ stream: z.number().int(), codec: z.string(), language: z.string().nullable(), title: z.string().nullable() })

/** Numbered pictures of one folder that are a clip: `prefix` + number in at least `digits` digits + `suffix`; a frame's pts counts numbers from `first`. */
export const clipSequence = z.object({ folder: z.string(), prefix: z.string(), digits: z.number().int(), suffix: z.string(), first: z.number().int() })
export type ClipSequence = z.infer<typeof clipSequence>

/** What is true of a clip, as `hourglass clip-info --json` tells it. */
export const clipInfo = z.object({
  /** Frames that a decode from the start to the end gives: frame numbers are 0…frames−1. */
  frames: z.number().int().positive(),
  /** Coded packets of the stream, those that are never shown included; of a sequence: files. */
  packets: z.number().int(),
  /** Frames a second; of a variable rate the mean. */
  rate: fraction,
  variableRate: z.boolean(),
  /** Seconds of one tick of the timestamps. */
  timeBase: fraction,
  /** Seconds from the start of the first frame to the end of the last. */
  duration: fraction,
  /** As stored: before rotation, in pixels that may not be square. */
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  /** Shape of a pixel, width:height; 1:1 where the file does not say. */
  sar: z.string(),
  /** Degrees that a player turns the picture by, counter-clockwise, −179…180: the display matrix as ffprobe says it. */
  rotation: z.number(),
  codec: z.string(),
  pixelFormat: z.string(),
  fieldOrder,
  color: clipColor,
  audio: z.array(clipAudio),
  subtitles: z.array(clipSubtitle),
  /** SMPTE timecode of frame 0 as the file says it; null: it does not. */
  timecode: z.string().nullable(),
  /** What differs from what a header, a player or a simpler program would say. */
  warnings: z.array(note),
  /** ffmpeg's absolute index of the stream of pictures. */
  stream: z.number().int(),
  /** Frames were decoded from start to end, counted and hashed; false: only the packets were read so far. */
  verified: z.boolean(),
})
export type ClipInfo = z.infer<typeof clipInfo>

/** What a file is known again by: an index made for other bytes is made anew. */
export const clipIdentity = z.object({ bytes: z.number(), modified: z.number(), /** SHA-256 of the first and last MiB. */ edges: z.string() })
export type ClipIdentity = z.infer<typeof clipIdentity>

/**
 * The truth of a clip's frames: entry n of each column is frame n. Ticks are in `timeBase`; the file's own
 * timestamps, not shifted to start at 0.
 */
export const clipIndex = z.object({
  version: z.literal(1),
  identity: clipIdentity,
  /** Version of the ffmpeg that decoded. */
  ffmpeg: z.string(),
  /** ffmpeg's absolute stream index (`-map 0:<stream>`). */
  stream: z.number().int(),
  timeBase: rational,
  /** Timestamp of frame 0, ticks. */
  startPts: z.number().int(),
  /** `format.start_time` of the whole file, seconds: what ffmpeg's `-ss` counts from. */
  formatStart: rational,
  /** Presentation timestamp of each frame, ticks. */
  pts: z.array(z.number().int()),
  /** Frame numbers of keyframes, ascending. */
  keys: z.array(z.number().int()),
  /** Frame numbers whose timestamp is missing, doubled or out of order. */
  doubtful: z.array(z.number().int()),
  /** The x264 that made an H.264 stream, as its first frame says; a decode from elsewhere has to be told (`-x264_build`). */
  x264Build: z.number().int().nullable(),
  /** CRC-32 of each frame's native planes, packed, from the decode; null before it. */
  checks: z.array(z.number().int()).nullable(),
  sequence: clipSequence.nullable(),
  info: clipInfo,
})
export type ClipIndex = z.infer<typeof clipIndex>

/** Where the engine may keep indexes, so that a file is read through once; null: nowhere. */
const cacheFolder = z.string().nullable()

export const filmTasks = {
  /** What a project keeps of a clip; `sha256` names it by its length and its ends, so that an hour of film is known at once. */
  inspectClip: {
    input: z.object({ path: z.string(), cache: cacheFolder }),
    output: z.object({ info: pictureInfo, sha256: z.string() }),
  },
  /** Truth of a clip. `verify`: every frame is decoded once (long; progress is told), else only packets are read. */
  clipInfo: {
    input: z.object({ path: z.string(), cache: cacheFolder, verify: z.boolean(), rate: givenRate }),
    output: clipInfo,
  },
  /** The index itself, for timelines. */
  clipIndex: {
    input: z.object({ path: z.string(), cache: cacheFolder, verify: z.boolean(), rate: givenRate }),
    output: clipIndex,
  },
  /** Exactly frame `frame` as JPEG into `out`: upright, square pixels, fitted into `box`. `ahead`: frames near it are read beforehand, so that steps are at once. */
  clipStill: {
    input: z.object({ path: z.string(), cache: cacheFolder, frame: z.number().int().nonnegative(), box: size, ahead: z.boolean(), out: z.string() }),
    output: z.object({ frame: z.number().int(), pts: z.number().int(), bytes: z.number().int() }),
  },
  /** The same in colour: luma as it is, colour by the recipe's step `colorize` and its hints for this frame alone. */
  clipColorStill: {
    input: z.object({ path: z.string(), cache: cacheFolder, frame: z.number().int().nonnegative(), box: size, recipe, model: z.string(), out: z.string() }),
    output: z.object({ frame: z.number().int(), pts: z.number().int(), bytes: z.number().int() }),
  },
  /** The same as a labelled PNG: at full size, in square pixels, of 16 bits where the film has more than 8. */
  clipColorFrame: {
    input: z.object({ path: z.string(), cache: cacheFolder, frame: z.number().int().nonnegative(), recipe, model: z.string(), target: z.object({ path: z.string(), overwrite: z.boolean() }) }),
    output: z.object({ frame: z.number().int(), bytes: z.number().int() }),
  },
  /** What `colorClip` would need for the same work, and what is worth knowing before; it refuses what that would refuse. Disk in MB. */
  clipPreflight: {
    input: z.object({ path: z.string(), cache: cacheFolder, target: z.string(), preset: clipPreset, from: z.number().int().nonnegative(), to: z.number().int().positive().nullable() }),
    output: z.object({ frames: z.number().int(), encoding: z.string(), neededMb: z.number(), freeMb: z.number().nullable(), notes: z.array(note) }),
  },
  /** Exactly frame `frame`: as a PNG (upright, square pixels left to the viewer), and the SHA-256 of its native planes. */
  clipFrame: {
    input: z.object({
      path: z.string(),
      cache: cacheFolder,
      frame: z.number().int().nonnegative(),
      /** False: frames are counted by a decode only where packets do not tell them. */
      verify: z.boolean(),
      target: z.object({ path: z.string(), overwrite: z.boolean() }).nullable(),
    }),
    output: z.object({
      frame: z.number().int(),
      pts: z.number().int(),
      /** Seconds since frame 0. */
      time: fraction,
      width: z.number().int(),
      height: z.number().int(),
      pixelFormat: z.string(),
      /** SHA-256 of the decoded planes as stored: packed without padding, not rotated. */
      hash: z.string(),
    }),
  },
} as const
