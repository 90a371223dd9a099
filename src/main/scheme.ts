import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import { Readable } from 'node:stream'
import type { Protocol } from 'electron'
import { studioOrigin, studioScheme } from '../contract/bridge.ts'
import { pictureKey, type PictureKey } from '../contract/ids.ts'
import { byteRange } from '../studio/hosting/byte-range.ts'

/** Rights of the page's own scheme: as trustworthy as https, and fetch and video work in it. */
export const schemePrivileges = [
  { scheme: studioScheme, privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true } },
]

/** Only what the page itself brings may run or load. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' blob: data:",
  "media-src 'self' blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
}

async function fileAnswer(file: string, immutable: boolean, range: string | null = null): Promise<Response> {
  const found = await stat(file).catch(() => null)
  if (!found?.isFile()) return new Response('Not here.', { status: 404 })
  const part = byteRange(range, found.size)
  if (part === 'outside') return new Response(null, { status: 416, headers: { 'Content-Range': `bytes */${found.size}` } })
  return new Response(Readable.toWeb(createReadStream(file, part ? { start: part.from, end: part.to } : {})) as ReadableStream<Uint8Array>, {
    status: part ? 206 : 200,
    headers: {
      ...(part && { 'Content-Range': `bytes ${part.from}-${part.to}/${found.size}` }),
      'Content-Type': types[extname(file).toLowerCase()] ?? 'application/octet-stream',
      'Content-Length': String(part ? part.to - part.from + 1 : found.size),
      'Content-Security-Policy': contentSecurityPolicy,
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': immutable ? 'private, max-age=31536000, immutable' : 'no-cache',
    },
  })
}

/** Serves the page's files and, by key, the pictures of the cache; nothing else of the disk can be named. */
export function serveScheme(protocol: Pick<Protocol, 'handle'>, options: { renderer: string; pathOf: (key: PictureKey) => string | null | Promise<string | null> }): void {
  protocol.handle(studioScheme, async (request) => {
    const url = new URL(request.url)
    if (`${url.protocol}//${url.host}` !== studioOrigin || request.method !== 'GET') return new Response('Not here.', { status: 404 })
    const name = /^\/pictures\/([^/]+)$/.exec(url.pathname)?.[1]
    if (name !== undefined) {
      const key = pictureKey.safeParse(name)
      const picture = key.success ? await options.pathOf(key.data) : null
      return picture ? fileAnswer(picture, true, request.headers.get('range')) : new Response('Not in the cache.', { status: 404 })
    }
    const path = decodeURIComponent(url.pathname)
    const file = normalize(join(options.renderer, extname(path) ? path : 'index.html'))
    return file.startsWith(normalize(options.renderer) + sep) ? fileAnswer(file, path.startsWith('/assets/')) : new Response('Not here.', { status: 404 })
  })
}
