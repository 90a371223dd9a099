/**
 * Small colour pictures with timestamps as a Matroska stream: the one container that ffmpeg reads from a pipe, whose
 * frames need no header of their own and whose clock can be as fine as a microsecond. Element ids and types: RFC 9559.
 */
import type { FrameSize } from './motion.ts'

const bytesOf = (value: number, least = 1): number[] => {
  const bytes: number[] = []
  let rest = value
  do {
    bytes.unshift(rest % 256)
    rest = Math.floor(rest / 256)
  } while (rest > 0 || bytes.length < least)
  return bytes
}

/** The length of an element, in eight bytes: no choice of width to get wrong. */
const lengthOf = (bytes: number): number[] => [0x01, ...bytesOf(bytes, 7)]
/** The length that says "until the end". */
const unknownLength = [0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]

const element = (id: number, content: readonly number[]): number[] => [...bytesOf(id), ...lengthOf(content.length), ...content]
const whole = (id: number, value: number): number[] => element(id, bytesOf(value))
const text = (id: number, value: string): number[] => element(id, [...value].map((letter) => letter.charCodeAt(0)))

/** The head of a stream of 4:4:4 pictures of 8 bits (three planes, fourcc `444P`). */
export function matroskaHead({ width, height }: FrameSize): Uint8Array {
  const video = element(0xe0, [...whole(0xb0, width), ...whole(0xba, height), ...text(0x2eb524, '444P')])
  const track = element(0xae, [...whole(0xd7, 1), ...whole(0x73c5, 1), ...whole(0x83, 1), ...text(0x86, 'V_UNCOMPRESSED'), ...video])
  return Uint8Array.from([
    ...element(0x1a45dfa3, [...whole(0x4286, 1), ...whole(0x42f7, 1), ...whole(0x42f2, 4), ...whole(0x42f3, 8), ...text(0x4282, 'matroska'), ...whole(0x4287, 4), ...whole(0x4285, 2)]),
    ...bytesOf(0x18538067),
    ...unknownLength,
    // One tick is 1000 ns.
    ...element(0x1549a966, [...whole(0x2ad7b1, 1000), ...text(0x4d80, 'hourglass'), ...text(0x5741, 'hourglass')]),
    ...element(0x1654ae6b, track),
  ])
}

/** One picture as a cluster of its own. @param time microseconds from the start, ascending */
export function matroskaFrame(time: number, picture: Uint8Array): Uint8Array {
  const timestamp = whole(0xe7, time)
  // Track 1, no offset from the cluster's time, a keyframe.
  const block = [0x81, 0, 0, 0x80]
  const head = [...bytesOf(0x1f43b675), ...lengthOf(timestamp.length + 1 + 8 + block.length + picture.length), ...timestamp, 0xa3, ...lengthOf(block.length + picture.length), ...block]
  const frame = new Uint8Array(head.length + picture.length)
  frame.set(head)
  frame.set(picture, head.length)
  return frame
}
