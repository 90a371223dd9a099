import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import { RPCHandler as HttpHandler } from '@orpc/server/node'
import { RPCHandler as SocketHandler } from '@orpc/server/ws'
import { WebSocketServer, type WebSocket } from 'ws'
import { asHourglassError } from '../contract/errors.ts'
import { grantId, pictureKey } from '../contract/ids.ts'
import { fault } from '../core/texts/wording.ts'
import { callInterceptors, contextOfClient, statusOf } from '../studio/hosting/calls.ts'
import type { Studio } from '../studio/index.ts'
import { Guard } from './guard.ts'
import { secure, sendError, sendJson, sendText } from './headers.ts'
import { resolveStatic, sendFile } from './static-files.ts'
import { Uploads } from './uploads.ts'

const pingEveryMs = 30_000
/** A recipe with a hundred thousand hints is a few megabytes. */
const longestMessageBytes = 64 * 1024 * 1024

export interface WebHostOptions {
  readonly studio: Pick<Studio, 'router' | 'grants' | 'pictures'>
  /** The built page. */
  readonly renderer: string
  /** The tab's icon, for browsers that ask for it before they have read the page. */
  readonly icon: string
  /** Where uploads are kept. */
  readonly uploads: string
  /** Where projects that arrive as uploads stay. */
  readonly projects: string
  /** 0 takes any free port. */
  readonly port: number
}

export interface WebHost {
  readonly port: number
  /** With the token: whoever opens it is let in. */
  readonly address: string
  close(): Promise<void>
}

/** The studio at 127.0.0.1, for one person's browser. */
export async function startWebHost(options: WebHostOptions): Promise<WebHost> {
  const { studio } = options
  const uploads = new Uploads(options, studio.grants)
  await uploads.clear()
  const http = new HttpHandler(studio.router, { clientInterceptors: callInterceptors() })
  const socket = new SocketHandler(studio.router, { clientInterceptors: callInterceptors() })
  const sockets = new WebSocketServer({ noServer: true, maxPayload: longestMessageBytes })
  const server = createServer()
  const port = await listen(server, options.port)
  const guard = new Guard(port)

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    secure(response, port)
    if (request.url === '/favicon.ico') {
      if (!(await sendFile(response, options.icon, { cache: 'check', head: request.method === 'HEAD' }))) sendText(response, 404, 'There is no icon.')
      return
    }
    const verdict = guard.check(request)
    if (verdict.kind === 'welcome') {
      response.writeHead(303, { Location: verdict.location, 'Set-Cookie': verdict.cookie, 'Cache-Control': 'no-store' }).end()
      return
    }
    if (verdict.kind === 'refuse') return sendText(response, 403, verdict.reason)
    const url = new URL(request.url ?? '/', `http://127.0.0.1:${port}`)
    if (url.pathname.startsWith('/rpc/')) {
      const { matched } = await http.handle(request, response, { prefix: '/rpc', context: {} })
      if (!matched) sendText(response, 404, 'There is no such call.')
      return
    }
    if (url.pathname === '/upload') return takeUpload(request, response, url)
    if (request.method !== 'GET' && request.method !== 'HEAD') return sendText(response, 405, 'Only GET here.')
    const head = request.method === 'HEAD'
    const [, place, name] = /^\/(pictures|download)\/([^/]+)$/.exec(url.pathname) ?? []
    if (place === 'pictures' && name !== undefined) {
      const key = pictureKey.safeParse(name)
      const file = key.success ? studio.pictures.path(key.data) : null
      if (!file || !(await sendFile(response, file, { cache: 'forever', head, range: request.headers.range }))) sendText(response, 404, 'This picture is not in the cache any more.')
      return
    }
    if (place === 'download' && name !== undefined) {
      const grant = studio.grants.resolve(grantId.parse(decodeURIComponent(name)))
      const downloadAs = url.searchParams.get('name') || grant.name
      if (grant.isFolder || !(await sendFile(response, grant.path, { cache: 'check', head, downloadAs }))) {
        throw fault('bad-input', 'fault.notThereAnyMore', 'remedy.exportAgain', { file: grant.name })
      }
      return
    }
    const file = resolveStatic(options.renderer, url.pathname)
    const cache = url.pathname.startsWith('/assets/') ? 'forever' : 'check'
    if (!file || !(await sendFile(response, file, { cache, head }))) {
      const isPage = file === join(options.renderer, 'index.html')
      sendText(response, isPage ? 503 : 404, isPage ? 'The page is not built yet: run `npm run build` once, then reload.' : 'There is nothing here.')
    }
  }

  async function takeUpload(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const batch = url.searchParams.get('batch') ?? ''
    if (request.method === 'PUT') {
      await uploads.take(request, batch, url.searchParams.get('path') ?? '')
      response.writeHead(204).end()
    } else if (request.method === 'POST') {
      request.resume()
      sendJson(response, 200, await uploads.grant(batch, url.searchParams.get('name') ?? ''))
    } else sendText(response, 405, 'PUT a file, or POST to have it granted.')
  }

  server.on('request', (request, response) => {
    answer(request, response).catch((thrown: unknown) => {
      const error = asHourglassError(thrown)
      if (response.headersSent) return void response.destroy()
      // What was not read of a refused body is not waited for.
      if (!request.complete) response.setHeader('Connection', 'close')
      sendError(response, statusOf(error.code), error.toData())
    })
  })

  server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    const path = new URL(request.url ?? '/', `http://127.0.0.1:${port}`).pathname
    // A browser always sends Origin with a WebSocket; the guard has compared it.
    if (path !== '/ws' || guard.check(request).kind !== 'allow') {
      stream.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n')
      return
    }
    sockets.handleUpgrade(request, stream, head, (opened) => {
      void socket.upgrade(opened, { context: contextOfClient() })
      keepAlive(opened)
    })
  })

  return {
    port,
    address: `http://127.0.0.1:${port}/?token=${guard.token}`,
    async close() {
      for (const opened of sockets.clients) opened.close(1001)
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeIdleConnections()
      const patience = setTimeout(() => {
        for (const opened of sockets.clients) opened.terminate()
        server.closeAllConnections()
      }, 500)
      await closed
      clearTimeout(patience)
    },
  }
}

/** Ends sockets whose other side has gone without a word (a laptop that slept). */
function keepAlive(socket: WebSocket): void {
  let alive = true
  socket.on('pong', () => {
    alive = true
  })
  const timer = setInterval(() => {
    if (!alive) return socket.terminate()
    alive = false
    socket.ping()
  }, pingEveryMs)
  timer.unref()
  socket.on('close', () => clearInterval(timer))
  // Without a listener a broken frame would end the process.
  socket.on('error', () => socket.terminate())
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const busy = cause.code === 'EADDRINUSE'
      reject(
        busy
          ? fault('locked', 'fault.portBusy', 'remedy.otherPort', { port }, { cause })
          : fault('locked', 'fault.portRefused', 'remedy.otherPort', { port, reason: cause.message }, { cause }),
      )
    })
    server.listen(port, '127.0.0.1', () => {
      const address = server.address()
      resolve(typeof address === 'object' && address ? address.port : port)
    })
  })
}
