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

/** Line art of a page: a frame, a girl's face, a lantern and a house, closed black lines on white paper; `seed` moves them a little. */
function lineArt(width: number, height: number, seed: number): Buffer {
  const by = (seed % 4) * 2
  return Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 100 140">
    <rect width="100" height="140" fill="#fff"/><g fill="none" stroke="#000" stroke-width="0.9">
    <rect x="5" y="5" width="90" height="60"/><rect x="5" y="70" width="42" height="65"/><rect x="52" y="70" width="43" height="65"/>
    <circle cx="${75 - by}" cy="22" r="9"/><path d="M5 55 L30 ${40 - by} L55 50 L80 38 L95 50"/><path d="M60 65 V52 L70 45 L80 52 V65"/>
    <circle cx="26" cy="${98 + by / 2}" r="13"/><path d="M13 96 Q 12 80 26 80 Q 40 80 39 96 Q 33 88 26 88 Q 19 88 13 96Z" fill="#fff"/>
    <path d="M14 135 Q 16 114 26 113 Q 36 114 38 135"/><ellipse cx="74" cy="104" rx="13" ry="18"/><path d="M74 70 V86 M68 122 H80"/></g></svg>`)
}

/** Draws `count` pages of line art as PNG into `folder` and returns their paths. */
export async function drawPages(folder: string, count: number, size = { width: 700, height: 980 }): Promise<string[]> {
  mkdirSync(folder, { recursive: true })
  const paths: string[] = []
  for (let index = 1; index <= count; index++) {
    const path = join(folder, `page ${index} 漫画.png`)
    await sharp(lineArt(size.width, size.height, index)).grayscale().png().toFile(path)
    paths.push(path)
  }
  return paths
}

/** The same page in rough flat colours, as somebody might have scribbled them, at half its size. */
export async function drawRough(path: string, seed: number, size = { width: 350, height: 490 }): Promise<string> {
  const by = (seed % 4) * 2
  const svg = Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${size.width}" height="${size.height}" viewBox="0 0 100 140">
    <rect width="100" height="140" fill="#fff"/><rect x="5" y="5" width="90" height="60" fill="#9cc4e4"/>
    <path d="M5 55 L30 ${40 - by} L55 50 L80 38 L95 50 V65 H5Z" fill="#6fa05a"/><circle cx="${75 - by}" cy="22" r="9" fill="#f4c542"/>
    <path d="M60 65 V52 L70 45 L80 52 V65Z" fill="#a8543c"/><rect x="5" y="70" width="42" height="65" fill="#d8c9b0"/>
    <circle cx="26" cy="${98 + by / 2}" r="13" fill="#f2c9a8"/><path d="M14 135 Q 16 114 26 113 Q 36 114 38 135Z" fill="#3355aa"/>
    <rect x="52" y="70" width="43" height="65" fill="#40436a"/><ellipse cx="74" cy="104" rx="13" ry="18" fill="#e8863c"/></svg>`)
  await sharp(svg).png().toFile(path)
  return path
}

/** One frame of a film of two shots: a house under a sun that wanders, then a boat that sails past an island. */
function filmFrame(width: number, height: number, at: number, shot: 0 | 1): Buffer {
  const house = `<rect width="100" height="75" fill="#c9c9c9"/><circle cx="${20 + 50 * at}" cy="14" r="6" fill="#f6f6f6"/>
    <path d="M0 50 Q 30 34 60 47 T 100 43 V75 H0Z" fill="#7a7a7a"/><rect x="36" y="36" width="26" height="22" fill="#b6b6b6"/>
    <path d="M31 37 L49 22 L67 37Z" fill="#565656"/><rect x="45" y="46" width="7" height="12" fill="#3a3a3a"/><rect x="39" y="41" width="5" height="5" fill="#e2e2e2"/>
    <circle cx="82" cy="46" r="9" fill="#606060"/><rect x="80.5" y="52" width="3" height="10" fill="#444"/>`
  const boat = `<rect width="100" height="75" fill="#dedede"/><path d="M60 40 Q 74 18 94 40Z" fill="#6c6c6c"/><rect y="40" width="100" height="35" fill="#8d8d8d"/>
    <g transform="translate(${6 + 36 * at} 0)"><path d="M4 44 H36 L30 54 H10Z" fill="#4a4a4a"/><path d="M19 42 V12 L34 40Z" fill="#f0f0f0"/><path d="M17 42 V18 L6 40Z" fill="#cfcfcf"/></g>
    <path d="M0 60 Q 25 57 50 60 T 100 60 V75 H0Z" fill="#777"/>`
  return Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 100 75" preserveAspectRatio="none">${shot === 0 ? house : boat}</svg>`)
}

/** Draws a grey film of two shots of `frames` frames each as numbered PNG into `folder`; answers their pattern for ffmpeg. */
export async function drawFilmFrames(folder: string, frames: number, size = { width: 640, height: 480 }): Promise<string> {
  mkdirSync(folder, { recursive: true })
  for (let n = 0; n < 2 * frames; n++) {
    const shot = n < frames ? 0 : 1
    const svg = filmFrame(size.width, size.height, (n % frames) / frames, shot)
    await sharp(svg).removeAlpha().grayscale().png({ compressionLevel: 1 }).toFile(join(folder, `frame-${String(n).padStart(4, '0')}.png`))
  }
  return join(folder, 'frame-%04d.png')
}
