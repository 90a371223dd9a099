import { createHash } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { srgbToLab } from '../../core/color/srgb.ts'
import type { NetworkChroma } from '../kernels/compose.ts'
import { decodePicture } from '../pictures/index.ts'

/** Size at which a reference picture is looked at. */
const referenceSide = 256
/** Jittered grid of samples taken from it. */
const sampleGrid = 40
/** Neighbourhood whose deviation of L* counts as texture, radius in pixels (Welsh et al. 2002 use 5×5). */
const textureRadius = 2
/** Samples that answer for one pixel: their mean is steadier than the nearest one alone. */
const nearest = 5
/** Only samples within so much L* are compared. */
const lightnessWindow = 12
/** Weights of a step in texture, of a step in the network's own colour, and of the way across the picture. */
const textureWeight = 1
const chromaWeight = 0.35
const placeWeight = 12

interface Samples {
  readonly count: number
  /** Sorted by lightness. */
  readonly lightness: Float32Array
  readonly texture: Float32Array
  readonly a: Float32Array
  readonly b: Float32Array
  readonly y: Float32Array
}

/** Standard deviation of L* around each pixel. */
function textureOf(lightness: Float32Array, width: number, height: number): Float32Array {
  const out = new Float32Array(lightness.length)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let [sum, squares, count] = [0, 0, 0]
      for (let v = Math.max(0, y - textureRadius); v <= Math.min(height - 1, y + textureRadius); v++) {
        for (let u = Math.max(0, x - textureRadius); u <= Math.min(width - 1, x + textureRadius); u++) {
          const value = lightness[v * width + u] as number
          sum += value
          squares += value * value
          count++
        }
      }
      out[y * width + x] = Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2))
    }
  }
  return out
}

/** Mean and deviation of a plane. */
function momentsOf(plane: Float32Array): readonly [number, number] {
  const mean = plane.reduce((sum, value) => sum + value, 0) / plane.length
  const variance = plane.reduce((sum, value) => sum + (value - mean) ** 2, 0) / plane.length
  return [mean, Math.sqrt(variance)]
}

/** Samples of the reference, its lightness and texture brought to the mean and spread of the target's (Welsh 2002). */
async function samplesOf(path: string, target: { lightness: Float32Array; texture: Float32Array }): Promise<Samples> {
  const pixels = await decodePicture(path, { box: { width: referenceSide, height: referenceSide }, depth: 8 })
  const { width, height, channels, data } = pixels
  const count = width * height
  const planes = { lightness: new Float32Array(count), a: new Float32Array(count), b: new Float32Array(count) }
  for (let i = 0; i < count; i++) {
    const at = i * channels
    const channel = (n: number): number => (data[at + (channels === 3 ? n : 0)] as number) / 255
    const [lightness, a, b] = srgbToLab(channel(0), channel(1), channel(2))
    planes.lightness[i] = lightness
    planes.a[i] = a
    planes.b[i] = b
  }
  const texture = textureOf(planes.lightness, width, height)
  const matched = (plane: Float32Array, like: Float32Array): Float32Array => {
    const [mean, deviation] = momentsOf(plane)
    const [wantedMean, wantedDeviation] = momentsOf(like)
    const gain = deviation > 1e-3 ? wantedDeviation / deviation : 1
    return plane.map((value) => (value - mean) * gain + wantedMean)
  }
  const lightness = matched(planes.lightness, target.lightness)
  const calmTexture = matched(texture, target.texture)
  const chosen: number[] = []
  for (let row = 0; row < sampleGrid; row++) {
    for (let column = 0; column < sampleGrid; column++) {
      // A fixed jitter: the same reference always gives the same colours.
      const shift = ((row * 7 + column * 13) % 11) / 11
      const x = Math.min(width - 1, Math.floor(((column + shift) * width) / sampleGrid))
      const y = Math.min(height - 1, Math.floor(((row + 1 - shift) * height) / sampleGrid))
      chosen.push(y * width + x)
    }
  }
  chosen.sort((left, right) => (lightness[left] as number) - (lightness[right] as number))
  const pick = (plane: Float32Array): Float32Array => Float32Array.from(chosen, (i) => plane[i] as number)
  return { count: chosen.length, lightness: pick(lightness), texture: pick(calmTexture), a: pick(planes.a), b: pick(planes.b), y: Float32Array.from(chosen, (i) => Math.floor(i / width) / height) }
}

/** First sample whose lightness is at least `value`. */
function lowerBound(sorted: Float32Array, value: number): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] as number) < value) low = middle + 1
    else high = middle
  }
  return low
}

/** Radius and ranges of the smoothing that follows: matches jump from pixel to pixel, colours must not. */
const smoothRadius = 4
const smoothLightness = 6

