import type { Note, OutputFormat } from '../../../contract/pictures.ts'
import { noted } from '../../../core/texts/wording.ts'
import type { Picture } from '../open.ts'
import { adapted, exifFor, maxExifBytes, tagsOf, type PictureFacts } from './exif.ts'
import type { TagTree } from './ifd.ts'
import { iimToXmp } from './iimToXmp.ts'
import { shortProperties, withLabel, type PictureLabel } from './label.ts'
import { resourcesWithIptc, withoutThumbnails } from './photoshop.ts'
import { isReadable, updateFacts, withProperties, type Property } from './xmp.ts'

/** The blocks to write with a picture, ready for any container, and what of the source is in them. */
export interface OutgoingMetadata {
  /** EXIF from its TIFF header on, for all formats but TIFF. */
  exif: Buffer | null
  /** The same as tags, for TIFF. */
  tree: TagTree | null
  xmp: string | null
  iptc: Buffer | null
  photoshop: Buffer | null
  icc: Buffer | null
  density: number | null
  /** Properties that must stay in a packet's first part when it has to be split. */
  shortXmp: Property[]
  kept: string[]
  notes: Note[]
}

/** A format that has no length limit of its own for a block. */
const unlimited = 0x7fffffff

export interface OutgoingRequest {
  source: Picture | null
  label: PictureLabel | null
  format: OutputFormat
  facts: PictureFacts
  /** The profile that the written pixels are in; null to write none. */
  icc: Buffer | null
  /** That profile is the source's own. */
  iccKept: boolean
}

const carriesIptc = new Set<OutputFormat>(['jpeg', 'tiff', 'png'])

/** The packet with the records of an IIM block in it, for a format that has no place for the block. */
function withIim(block: Buffer, packet: string | null, format: OutputFormat): { packet: string | null; carried: boolean; notes: Note[] } {
  const { properties, carried, differing, lost, damaged } = iimToXmp(block, packet)
  const notes: Note[] = []
  if (carried) notes.push(noted('iptc-in-xmp', 'note.iptcInXmp', { format }))
  if (differing.length > 0) notes.push(noted('iptc-differs', 'note.iptcDiffers', { records: differing.join(', ') }))
  if (lost.length > 0) notes.push(noted('iptc-lost', 'note.iptcLost', { records: lost.join(', ') }))
  if (damaged) notes.push(noted('iptc-lost', 'note.iptcDamaged'))
  return { packet: properties.length > 0 ? withProperties(packet, properties) : packet, carried, notes }
}

/** Puts together what a written picture says of itself: everything of the source, made true again, and the label. */
export function composeMetadata({ source, label, format, facts, icc, iccKept }: OutgoingRequest): OutgoingMetadata {
  const blocks = source?.blocks ?? null
  const kept: string[] = []
  const notes: Note[] = []
  const tree = blocks && format === 'tiff' ? tagsOf(blocks) : null
  const exif = blocks && format !== 'tiff' ? exifFor(blocks, facts, format === 'jpeg' ? maxExifBytes : unlimited) : null
  if (exif || tree) kept.push('exif')
  else if (blocks?.exif || blocks?.ifd) notes.push(noted('exif-lost', 'note.exifLost'))
  const wantsIptc = carriesIptc.has(format)
  const iptc = wantsIptc ? (blocks?.iptc ?? null) : null
  const photoshop = blocks?.photoshop ? withoutThumbnails(blocks.photoshop) : null
  const readable = blocks?.xmp != null && isReadable(blocks.xmp)
  const updated = readable && blocks?.xmp != null ? updateFacts(blocks.xmp, facts) : null
  const joined = blocks?.iptc && !wantsIptc ? withIim(blocks.iptc, updated, format) : { packet: updated, carried: false, notes: [] }
  if (iptc || joined.carried) kept.push('iptc')
  notes.push(...joined.notes)
  const xmp = label ? withLabel(joined.packet, label) : joined.packet
  if (updated !== null) kept.push('xmp')
  else if (blocks?.xmp != null) notes.push(noted('xmp-lost', 'note.xmpLost'))
  if (icc && iccKept) kept.push('icc')
  else if (source?.profile && source.profile.kind !== 'srgb') {
    notes.push(noted('profile-converted', 'note.profileConverted', { profile: source.profile.description }))
  }
  return {
    exif,
    tree: tree ? adapted(tree, facts) : null,
    xmp,
    iptc,
    photoshop: format === 'jpeg' && !photoshop && iptc ? resourcesWithIptc(iptc) : photoshop,
    icc,
    density: source?.info.density ?? null,
    shortXmp: label ? shortProperties(label) : [],
    kept,
    notes,
  }
}
