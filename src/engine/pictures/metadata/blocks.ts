import type { TagTree } from './ifd.ts'

/** Everything a file says about its picture, as it stands there. */
export interface MetadataBlocks {
  /** EXIF from its TIFF header on. */
  exif: Buffer | null
  /** TIFF sources: the tags of their own directories. */
  ifd: TagTree | null
  /** The IPTC record (IIM). */
  iptc: Buffer | null
  /** Photoshop resources, of which IPTC is one. */
  photoshop: Buffer | null
  /** The XMP packet. */
  xmp: string | null
  icc: Buffer | null
  /** Dots per inch, where the file says so. */
  density: number | null
}
