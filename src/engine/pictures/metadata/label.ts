import { z } from 'zod'
import { namespaces, readProperty, withoutOwn, withProperties, type Property } from './xmp.ts'

/** What an exported picture says of how it was made. */
export interface PictureLabel {
  /** `Hourglass Studio VERSION`. */
  creatorTool: string
  /** A network gave the picture its colour (or other content). */
  trained: boolean
  /** The recipe, as plain JSON. */
  recipe: unknown
  /** Models that took part. */
  models: readonly { id: string; sha256: string }[]
  /** SHA-256 of the source's bytes, or null. */
  source: string | null
  /** Key of the whole work (source, recipe, models, output settings), to recognise the same work again. */
  work: string
}

/** A label read back. */
export type Stamp = Pick<PictureLabel, 'creatorTool' | 'recipe' | 'models' | 'source' | 'work'>

/** IPTC NewsCodes, Digital Source Type: an edit made with a trained network. */
const trainedSourceType = 'http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia'

const own = (local: string, value: string): Property => ({ space: namespaces.hourglass, local, value })

/** The short properties of a label, which find room everywhere. */
export function shortProperties(label: PictureLabel): Property[] {
  return [
    ...(label.trained ? [{ space: namespaces.iptcExt, local: 'DigitalSourceType', value: trainedSourceType }] : []),
    { space: namespaces.xmp, local: 'CreatorTool', value: label.creatorTool },
    own('Work', label.work),
    own('Models', JSON.stringify(label.models)),
    ...(label.source === null ? [] : [own('Source', label.source)]),
  ]
}

/** The packet with the label in it, an earlier label of ours gone, every other property kept. */
export function withLabel(packet: string | null, label: PictureLabel): string {
  return withProperties(packet === null ? null : withoutOwn(packet), [...shortProperties(label), own('Recipe', JSON.stringify(label.recipe))])
}

const modelList = z.array(z.object({ id: z.string(), sha256: z.string() }))

function parseJson(text: string | null): unknown {
  if (text === null) return null
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** Our own label in a packet, or null where there is none. */
export function readLabel(packet: string): Stamp | null {
  const read = (local: string): string | null => readProperty(packet, namespaces.hourglass, local)
  const work = read('Work')
  if (work === null) return null
  const models = modelList.safeParse(parseJson(read('Models')))
  return {
    creatorTool: readProperty(packet, namespaces.xmp, 'CreatorTool') ?? '',
    work,
    recipe: parseJson(read('Recipe')),
    models: models.success ? models.data : [],
    source: read('Source'),
  }
}
