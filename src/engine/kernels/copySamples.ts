import type { Depth } from '../../core/color/transfer.ts'

/**
 * Samples as they are, grey repeated to RGB. A change of depth keeps white white: × 257 up, ÷ 257 rounded down.
 *
 * @param pixels how many pixels to copy
 */
export function copySamples(
  source: Uint8Array | Uint16Array,
  channels: 1 | 3,
  depth: Depth,
  output: Uint8Array | Uint16Array,
  outputDepth: Depth,
  pixels: number,
): void {
  const up = outputDepth > depth ? 257 : 1
  const down = outputDepth < depth ? 257 : 1
  if (channels === 3) {
    if (depth === outputDepth) output.set(source.subarray(0, pixels * 3))
    else for (let i = 0; i < pixels * 3; i++) output[i] = Math.round(((source[i] ?? 0) * up) / down)
    return
  }
  for (let i = 0, to = 0; i < pixels; i++, to += 3) {
    const value = Math.round(((source[i] ?? 0) * up) / down)
    output[to] = value
    output[to + 1] = value
    output[to + 2] = value
  }
}
