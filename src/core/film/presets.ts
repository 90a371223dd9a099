import type { ClipPreset } from '../../contract/clips.ts'
import { pixelKind } from './pixels.ts'

export interface Encoding {
  /** ffmpeg's name of the encoder. */
  readonly codec: string
  readonly options: readonly string[]
  /** Samples come back from the file as they went in. */
  readonly lossless: boolean
  readonly evenSides: boolean
  /** Colour is written at full size and depth, for pictures. */
  readonly wholeColor?: boolean
  readonly keepAlpha: boolean
  /** What people call it. */
  readonly title: string
}

/** File name endings each preset can be written into, or its pictures; the first is recommended. */
export const endingsOf: Readonly<Record<ClipPreset, readonly string[]>> = {
  exact: ['mkv', 'mov', 'mp4'],
  visual: ['mp4', 'mov', 'mkv', 'm4v'],
  h265: ['mp4', 'mov', 'mkv', 'm4v'],
  prores: ['mov', 'mkv'],
  sequence: ['png', 'tif', 'tiff'],
}

/** The ending of a file's name, in lower case, without the dot. */
export const endingOf = (path: string): string => /\.([^./\\]+)$/.exec(path)?.[1]?.toLowerCase() ?? ''

/**
 * x264 looks 40 frames ahead at `medium`, and needs 7 MB for each at 1080p. At 12, and without a thread that looks ahead,
 * four films of the same CRF came out 0 to 7 % smaller and 0 to 0.65 dB lower (at 45 to 51 dB): about as good for their size.
 */
const shortLookahead = ['-rc-lookahead', '12', '-x264-params', 'sync-lookahead=0'] as const

/** How a preset is encoded in a file with this ending. */
export function encodingOf(preset: ClipPreset, ending: string, pixelFormat: string): Encoding {
  const { alpha } = pixelKind(pixelFormat)
  switch (preset) {
    case 'exact':
      // mp4 holds no FFV1. 10 bits and more: constant quantiser 0 of x264 is lossless at 8 bits alone.
      if (ending === 'mp4' || ending === 'm4v') return { codec: 'libx264', options: ['-preset', 'medium', '-qp', '0'], lossless: true, evenSides: true, keepAlpha: false, title: 'H.264, lossless' }
      return { codec: 'ffv1', options: ['-level', '3', '-g', '1', '-slicecrc', '1'], lossless: true, evenSides: false, keepAlpha: true, title: 'FFV1' }
    case 'h265':
      return { codec: 'libx265', options: ['-preset', 'medium', '-crf', '20', '-x265-params', 'log-level=error', ...(ending === 'mkv' ? [] : ['-tag:v', 'hvc1'])], lossless: false, evenSides: true, keepAlpha: false, title: 'H.265, CRF 20' }
    case 'prores':
      return { codec: 'prores_ks', options: ['-profile:v', alpha ? '4' : '3', '-vendor', 'apl0', '-pix_fmt', alpha ? 'yuva444p10le' : 'yuv422p10le'], lossless: false, evenSides: false, keepAlpha: true, title: alpha ? 'ProRes 4444' : 'ProRes 422 HQ' }
    case 'sequence':
      return { codec: 'ffv1', options: ['-level', '3', '-g', '1', '-slicecrc', '1'], lossless: true, evenSides: false, wholeColor: true, keepAlpha: false, title: 'PNG/TIFF, 16 bit' }
    case 'visual':
      return { codec: 'libx264', options: ['-preset', 'medium', '-crf', '18', ...shortLookahead], lossless: false, evenSides: true, keepAlpha: false, title: 'H.264, CRF 18' }
  }
}

