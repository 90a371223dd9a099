/** A plane of soft waves: `offset` ± `amplitude`, of a given pitch. */
export function waves(width: number, height: number, pitch: number, amplitude: number, offset = 0): Float32Array {
  return Float32Array.from({ length: width * height }, (_, i) => offset + amplitude * Math.sin((i % width) / pitch + Math.floor(i / width) / (pitch * 0.7)))
}

/** Repeatable noise 0…1. */
export function noiseFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}
