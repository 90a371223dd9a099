import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { grantId } from '../../../src/contract/ids.ts'
import { Grants } from '../../../src/studio/grants/grants.ts'
import { Uploads } from '../../../src/web/uploads.ts'
import { smallRouter } from '../../transport/router.ts'
import { hostOf, type HostUnderTest } from '../../transport/web-host.ts'

let at: HostUnderTest
beforeEach(async () => {
  at = await hostOf(smallRouter())
})
afterEach(async () => {
  await at.host.close()
  await rm(at.folder, { recursive: true, force: true })
})

interface Answer {
  status: number
  headers: IncomingHttpHeaders
  text: string
}

/** A request with any header at all, which fetch would not send. */
function ask(path: string, options: { method?: string; headers?: Record<string, string>; body?: string | Buffer } = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = { cookie: at.cookie, ...options.headers }
    const request = httpRequest({ host: '127.0.0.1', port: at.host.port, path, method: options.method ?? 'GET', headers }, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (part: string) => (text += part))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }))
    })
    request.on('error', reject)
    request.end(options.body)
  })
}

describe('the web host', () => {
  it('lets nobody in without the token, and hands out a cookie once for it', async () => {
    expect((await ask('/', { headers: { cookie: '' } })).status).toBe(403)
    expect((await ask('/?token=guessed', { headers: { cookie: '' } })).status).toBe(403)
    expect((await ask('/rpc/settings/get', { method: 'POST', headers: { cookie: '' } })).status).toBe(403)
    const welcome = await ask(new URL(at.host.address).search.replace(/^/, '/'), { headers: { cookie: '' } })
    expect(welcome.status).toBe(303)
    expect(welcome.headers.location).toBe('/')
    expect(welcome.headers['set-cookie']?.[0]).toMatch(/HttpOnly; SameSite=Strict/)
  })

  it('refuses another Host and another Origin, cookie or not', async () => {
    expect((await ask('/', { headers: { host: 'studio.example.org' } })).status).toBe(403)
    expect((await ask('/rpc/settings/get', { method: 'POST', headers: { origin: 'https://example.org' } })).status).toBe(403)
    expect((await ask('/rpc/settings/get', { method: 'POST', headers: { origin: `http://127.0.0.1:${at.host.port}`, 'content-type': 'application/json' }, body: '{}' })).status).toBe(200)
    const foreign = new WebSocket(`ws://127.0.0.1:${at.host.port}/ws`, { headers: { cookie: at.cookie, origin: 'https://example.org' } })
    expect(await new Promise((resolve) => foreign.on('error', () => resolve('refused')).on('open', () => resolve('open')))).toBe('refused')
    const stranger = new WebSocket(`ws://127.0.0.1:${at.host.port}/ws`)
    expect(await new Promise((resolve) => stranger.on('error', () => resolve('refused')).on('open', () => resolve('open')))).toBe('refused')
  })

  it('serves the page under a strict policy, its own files only, and says when it is not built', async () => {
    expect((await ask('/')).text).toContain('npm run build')
    await mkdir(join(at.folder, 'page/assets'), { recursive: true })
    await writeFile(join(at.folder, 'page/index.html'), '<title>Hourglass Studio</title>')
    await writeFile(join(at.folder, 'page/assets/a-123.js'), 'export {}')
    await writeFile(join(at.folder, 'secret.txt'), 'secret')
    const page = await ask('/')
    expect(page).toMatchObject({ status: 200, text: '<title>Hourglass Studio</title>' })
    expect(page.headers['content-security-policy']).toContain("default-src 'none'")
    expect(page.headers['x-content-type-options']).toBe('nosniff')
    expect((await ask('/assets/a-123.js')).headers['cache-control']).toContain('immutable')
    for (const path of ['/../secret.txt', '/%2e%2e/secret.txt', '/..%2fsecret.txt', '/pictures/..%2fsecret.txt', '/%00.txt', '/%zz.txt']) {
      const { status, text } = await ask(path)
      expect(status, path).toBe(404)
      expect(text).not.toContain('secret')
    }
  })

  it('serves a picture by its key, to be kept for ever', async () => {
    await mkdir(join(at.folder, 'pictures'))
    await writeFile(join(at.folder, 'pictures/abcdefgh.webp'), 'pixels')
    const picture = await ask('/pictures/abcdefgh.webp')
    expect(picture).toMatchObject({ status: 200, text: 'pixels' })
    expect(picture.headers).toMatchObject({ 'content-type': 'image/webp', 'cache-control': 'private, max-age=31536000, immutable' })
    const part = await ask('/pictures/abcdefgh.webp', { headers: { range: 'bytes=1-3' } })
    expect([part.status, part.text, part.headers['content-range'], part.headers['content-length']]).toEqual([206, 'ixe', 'bytes 1-3/6', '3'])
    const outside = await ask('/pictures/abcdefgh.webp', { headers: { range: 'bytes=6-' } })
    expect([outside.status, outside.headers['content-range']]).toEqual([416, 'bytes */6'])
    expect((await ask('/pictures/zzzzzzzz.webp')).status).toBe(404)
  })

  it('takes files and folders as uploads and grants them to the studio', async () => {
    expect((await ask('/upload?batch=batch-0001&path=one%20%E7%85%A7.jpg', { method: 'PUT', body: 'photo' })).status).toBe(204)
    expect((await ask('/upload?batch=batch-0001&path=trip/day1/two.jpg', { method: 'PUT', body: 'photo two' })).status).toBe(204)
    const file = JSON.parse((await ask('/upload?batch=batch-0001&name=one%20%E7%85%A7.jpg', { method: 'POST' })).text) as { grant: string; name: string; isFolder: boolean }
    expect(file).toMatchObject({ name: 'one 照.jpg', isFolder: false })
    const granted = at.grants.resolve(grantId.parse(file.grant))
    expect(granted.ownership).toBe('uploaded')
    expect(await readFile(granted.path, 'utf8')).toBe('photo')
    const folder = JSON.parse((await ask('/upload?batch=batch-0001&name=trip', { method: 'POST' })).text) as { grant: string; isFolder: boolean }
    expect(folder.isFolder).toBe(true)
    expect(await readFile(join(at.grants.resolve(grantId.parse(folder.grant)).path, 'day1/two.jpg'), 'utf8')).toBe('photo two')
  })

  it('keeps a project that arrives as an upload, beside one of the same name', async () => {
    for (const batch of ['batch-0004', 'batch-0005']) {
      await ask(`/upload?batch=${batch}&path=Family.hourglass/project.sqlite`, { method: 'PUT', body: 'database' })
      const { grant } = JSON.parse((await ask(`/upload?batch=${batch}&name=Family.hourglass`, { method: 'POST' })).text) as { grant: string }
      expect(at.grants.resolve(grantId.parse(grant))).toMatchObject({ ownership: 'linked', write: true })
    }
    expect((await readdir(join(at.folder, 'projects'))).sort()).toEqual(['Family-2.hourglass', 'Family.hourglass'])
  })

  it('refuses upload names that lead elsewhere', async () => {
    for (const path of ['../x.jpg', 'a/../../x.jpg', '', 'a\\..\\x.jpg', '%00']) {
      const { status, text } = await ask(`/upload?batch=batch-0001&path=${path}`, { method: 'PUT', body: 'x' })
      expect(status, path).toBe(400)
      expect(JSON.parse(text)).toMatchObject({ code: 'bad-input', remedy: expect.any(String) })
    }
    expect((await ask('/upload?batch=../../etc&path=x.jpg', { method: 'PUT', body: 'x' })).status).toBe(400)
  })

  it('removes an upload that broke off', async () => {
    const request = httpRequest({ host: '127.0.0.1', port: at.host.port, path: '/upload?batch=batch-0002&path=big.jpg', method: 'PUT', headers: { cookie: at.cookie, 'content-length': '1000000' } })
    request.on('error', () => undefined)
    request.write('the beginning')
    await expect.poll(() => readdir(join(at.folder, 'uploads/batch-0002')).catch(() => [])).toHaveLength(1)
    request.destroy()
    await expect.poll(() => readdir(join(at.folder, 'uploads/batch-0002'))).toHaveLength(0)
    expect((await ask('/upload?batch=batch-0002&name=big.jpg', { method: 'POST' })).status).toBe(400)
  })

  it('hands out a granted file as a download with its name', async () => {
    const path = join(at.folder, 'export.png')
    await writeFile(path, 'pixels')
    const { grant } = at.grants.give(path)
    const download = await ask(`/download/${grant}?name=${encodeURIComponent('Oma – Farbe.png')}`)
    expect(download).toMatchObject({ status: 200, text: 'pixels' })
    expect(download.headers['content-disposition']).toBe("attachment; filename*=UTF-8''Oma%20%E2%80%93%20Farbe.png")
    expect((await ask('/download/never-given')).status).toBe(400)
    expect((await ask(`/download/${at.grants.give(at.folder).grant}`)).status).toBe(400)
  })

  it('ends while a page holds a socket open', async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${at.host.port}/ws`, { headers: { cookie: at.cookie } })
    await new Promise((resolve) => socket.on('open', resolve))
    const closed = new Promise((resolve) => socket.on('close', (code) => resolve(code)))
    await Promise.race([at.host.close(), pause(5000).then(() => Promise.reject(new Error('did not end')))])
    expect(await closed).toBe(1001)
  })
})

describe('uploads on a full disk', () => {
  it('are refused before a byte is kept', async () => {
    const uploads = new Uploads({ uploads: join(at.folder, 'uploads'), projects: join(at.folder, 'projects') }, new Grants(), async () => 300 * 1024 * 1024)
    const request = Object.assign((await import('node:stream')).Readable.from(['x']), { headers: { 'content-length': String(100 * 1024 * 1024) } })
    await expect(uploads.take(request as never, 'batch-0003', 'big.tif')).rejects.toMatchObject({ code: 'no-space' })
    expect(await readdir(join(at.folder, 'uploads/batch-0003'))).toEqual([])
  })
})