/** Sound and subtitles that a container takes as they are, by ffmpeg's names. */
const takes: Readonly<Record<string, { readonly audio: RegExp; readonly subtitles: RegExp }>> = {
  mp4: { audio: /^(aac|mp3|mp2|ac3|eac3|alac|opus|flac|dts|truehd|vorbis)$/, subtitles: /^(mov_text|dvd_subtitle)$/ },
  m4v: { audio: /^(aac|ac3|eac3|alac|mp3)$/, subtitles: /^mov_text$/ },
  mov: { audio: /^(aac|mp3|mp2|ac3|eac3|alac|pcm_(s8|u8|[sf]\d\d[lb]e|alaw|mulaw)|adpcm_ms|adpcm_ima_wav|adpcm_ima_qt)$/, subtitles: /^mov_text$/ },
  // All but what only QuickTime, discs and broadcasters use.
  mkv: { audio: /^(?!adpcm_ima_qt$|s302m$|gsm$|nellymoser$|comfortnoise$|pcm_(?:s8|f\d\dbe|u\d\d[lb]e|dvd|bluray|\w+_planar)$)/, subtitles: /^(subrip|ass|ssa|webvtt|dvd_subtitle|hdmv_pgs_subtitle|dvb_subtitle|text)$/ },
}

export const takesAudio = (ending: string, codec: string): boolean => takes[ending]?.audio.test(codec) ?? true
export const takesSubtitle = (ending: string, codec: string): boolean => takes[ending]?.subtitles.test(codec) ?? true

/** How sound that has to be cut and joined is encoded: without loss where the pictures are, or nearly. `exact`: its samples come back as they went in. */
export function soundEncodingOf(preset: ClipPreset, ending: string): { readonly codec: string; readonly options: readonly string[]; readonly exact: boolean } {
  if (preset !== 'exact' && preset !== 'prores') return { codec: 'aac', options: ['-b:a', '256k'], exact: false }
  if (ending === 'mkv') return { codec: 'flac', options: [], exact: true }
  return ending === 'mov' ? { codec: 'pcm_s24le', options: [], exact: true } : { codec: 'alac', options: [], exact: true }
}

/** The codec that keeps the words of a text subtitle which a container cannot take as it is; null: none does. */
export function subtitleFor(ending: string, codec: string): string | null {
  if (!/^(mov_text|subrip|ass|ssa|webvtt|text)$/.test(codec)) return null
  return ending === 'mkv' ? 'srt' : 'mov_text'
}

/** The endings of a preset that hold all sound as it is. */
export const endingsHolding = (preset: ClipPreset, sounds: readonly string[]): string[] => endingsOf[preset].filter((ending) => sounds.every((codec) => takesAudio(ending, codec)))

/** The ending of a film like its source where that holds the preset and all sound as it is; else the first that does, Matroska at last. */
export function endingFor(preset: ClipPreset, source: string, sounds: readonly string[]): string {
  const endings = endingsHolding(preset, sounds)
  return endings.includes(endingOf(source)) ? endingOf(source) : (endings[0] ?? 'mkv')
}

/**
 * What an encoder of pictures has to be told in QuickTime. ffmpeg marks H.264 of 10 bits at some sizes (1080p in 4:2:2 is one) as AVC-Intra,
 * whatever it is, and its reader then takes other headers for the film's own: unless it is let off the letter of the format.
 */
export const quickTimeArguments = (codec: string): string[] => (codec === 'libx264' ? ['-tag:v', 'avc1', '-strict', 'experimental'] : [])

/**
 * Clocks of a .mp4 or .mov: pictures tick as in their source, and so does the film's own, by which edit lists say where a stream begins; its
 * usual milliseconds would round that. Let off the letter, MP4 takes FLAC and TrueHD, and QuickTime H.264 as it was marked before.
 * @param ticks of the pictures in a second
 */
export const movieArguments = (ticks: number): string[] => ['-video_track_timescale', String(ticks), '-movie_timescale', String(ticks * Math.ceil(1000 / ticks)), '-strict', 'experimental']

/** ffmpeg's muxer of an ending. */
export const muxerOf = (ending: string): string => (ending === 'mkv' ? 'matroska' : ending === 'mov' ? 'mov' : 'mp4')
