import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { decodePicture, encodePicture, openPicture, type Encoded } from '../../../src/engine/pictures/index.ts'
import { readIim } from '../../../src/engine/pictures/metadata/iim.ts'
import { app1, photoshopSegments, signatures, spliceJpeg } from '../../../src/engine/pictures/metadata/jpeg.ts'
import { resourcesWithIptc } from '../../../src/engine/pictures/metadata/photoshop.ts'
import { rgb, scratchFolder, tones, xmpPacket } from './drawing.ts'

const folder = await scratchFolder()
const at = (name: string): string => join(folder, name)

type Given = readonly [record: number, number: number, text: string]

/** An IIM block, its texts in the encoding. */
function iimOf(records: readonly Given[], encoding: 'utf8' | 'latin1'): Buffer {
  return Buffer.concat(
    records.flatMap(([record, number, text]) => {
      const data = Buffer.from(text, encoding)
      return [Buffer.from([0x1c, record, number, data.length >> 8, data.length & 255]), data]
    }),
  )
}

const utf8: Given = [1, 90, '\x1b%G']

/** Writes a JPEG with this block (and packet), exports it, and reads the packet of the result. */
async function carried(block: Buffer, format: 'webp' | 'avif' = 'webp', xmp: string | null = null): Promise<Encoded & { packet: string; codes: string[]; told: string }> {
  const jpeg = await rgb(tones(32, 24), 32, 24).jpeg().toBuffer()
  const segments = [...(xmp === null ? [] : [{ marker: app1, payload: Buffer.concat([signatures.xmp, Buffer.from(xmp)]) }]), ...photoshopSegments(resourcesWithIptc(block))]
  await writeFile(at('press.jpg'), Buffer.concat(spliceJpeg(jpeg, segments, null)))
  const source = await openPicture(at('press.jpg'))
  const encoded = await encodePicture(await decodePicture(source), { path: at(`press.${format}`), format, quality: 80, depth: 8, source, label: null, overwrite: true })
  const packet = (await sharp(at(`press.${format}`)).metadata()).xmpAsString ?? ''
  return { ...encoded, packet, codes: encoded.notes.map(({ code }) => code), told: encoded.notes.map(({ message }) => message).join(' ') }
}

const simple: readonly (readonly [number: number, property: string])[] = [
  [10, 'photoshop:Urgency'],
  [15, 'photoshop:Category'],
  [40, 'photoshop:Instructions'],
  [85, 'photoshop:AuthorsPosition'],
  [90, 'photoshop:City'],
  [92, 'Iptc4xmpCore:Location'],
  [95, 'photoshop:State'],
  [100, 'Iptc4xmpCore:CountryCode'],
  [101, 'photoshop:Country'],
  [103, 'photoshop:TransmissionReference'],
  [105, 'photoshop:Headline'],
  [110, 'photoshop:Credit'],
  [115, 'photoshop:Source'],
  [122, 'photoshop:CaptionWriter'],
]

