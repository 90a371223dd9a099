import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { modelCard } from '../../../src/contract/models.ts'
import { templates } from '../../../src/engine/models/templates.ts'

const folder = join(import.meta.dirname, '../../../training/convert/cards')
const names = readdirSync(folder).map((file) => file.replace('.json', ''))

/** A converter's card as it is written: its template with what the file itself tells. */
function written(name: string) {
  const { precision: _, ...card } = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as Record<string, unknown>
  return modelCard.parse({ ...card, file: 'model.onnx', sha256: '0'.repeat(64), bytes: 1 })
}

describe('the cards that the converters write', () => {
  it.each(names)('%s is a card the studio reads, and says nothing it does not know', (name) => {
    const card = written(name)
    const raw = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as object
    expect(Object.keys(raw).filter((key) => key !== 'precision' && !(key in card))).toEqual([])
    expect(card.id.startsWith(card.task)).toBe(true)
    expect(card.licence.url).toMatch(/^https:/)
  })

  // The file alone, without its card, is recognised by its tensors: the template must then say the same.
  it.each([
    ['siggraph17', 'siggraph17-hints'],
    ['ddcolor', 'ddcolor'],
    ['eccv16', 'eccv16'],
    ['deoldify-artistic', 'deoldify-artistic'],
    ['deoldify-stable', 'deoldify-stable'],
    ['deoldify-video', 'deoldify-video'],
  ] as const)('%s feeds the network as the template %s does', (name, template) => {
    const card = written(name)
    const known = modelCard.parse({ ...templates[template], file: 'model.onnx', sha256: '0'.repeat(64), bytes: 1 })
    expect(card.source).toBe(known.source)
    expect(card.inputs.map(({ role, name: input, channels, build, mean, std }) => ({ role, input, channels, build, mean, std }))).toEqual(known.inputs.map(({ role, name: input, channels, build, mean, std }) => ({ role, input, channels, build, mean, std })))
    card.inputs.forEach(({ range }, i) => known.inputs[i]?.range === 'probe' || expect(range).toEqual(known.inputs[i]?.range))
    expect(card.outputs[0]).toMatchObject({ name: known.outputs[0]?.name, meaning: known.outputs[0]?.meaning, scale: known.outputs[0]?.scale === 'probe' ? 1 : known.outputs[0]?.scale })
    expect(card.size.multiple).toBe(known.size.multiple)
    expect(card.providers.deny).toEqual(known.providers.deny)
  })
})
