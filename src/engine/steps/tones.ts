import type { ColorKind } from '../../contract/pictures.ts'
import type { ToneSource } from '../../core/steps/colorize.ts'
import { greenTones, lightnessTones, redTones, type ToneWeights } from '../../core/color/tones.ts'
import { srgbToLab } from '../../core/color/srgb.ts'
import { planesAt, sizeWithin, type LowCopy } from './lowCopy.ts'

export function tonesFor(copy: LowCopy, source: ToneSource): ToneWeights {
  if (copy.planes.length === 1) return lightnessTones
  return source === 'red' ? redTones : source === 'green' ? greenTones : lightnessTones
}

export function colorKindOfCopy(copy: LowCopy): ColorKind {
  if (copy.planes.length === 1) return 'grey'
  const [r, g, b] = planesAt(copy, sizeWithin(copy.size, 256))
  if (!r || !g || !b) return 'grey'
  const chroma = r.data.map((v, i) => Math.hypot(...srgbToLab(v, g.data[i] as number, b.data[i] as number).slice(1))).sort()
  const c95 = chroma[Math.floor(chroma.length * 0.95)] ?? 0
  return c95 < 2 ? 'grey' : 'toned'
}
