import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { extname, join, normalize, sep } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { byteRange } from '../studio/hosting/byte-range.ts'

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.webp': 'image/webp',
  '.avif': 'image/avif',
  '.tiff': 'image/tiff',
  '.tif': 'image/tiff',
  '.gif': 'image/gif',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain; charset=utf-8',
}

/** The media type of a file by its name's ending. */
export function mediaType(file: string): string {
  return types[extname(file).toLowerCase()] ?? 'application/octet-stream'
}

/**
 * The file of `folder` that an address names, or null: '/' is index.html, and so is an address without an
 * ending (the page's own routes). Nothing outside the folder is ever named.
 */
export function resolveStatic(folder: string, pathname: string): string | null {
  let path: string
  try {
    path = decodeURIComponent(pathname)
  } catch {
    return null
  }
  if (path.includes('\0')) return null
  const file = normalize(join(folder, extname(path) ? path : 'index.html'))
  return file.startsWith(normalize(folder) + sep) ? file : null
}

/**
 * Sends a file; false when it is not there. `cache`: 'forever' for content that its name identifies, 'check' for
 * what may change under the same name. `range`: the header that asks for a part.
 */
export async function sendFile(response: ServerResponse, file: string, options: { cache: 'forever' | 'check'; head: boolean; downloadAs?: string; range?: string | undefined }): Promise<boolean> {
  const found = await stat(file).catch(() => null)
  if (!found?.isFile()) return false
  const part = byteRange(options.range, found.size)
  if (part === 'outside') {
    response.writeHead(416, { 'Content-Range': `bytes */${found.size}` }).end()
    return true
  }
  response.writeHead(part ? 206 : 200, {
    'Content-Type': mediaType(file),
    'Content-Length': part ? part.to - part.from + 1 : found.size,
    ...(part && { 'Content-Range': `bytes ${part.from}-${part.to}/${found.size}` }),
    'Cache-Control': options.cache === 'forever' ? 'private, max-age=31536000, immutable' : 'no-cache',
    ...(options.downloadAs && { 'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(options.downloadAs)}` }),
  })
  if (options.head) {
    response.end()
    return true
  }
  // A reader that goes away in the middle is no failure of ours.
  await pipeline(createReadStream(file, part ? { start: part.from, end: part.to } : {}), response).catch(() => undefined)
  return true
}
