import { decoderOf, readIim, type Dataset } from './iim.ts'
import { namespaces, readItems, type ListKind, type Property } from './xmp.ts'

/** Where the records of application record 2 go by the IPTC Photo Metadata Standard (its section on IIM and XMP). */
interface Place {
  /** The record's name in IIM. */
  name: string
  space: string
  local: string
  /** A list takes a record that comes several times; a text only its first. */
  list?: ListKind
  /** The part of a record that XMP holds; null where it holds none. */
  part?: (text: string) => string | null
}

const { dc, photoshop, iptcCore, xmp } = namespaces

/** `IPR:12345678:name:…`: XMP has the number. */
const subjectCode = (text: string): string | null => /(?:^|:)(\d{8})(?::|$)/.exec(text)?.[1] ?? null
/** `nnn:name`: XMP has the name. */
const genre = (text: string): string | null => text.replace(/^\d{3}:/, '') || null

const places: Readonly<Record<number, Place>> = {
  4: { name: 'Object Attribute Reference', space: iptcCore, local: 'IntellectualGenre', part: genre },
  5: { name: 'Object Name', space: dc, local: 'title', list: 'Alt' },
  10: { name: 'Urgency', space: photoshop, local: 'Urgency' },
  12: { name: 'Subject Reference', space: iptcCore, local: 'SubjectCode', list: 'Bag', part: subjectCode },
  15: { name: 'Category', space: photoshop, local: 'Category' },
  20: { name: 'Supplemental Category', space: photoshop, local: 'SupplementalCategories', list: 'Bag' },
  25: { name: 'Keywords', space: dc, local: 'subject', list: 'Bag' },
  40: { name: 'Special Instructions', space: photoshop, local: 'Instructions' },
  80: { name: 'By-line', space: dc, local: 'creator', list: 'Seq' },
  85: { name: 'By-line Title', space: photoshop, local: 'AuthorsPosition' },
  90: { name: 'City', space: photoshop, local: 'City' },
  92: { name: 'Sub-location', space: iptcCore, local: 'Location' },
  95: { name: 'Province/State', space: photoshop, local: 'State' },
  100: { name: 'Country/Primary Location Code', space: iptcCore, local: 'CountryCode' },
  101: { name: 'Country/Primary Location Name', space: photoshop, local: 'Country' },
  103: { name: 'Original Transmission Reference', space: photoshop, local: 'TransmissionReference' },
  105: { name: 'Headline', space: photoshop, local: 'Headline' },
  110: { name: 'Credit', space: photoshop, local: 'Credit' },
  115: { name: 'Source', space: photoshop, local: 'Source' },
  116: { name: 'Copyright Notice', space: dc, local: 'rights', list: 'Alt' },
  120: { name: 'Caption/Abstract', space: dc, local: 'description', list: 'Alt' },
  122: { name: 'Writer/Editor', space: photoshop, local: 'CaptionWriter' },
}

/** Records of date and of time that are one property in XMP. The second pair goes where the MWG guidelines put it. */
const moments = [
  { date: { number: 55, name: 'Date Created' }, time: { number: 60, name: 'Time Created' }, space: photoshop, local: 'DateCreated' },
  { date: { number: 62, name: 'Digital Creation Date' }, time: { number: 63, name: 'Digital Creation Time' }, space: xmp, local: 'CreateDate' },
] as const

/** Names of records that XMP has no place for; others are told by their numbers. */
const otherNames: Readonly<Record<number, string>> = {
  3: 'Object Type Reference',
  7: 'Edit Status',
  8: 'Editorial Update',
  22: 'Fixture Identifier',
  26: 'Content Location Code',
  27: 'Content Location Name',
  30: 'Release Date',
  35: 'Release Time',
  37: 'Expiration Date',
  38: 'Expiration Time',
  42: 'Action Advised',
  45: 'Reference Service',
  47: 'Reference Date',
  50: 'Reference Number',
  65: 'Originating Program',
  70: 'Program Version',
  75: 'Object Cycle',
  118: 'Contact',
  130: 'Image Type',
  131: 'Image Orientation',
  135: 'Language Identifier',
}