describe('IPTC records in a format without a place for them', () => {
  it.each(['webp', 'avif'] as const)('stand in the XMP of %s, each under its property', async (format) => {
    const block = iimOf([utf8, [2, 0, '\0\x04'], ...simple.map(([number]): Given => [2, number, `值 ${number}`])], 'utf8')
    const { kept, codes, packet } = await carried(block, format)
    expect(kept).toEqual(['iptc'])
    expect(codes).toEqual(['iptc-in-xmp'])
    for (const [number, property] of simple) expect(packet).toContain(`<${property}>值 ${number}</${property}>`)
  })

  it('title, caption and rights are texts of no particular language; creators and keywords are lists', async () => {
    const { packet } = await carried(iimOf([utf8, [2, 5, 'Fest & <Tanz>'], [2, 120, 'Dorf\rplatz'], [2, 116, '© Anna'], [2, 80, 'Anna'], [2, 80, 'Béla'], [2, 25, '家'], [2, 25, 'feast'], [2, 20, 'music']], 'utf8'))
    expect(packet).toContain('<dc:title><rdf:Alt><rdf:li xml:lang="x-default">Fest &amp; &lt;Tanz&gt;</rdf:li></rdf:Alt></dc:title>')
    expect(packet).toMatch(/<dc:description><rdf:Alt><rdf:li xml:lang="x-default">Dorf\splatz<\/rdf:li>/)
    expect(packet).toContain('<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">© Anna</rdf:li></rdf:Alt></dc:rights>')
    expect(packet).toContain('<dc:creator><rdf:Seq><rdf:li>Anna</rdf:li><rdf:li>Béla</rdf:li></rdf:Seq></dc:creator>')
    expect(packet).toContain('<dc:subject><rdf:Bag><rdf:li>家</rdf:li><rdf:li>feast</rdf:li></rdf:Bag></dc:subject>')
    expect(packet).toContain('<photoshop:SupplementalCategories><rdf:Bag><rdf:li>music</rdf:li></rdf:Bag></photoshop:SupplementalCategories>')
  })

  it('are read as Latin-1 where they do not say that they are UTF-8', async () => {
    expect((await carried(iimOf([[2, 90, 'Köln']], 'latin1'))).packet).toContain('<photoshop:City>Köln</photoshop:City>')
    expect((await carried(iimOf([[2, 90, 'Köln']], 'utf8'))).packet).toContain('<photoshop:City>KÃ¶ln</photoshop:City>')
  })

  it.each([
    [[[2, 55, '19870605'], [2, 60, '102030+0200']], '1987-06-05T10:20:30+02:00', []],
    [[[2, 55, '19870605']], '1987-06-05', []],
    [[[2, 55, '19870600']], '1987-06', []],
    [[[2, 55, '19870000'], [2, 60, '102030']], '1987', ['Time Created']],
    [[[2, 55, '19870605'], [2, 60, '992030']], '1987-06-05', ['Time Created']],
    [[[2, 55, 'in June'], [2, 60, '102030']], null, ['Date Created', 'Time Created']],
  ] as const)('date and time %j become %s', async (records, date, lost) => {
    const { packet, told } = await carried(iimOf(records, 'latin1'))
    if (date === null) expect(packet).not.toContain('DateCreated')
    else expect(packet).toContain(`<photoshop:DateCreated>${date}</photoshop:DateCreated>`)
    if (lost.length > 0) expect(told).toContain(`left out: ${lost.join(', ')}.`)
    else expect(told).not.toContain('left out')
  })

  it('codes hand on the part that XMP holds', async () => {
    const { packet, codes } = await carried(iimOf([[2, 4, '003:Feature'], [2, 12, 'IPR:01010000:culture::'], [2, 12, 'nothing of the kind']], 'latin1'))
    expect(packet).toContain('<Iptc4xmpCore:IntellectualGenre>Feature</Iptc4xmpCore:IntellectualGenre>')
    expect(packet).toContain('<Iptc4xmpCore:SubjectCode><rdf:Bag><rdf:li>01010000</rdf:li></rdf:Bag></Iptc4xmpCore:SubjectCode>')
    expect(codes).toEqual(['iptc-in-xmp', 'iptc-lost'])
  })

  it('what XMP has no place for is told by its name, also where nothing else is there', async () => {
    const { kept, codes, told } = await carried(iimOf([[1, 30, 'x'], [2, 118, 'Anna, Graz'], [2, 7, 'final'], [3, 20, 'y']], 'latin1'))
    expect(kept).toEqual([])
    expect(codes).toEqual(['iptc-lost'])
    expect(told).toContain('1:30, Contact, Edit Status, 3:20')
  })

  it('never replace what the XMP of the source says, and that it says otherwise is told', async () => {
    const xmp = xmpPacket(
      '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" photoshop:City="Vienna">' +
        '<dc:subject><rdf:Bag><rdf:li>feast</rdf:li><rdf:li>dance</rdf:li></rdf:Bag></dc:subject><dc:title><rdf:Alt/></dc:title></rdf:Description>',
    )
    const { kept, codes, told, packet } = await carried(iimOf([[2, 90, 'Graz'], [2, 25, 'dance'], [2, 5, 'Feast']], 'latin1'), 'webp', xmp)
    expect(kept).toEqual(['iptc', 'xmp'])
    expect(packet).toContain('photoshop:City="Vienna"')
    expect(packet).not.toContain('Graz')
    expect(packet.match(/<dc:subject>/g)).toHaveLength(1)
    expect(packet).toContain('<rdf:li>feast</rdf:li><rdf:li>dance</rdf:li>')
    expect(packet.match(/<dc:title>.*?<\/dc:title>/g)).toEqual(['<dc:title><rdf:Alt><rdf:li xml:lang="x-default">Feast</rdf:li></rdf:Alt></dc:title>'])
    expect(codes).toEqual(['iptc-in-xmp', 'iptc-differs'])
    expect(told).toContain('as it is: City.')
  })

  it('a block that breaks off hands on what can be read, and that is told', async () => {
    const whole = iimOf([[2, 90, 'Graz'], [2, 105, 'A headline']], 'latin1')
    const { packet, told } = await carried(whole.subarray(0, whole.length - 3))
    expect(packet).toContain('<photoshop:City>Graz</photoshop:City>')
    expect(packet).not.toContain('headline')
    expect(told).toContain('damaged')
  })
})

it('a dataset longer than 32,767 bytes has its length in bytes of its own, and zeros at the end are padding', () => {
  const long = Buffer.concat([Buffer.from([0x1c, 2, 120, 0x80, 4, 0, 1, 0, 0]), Buffer.alloc(65_536, 0x61), Buffer.alloc(3)])
  const { datasets, damaged } = readIim(long)
  expect([datasets.map(({ data }) => data.length), damaged]).toEqual([[65_536], false])
})
