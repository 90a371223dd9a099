import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'

/** A small scene (sky, hill, house) as a grey scan: enough shape for a colorizer, nobody's photograph. */
function scene(width: number, height: number, seed: number): Buffer {
  const sun = 0.2 + (seed % 5) * 0.15
  return Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 100 75">
    <rect width="100" height="75" fill="#cfcfcf"/><circle cx="${sun * 100}" cy="14" r="6" fill="#f4f4f4"/>
    <path d="M0 48 Q 30 ${30 + (seed % 4) * 3} 60 46 T 100 42 V75 H0Z" fill="#7d7d7d"/>
    <rect x="38" y="38" width="22" height="18" fill="#b4b4b4"/><path d="M34 38 L49 26 L64 38Z" fill="#595959"/>
    <rect x="46" y="46" width="6" height="10" fill="#3c3c3c"/></svg>`)
}

/** Draws `count` grey JPEG scans into `folder` and returns their paths; names sort as numbered. */
export async function drawScans(folder: string, count: number, size = { width: 800, height: 600 }): Promise<string[]> {
  mkdirSync(folder, { recursive: true })
  const paths: string[] = []
  for (let index = 1; index <= count; index++) {
    const path = join(folder, `scan ${index} 老照片.jpg`)
    await sharp(scene(size.width, size.height, index)).grayscale().jpeg({ quality: 90 }).toFile(path)
    paths.push(path)
  }
  return paths
}