/** Says nothing of the picture: versions of the model and the character set. */
const isStructure = ({ record, number }: Dataset): boolean => (record === 1 && (number === 0 || number === 90)) || (record === 2 && number === 0)

/** `CCYYMMDD`, where an unknown month or day is 00, as `CCYY-MM-DD` or its known beginning; null where it is no date. */
function isoDate(text: string): string | null {
  const found = /^(\d{4})-?(\d\d)-?(\d\d)$/.exec(text)
  if (!found) return null
  const [year, month, day] = found.slice(1).map(Number) as [number, number, number]
  if (year === 0 || month > 12 || day > 31 || (month === 0 && day > 0)) return null
  return found.slice(1, month === 0 ? 2 : day === 0 ? 3 : 4).join('-')
}

/** `HHMMSS±HHMM` as `HH:MM:SS±HH:MM`; null where it is no time. */
function isoTime(text: string): string | null {
  const found = /^(\d\d):?(\d\d):?(\d\d)(?:([+-]\d\d):?(\d\d))?$/.exec(text)
  if (!found || Number(found[1]) > 23 || Number(found[2]) > 59 || Number(found[3]) > 60) return null
  return `${found[1]}:${found[2]}:${found[3]}${found[4] === undefined ? '' : `${found[4]}:${found[5]}`}`
}

export interface CarriedIim {
  /** To be set in the packet, which says nothing in their place. */
  properties: Property[]
  /** Some record is in the packet now, or was said there already. */
  carried: boolean
  /** Names of records that the packet says otherwise; the packet was left as it is. */
  differing: string[]
  /** Names of records that XMP has no place for, or that cannot be read. */
  lost: string[]
  damaged: boolean
}

/**
 * The records of an IIM block as XMP properties, for containers that have no place for the block itself. What the
 * packet says already wins.
 */
export function iimToXmp(block: Buffer, packet: string | null): CarriedIim {
  const iim = readIim(block)
  const decode = decoderOf(iim)
  const answer: CarriedIim = { properties: [], carried: false, differing: [], lost: [], damaged: iim.damaged }
  const texts = new Map<number, string[]>()
  for (const dataset of iim.datasets) {
    if (isStructure(dataset)) continue
    const { record, number, data } = dataset
    const text = decode(data)
    if (record === 2 && (places[number] || moments.some(({ date, time }) => date.number === number || time.number === number))) {
      if (text !== '') texts.set(number, [...(texts.get(number) ?? []), text])
    } else answer.lost.push((record === 2 && otherNames[number]) || `${record}:${String(number).padStart(2, '0')}`)
  }
  const settle = (name: string, property: Property): void => {
    const wanted = typeof property.value === 'string' ? [property.value] : property.value.items
    const there = packet === null ? [] : (readItems(packet, property.space, property.local) ?? []).filter((item) => item !== '')
    if (there.length === 0) answer.properties.push(property)
    else if (wanted.some((item) => !there.includes(item))) {
      answer.differing.push(name)
      return
    }
    answer.carried = true
  }
  for (const [number, { name, space, local, list, part }] of Object.entries(places)) {
    const given = texts.get(Number(number)) ?? []
    const items = given.map((text) => (part ? part(text) : text)).filter((item) => item !== null)
    const fitting = list === 'Bag' || list === 'Seq' ? items : items.slice(0, 1)
    if (fitting.length < given.length) answer.lost.push(name)
    const [first] = fitting
    if (first !== undefined) settle(name, { space, local, value: list ? { list, items: fitting } : first })
  }
  for (const { date, time, space, local } of moments) {
    const [days, times] = [texts.get(date.number) ?? [], texts.get(time.number) ?? []]
    const day = isoDate(days[0] ?? '')
    // A time alone has no place in a date.
    const hour = day?.length === 'CCYY-MM-DD'.length ? isoTime(times[0] ?? '') : null
    if (days.length > (day === null ? 0 : 1)) answer.lost.push(date.name)
    if (times.length > (hour === null ? 0 : 1)) answer.lost.push(time.name)
    if (day !== null) settle(date.name, { space, local, value: hour === null ? day : `${day}T${hour}` })
  }
  answer.lost = [...new Set(answer.lost)]
  return answer
}
