import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

/** What the guard decides about one request. */
export type Verdict =
  | { readonly kind: 'allow' }
  /** The token in the address was right: send the page to `location` with this cookie. */
  | { readonly kind: 'welcome'; readonly cookie: string; readonly location: string }
  | { readonly kind: 'refuse'; readonly reason: string }

function same(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)]
  return a.length === b.length && timingSafeEqual(a, b)
}

/**
 * Lets in only the person who started the host. Three locks: the Host header must be this machine (against DNS
 * rebinding), an Origin, where sent, must be this very page (against other sites), and every request must carry
 * the cookie that is handed out once for the token in the printed address.
 */
export class Guard {
  readonly token = randomBytes(24).toString('base64url')
  readonly #secret = randomBytes(32).toString('base64url')
  readonly #hosts: ReadonlySet<string>
  readonly #cookieName: string

  constructor(port: number) {
    this.#hosts = new Set([`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`])
    // Browsers share cookies between the ports of a host; two studios must not sign each other out.
    this.#cookieName = `hourglass-${port}`
  }

  check(request: IncomingMessage): Verdict {
    const host = request.headers.host ?? ''
    if (!this.#hosts.has(host)) return { kind: 'refuse', reason: 'This address does not belong to the studio.' }
    const origin = request.headers.origin
    if (origin !== undefined && origin !== `http://${host}`) return { kind: 'refuse', reason: 'Another site asked for this.' }
    const url = new URL(request.url ?? '/', `http://${host}`)
    const token = url.searchParams.get('token')
    if (request.method === 'GET' && token !== null && same(token, this.token)) {
      url.searchParams.delete('token')
      const cookie = `${this.#cookieName}=${this.#secret}; HttpOnly; SameSite=Strict; Path=/`
      return { kind: 'welcome', cookie, location: url.pathname + url.search }
    }
    const cookies = (request.headers.cookie ?? '').split(';').map((part) => part.trim())
    const prefix = `${this.#cookieName}=`
    if (cookies.some((cookie) => cookie.startsWith(prefix) && same(cookie.slice(prefix.length), this.#secret))) return { kind: 'allow' }
    return { kind: 'refuse', reason: 'Open the studio with the whole address that was printed when it started, token included.' }
  }
}
