declare module 'heic-decode' {
  /** Decodes the primary picture of a HEIF file to RGBA, 8 bit. */
  export default function decode(input: { buffer: Uint8Array }): Promise<{ width: number; height: number; data: Uint8ClampedArray }>
}
