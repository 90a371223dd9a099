import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Grants } from '../../src/studio/grants/grants.ts'
import type { Studio } from '../../src/studio/index.ts'
import { startWebHost, type WebHost } from '../../src/web/server.ts'
import type { SmallStudio } from './router.ts'

export interface HostUnderTest {
  readonly host: WebHost
  readonly cookie: string
  readonly grants: Grants
  readonly folder: string
}

/** The real web host around a small studio; the cookie is got the way a browser gets it. Its folder goes when it closes. */
export async function hostOf(studio: SmallStudio): Promise<HostUnderTest> {
  const folder = await mkdtemp(join(tmpdir(), 'hourglass-web-'))
  const grants = new Grants()
  const host = await startWebHost({
    // A part of the contract is enough here; what it lacks is answered with "no such call".
    studio: { router: studio.router as unknown as Studio['router'], grants, pictures: { path: (key: string) => join(folder, 'pictures', key) } },
    renderer: join(folder, 'page'),
    icon: join(folder, 'icon.svg'),
    uploads: join(folder, 'uploads'),
    projects: join(folder, 'projects'),
    port: 0,
  })
  const welcome = await fetch(host.address, { redirect: 'manual' })
  const cookie = (welcome.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
  const close = async (): Promise<void> => {
    await host.close()
    await rm(folder, { recursive: true, force: true })
  }
  return { host: { ...host, close }, cookie, grants, folder }
}
