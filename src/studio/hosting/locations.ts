import { existsSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { basename, delimiter, dirname, join, resolve, sep } from 'node:path'

/** Where everything lies that a host needs, as absolute paths. */
export interface Locations {
  /** The folder with the product's package.json; inside `app.asar` in an installed app. */
  readonly root: string
  /** Version of the product, from package.json. */
  readonly version: string
  /** Settings, cache, recent projects and projects of the studio's own. */
  readonly data: string
  /** Models that came with the product. */
  readonly bundledModels: string
  /** Folders of HOURGLASS_MODELS, in their order. */
  readonly extraModels: readonly string[]
  /** Icons, samples, licences. */
  readonly resources: string
  /** The built page. */
  readonly renderer: string
  /** The built preload script of the window. */
  readonly preload: string
  /** What an engine process is started with. */
  readonly engine: string
  /** Entry of the web host, for the terminal's `serve`. */
  readonly webHost: string
  /** True where this code was built by the bundler; false where Node runs the sources. */
  readonly built: boolean
}

/** Where the indexes of clips are kept, in the data folder. */
export const clipIndexes = (data: string): string => join(data, 'clips')

export interface LocateOptions {
  readonly env?: NodeJS.ProcessEnv
  readonly platform?: NodeJS.Platform
  readonly home?: string
  /** Folder of the running code: anywhere below the product's root. */
  readonly from?: string
}

/** The system's own folder for an application's data; `XDG_DATA_HOME` is obeyed. */
function systemDataFolder(env: NodeJS.ProcessEnv, platform: NodeJS.Platform, home: string): string {
  if (platform === 'win32') return join(env['APPDATA'] || join(home, 'AppData', 'Roaming'), 'Hourglass Studio')
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Hourglass Studio')
  return join(env['XDG_DATA_HOME'] || join(home, '.local', 'share'), 'hourglass-studio')
}

function findRoot(from: string): { root: string; version: string } {
  for (let folder = from; ; folder = dirname(folder)) {
    const file = join(folder, 'package.json')
    if (existsSync(file)) {
      const manifest = JSON.parse(readFileSync(file, 'utf8')) as { name?: string; version?: string }
      if (manifest.name === 'hourglass-studio') return { root: folder, version: manifest.version ?? '0.0.0' }
    }
    if (dirname(folder) === folder) {
      throw new Error(`The program's own package.json was not found above ${from}; install it again.`)
    }
  }
}

/**
 * Finds the parts of the product: run from its sources, built into `out/`, or installed (where models and
 * resources lie beside the archive, and the engine is unpacked from it so that a plain process can load it).
 */
export function locate(options: LocateOptions = {}): Locations {
  const env = options.env ?? process.env
  const from = options.from ?? import.meta.dirname
  const { root, version } = findRoot(from)
  const built = from.startsWith(join(root, 'out') + sep)
  const beside = (name: string): string => {
    const isInstalled = /^app(\.asar(\.unpacked)?)?$/.test(basename(root))
    return isInstalled && !existsSync(join(root, name)) ? join(dirname(root), name) : join(root, name)
  }
  const unpacked = root.replace(/app\.asar$/, 'app.asar.unpacked')
  return {
    root,
    version,
    data: env['HOURGLASS_DATA'] ? resolve(env['HOURGLASS_DATA']) : systemDataFolder(env, options.platform ?? process.platform, options.home ?? homedir()),
    bundledModels: beside('models'),
    extraModels: (env['HOURGLASS_MODELS'] ?? '').split(delimiter).filter(Boolean).map((folder) => resolve(folder)),
    resources: beside('resources'),
    renderer: join(root, 'out', 'renderer'),
    preload: join(root, 'out', 'preload', 'index.cjs'),
    engine: built ? join(unpacked, 'out', 'main', 'engine.js') : join(root, 'src', 'engine', 'process.ts'),
    webHost: built ? join(root, 'out', 'main', 'web.js') : join(root, 'src', 'web', 'index.ts'),
    built,
  }
}
