import type { ColorKind } from '../../contract/pictures.ts'
import type { ToneSource } from '../../core/steps/colorize.ts'
import { colorKindOf } from '../../core/color/colorKind.ts'
import { lightnessTones, tonesOf, type ToneWeights } from '../../core/color/tones.ts'
import { sizeWithin, type LowCopy } from './lowCopy.ts'

/** Size at which a picture is judged for colour: the thresholds were measured at up to 256. */
const kindSide = 160
/** Size at which channels are compared for noise. */
const toneSide = 400

const found = new WeakMap<LowCopy, Map<ToneSource, ToneWeights>>()

/** Which channels carry a picture's tones; found out once a copy. */
export function tonesFor(copy: LowCopy, source: ToneSource): ToneWeights {
  if (copy.channels === 1) return lightnessTones
  const known = found.get(copy) ?? new Map<ToneSource, ToneWeights>()
  found.set(copy, known)
  const weights = known.get(source) ?? judge(copy, source)
  known.set(source, weights)
  return weights
}

function judge(copy: LowCopy, source: ToneSource): ToneWeights {
  // Only these two depend on the picture.
  if (source !== 'automatic' && source !== 'mix') return tonesOf(source, null)
  const size = sizeWithin(copy.size, toneSide)
  const [red, green, blue] = copy.planesAt(size)
  return tonesOf(source, red && green && blue ? { ...size, red: red.data, green: green.data, blue: blue.data } : null)
}

/** Whether a picture is grey, toned or in colour already. */
export function colorKindOfCopy(copy: LowCopy): ColorKind {
  if (copy.channels === 1) return 'grey'
  const [red, green, blue] = copy.planesAt(sizeWithin(copy.size, kindSide))
  return red && green && blue ? colorKindOf(red.data, green.data, blue.data).kind : 'grey'
}