/** Means of a and b over the neighbourhood that do not cross steps of lightness. */
function calmed({ a, b }: { a: Float32Array; b: Float32Array }, lightness: Float32Array, width: number, height: number): { a: Float32Array; b: Float32Array } {
  const out = { a: new Float32Array(a.length), b: new Float32Array(b.length) }
  for (let y = 0, i = 0; y < height; y++) {
    const [top, bottom] = [Math.max(0, y - smoothRadius), Math.min(height - 1, y + smoothRadius)]
    for (let x = 0; x < width; x++, i++) {
      const here = lightness[i] as number
      const [left, right] = [Math.max(0, x - smoothRadius), Math.min(width - 1, x + smoothRadius)]
      let [sumA, sumB, weights] = [0, 0, 0]
      for (let v = top; v <= bottom; v++) {
        for (let j = v * width + left, end = v * width + right; j <= end; j++) {
          const step = ((lightness[j] as number) - here) / smoothLightness
          const weight = 1 / (1 + step * step * step * step)
          sumA += weight * (a[j] as number)
          sumB += weight * (b[j] as number)
          weights += weight
        }
      }
      out.a[i] = sumA / weights
      out.b[i] = sumB / weights
    }
  }
  return out
}

/**
 * The colours of another picture taken over: every pixel gets those of places in the reference that are alike in
 * lightness and texture (Welsh, Ashikhmin and Mueller 2002), with the network's own guess and the height in the
 * picture as tie-breakers, so that a sky finds a sky.
 * @param network the network's answer at its size, with the picture's L*
 * @returns a and b in Lab units at the same size
 */
export async function referenceColors(network: NetworkChroma, path: string): Promise<{ a: Float32Array; b: Float32Array }> {
  const { width, height, lightness } = network
  const texture = textureOf(lightness, width, height)
  const samples = await samplesOf(path, { lightness, texture })
  const count = width * height
  const result = { a: new Float32Array(count), b: new Float32Array(count) }
  const best = { cost: new Float64Array(nearest), index: new Int32Array(nearest) }
  for (let i = 0; i < count; i++) {
    const here = Math.min(samples.lightness[samples.count - 1] as number, Math.max(samples.lightness[0] as number, lightness[i] as number))
    const row = Math.floor(i / width) / height
    best.cost.fill(Number.POSITIVE_INFINITY)
    const [hereT, hereA, hereB] = [texture[i] as number, network.a[i] as number, network.b[i] as number]
    /** Takes a sample among the best; false: neither it nor any farther one in lightness can be one of them. */
    const consider = (n: number): boolean => {
      const stepL = (samples.lightness[n] as number) - here
      const soFar = stepL * stepL
      if (Math.abs(stepL) > lightnessWindow || soFar >= (best.cost[nearest - 1] as number)) return false
      const stepT = ((samples.texture[n] as number) - hereT) * textureWeight
      const stepA = ((samples.a[n] as number) - hereA) * chromaWeight
      const stepB = ((samples.b[n] as number) - hereB) * chromaWeight
      const stepY = ((samples.y[n] as number) - row) * placeWeight
      const cost = soFar + stepT * stepT + stepA * stepA + stepB * stepB + stepY * stepY
      if (cost >= (best.cost[nearest - 1] as number)) return true
      let at = nearest - 1
      while (at > 0 && (best.cost[at - 1] as number) > cost) {
        best.cost[at] = best.cost[at - 1] as number
        best.index[at] = best.index[at - 1] as number
        at--
      }
      best.cost[at] = cost
      best.index[at] = n
      return true
    }
    // Outwards from the pixel's own lightness: what lies farther than the best found costs more by that alone.
    const middle = lowerBound(samples.lightness, here)
    for (let n = middle; n < samples.count && consider(n); n++);
    for (let n = middle - 1; n >= 0 && consider(n); n--);
    let [a, b, weights] = [0, 0, 0]
    for (let k = 0; k < nearest; k++) {
      if (best.cost[k] === Number.POSITIVE_INFINITY) break
      const weight = 1 / (1 + (best.cost[k] as number))
      a += weight * (samples.a[best.index[k] as number] as number)
      b += weight * (samples.b[best.index[k] as number] as number)
      weights += weight
    }
    result.a[i] = weights > 0 ? a / weights : (network.a[i] as number)
    result.b[i] = weights > 0 ? b / weights : (network.b[i] as number)
  }
  return calmed(result, lightness, width, height)
}

/** Names a reference picture as it is now: another file under the same name gives other colours. */
export function referenceMark(path: string | null): string {
  const stat = path === null ? undefined : statSync(path, { throwIfNoEntry: false })
  return stat ? `${path} ${stat.size} ${stat.mtimeMs}` : String(path)
}

/** Hashes of pictures by their marks: each is read once. */
const contents = new Map<string, string>()

/** What the bytes of a reference picture are known by, wherever it lies and whenever it was touched. */
export function referenceContent(path: string | null): string {
  const mark = referenceMark(path)
  if (path === null || mark === path) return mark
  const known = contents.get(mark) ?? createHash('sha256').update(readFileSync(path)).digest('hex')
  contents.set(mark, known)
  return known
}
