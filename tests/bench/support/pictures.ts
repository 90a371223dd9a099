// Pictures to measure with, drawn here: soft shapes, edges and grain, as a scanned print has them.
import sharp from 'sharp'

/** A repeatable sequence in 0…1 (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** A grey scene: sky, hills, a house and figures, as SVG of the given size. */
function scene(width: number, height: number, seed: number): string {
  const random = randomFrom(seed)
  const shapes: string[] = []
  const grey = (low: number, high: number): string => {
    const level = Math.round(low + random() * (high - low))
    return `rgb(${level},${level},${level})`
  }
  for (let index = 0; index < 60; index += 1) {
    const [x, y, r] = [random() * width, height * (0.3 + random() * 0.7), (0.01 + random() * 0.09) * width]
    shapes.push(`<ellipse cx="${x}" cy="${y}" rx="${r}" ry="${r * (0.4 + random())}" fill="${grey(30, 220)}" opacity="${0.4 + random() * 0.6}"/>`)
    shapes.push(`<rect x="${random() * width}" y="${height * random()}" width="${r}" height="${r * 1.6}" fill="${grey(20, 200)}" transform="rotate(${random() * 40} ${x} ${y})"/>`)
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><defs><linearGradient id="s" x2="0" y2="1"><stop stop-color="#ddd"/><stop offset="1" stop-color="#555"/></linearGradient></defs><rect width="100%" height="100%" fill="url(#s)"/>${shapes.join('')}</svg>`
}

/**
 * A black-and-white photograph as a file: three equal channels, as scanners and phones write them, with film grain.
 * The format follows the file's ending (.jpg at quality 92 and 4:2:0; .tif as 16 bit).
 */
export async function drawPhoto(file: string, width: number, height: number, seed = 1): Promise<void> {
  // Drawn small and enlarged: drawing shapes at full size would take longer than what is measured.
  const drawn = Math.min(1, 2000 / Math.max(width, height))
  const [smallWidth, smallHeight] = [Math.max(1, Math.round(width * drawn)), Math.max(1, Math.round(height * drawn))]
  const grain = await sharp({ create: { width: smallWidth, height: smallHeight, channels: 3, background: '#808080', noise: { type: 'gaussian', mean: 128, sigma: 9 } } })
    .greyscale()
    .png()
    .toBuffer()
  const grained = await sharp(Buffer.from(scene(smallWidth, smallHeight, seed)))
    .flatten()
    .composite([{ input: grain, blend: 'soft-light' }])
    .png({ compressionLevel: 1 })
    .toBuffer()
  const picture = sharp(grained, { limitInputPixels: false }).resize(width, height, { fit: 'fill' })
  if (file.endsWith('.tif')) await picture.toColourspace('rgb16').tiff({ compression: 'none' }).toFile(file)
  else await picture.jpeg({ quality: 92, chromaSubsampling: '4:2:0' }).toFile(file)
}
