import { noiseFrom } from './waves.ts'

/** A drawn scan in grey (encoded sRGB 0…1): a bright sky, a dark figure, waves of cloth. */
export function automaticFixture(): { width: number; height: number; grey: Float32Array } {
  const [width, height] = [96, 72]
  const grey = Float32Array.from({ length: width * height }, (_, i) => {
    const [x, y] = [i % width, Math.floor(i / width)]
    if (Math.hypot(x - 50, (y - 45) / 1.5) < 14) return 0.15 + 0.1 * Math.sin(x / 3)
    return y < 30 ? 0.9 - y / 300 : 0.45 + 0.15 * Math.sin(x / 7 + y / 5)
  })
  return { width, height, grey }
}

/** Film grain: repeatable noise of −amplitude … amplitude. */
export function grain(count: number, amplitude: number): Float32Array {
  const next = noiseFrom(7)
  return Float32Array.from({ length: count }, () => (next() * 2 - 1) * amplitude)
}
