// Every npm package of the project: where it may be used and why it is here. A package that is not listed, or used
// in another place, fails (rule `package`). docs/dependencies.md is written from this table.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Finding, listFiles, type Outcome } from './finding.ts'
import { sourceModules, targetOf } from './imports.ts'
import { roomOf, type RoomName } from './rooms.ts'

/** A room, the tests, the build scripts, or `tool`: started by name, imported nowhere in src. */
type Place = RoomName | 'tests' | 'build' | 'tool'

interface PackageEntry {
  places: readonly Place[]
  licence: string
  why: string
}

const ui = ['renderer', 'tests'] as const

export const packages: Record<string, PackageEntry> = {
  // What the packaged application carries.
  'onnxruntime-node': { places: ['engine', 'tests'], licence: 'MIT', why: 'runs the networks, on the CPU or a GPU; the only maintained ONNX runtime for Node' },
  sharp: { places: ['engine', 'tests', 'build'], licence: 'Apache-2.0', why: 'decodes, scales and encodes pictures in strips, at 8 and 16 bit (libvips)' },
  'fluent-ffmpeg': { places: ['engine', 'tests'], licence: 'MIT', why: 'reads what an ffmpeg of any version can do; frame pipes are our own' },
  'ffmpeg-static': { places: ['engine', 'tests'], licence: 'GPL-3.0 (a program beside ours)', why: 'brings ffmpeg where the system has none; optional' },
  'heic-decode': { places: ['engine', 'tests'], licence: 'ISC', why: 'opens HEIC photographs, which sharp cannot' },
  'libheif-js': { places: ['engine', 'tests'], licence: 'LGPL-3.0', why: 'libheif in WebAssembly, under heic-decode' },
  'bmp-ts': { places: ['engine', 'tests'], licence: 'MIT', why: 'opens BMP, which sharp cannot' },
  // Bundled into the built files.
  zod: { places: ['contract', 'core', 'engine', 'studio', 'main', 'web', 'cli', 'renderer', 'tests', 'build'], licence: 'MIT', why: 'schemas of everything that crosses a wall; types are drawn from them' },
  '@orpc/contract': { places: ['contract', 'renderer', 'tests'], licence: 'MIT', why: 'one contract of calls for three transports' },
  '@orpc/server': { places: ['studio', 'main', 'web', 'cli', 'tests'], licence: 'MIT', why: 'answers the contract over MessagePort, HTTP, WebSocket and in process' },
  '@orpc/client': { places: ['renderer', 'cli', 'tests'], licence: 'MIT', why: 'asks the contract from page and terminal' },
  immer: { places: ['core', 'studio', 'renderer', 'tests'], licence: 'MIT', why: 'forward and inverse patches for undo and redo' },
  'ag-psd': { places: ['engine', 'tests'], licence: 'MIT', why: 'reads and writes Photoshop documents with layers, groups and Unicode names' },
  yauzl: { places: ['engine', 'tests'], licence: 'MIT', why: 'reads ZIP (CBZ, OpenRaster) by its directory, entry by entry, checking sizes' },
  yazl: { places: ['engine', 'tests'], licence: 'MIT', why: 'writes ZIP entry by entry with fixed dates, so that the same pages give the same bytes' },
  commander: { places: ['cli', 'tests'], licence: 'MIT', why: 'parses the command line and writes its help' },
  ws: { places: ['web', 'tests'], licence: 'MIT', why: 'WebSocket of the web host, which Node serves not by itself' },
  i18next: { places: ['core', 'renderer', 'tests'], licence: 'MIT', why: 'texts in three languages, switched live' },
  'react-i18next': { places: ui, licence: 'MIT', why: 'i18next in React' },
  react: { places: ui, licence: 'MIT', why: 'draws the window' },
  'react-dom': { places: ui, licence: 'MIT', why: 'React in a browser window' },
  '@mantine/core': { places: ui, licence: 'MIT', why: 'accessible controls with a theme; no control of ours was better' },
  '@mantine/hooks': { places: ui, licence: 'MIT', why: 'small hooks (hotkeys, element size) that Mantine is built on' },
  '@mantine/dropzone': { places: ui, licence: 'MIT', why: 'dropped files and folders' },
  '@mantine/notifications': { places: ui, licence: 'MIT', why: 'messages at the edge of the window' },
  '@mantine/spotlight': { places: ui, licence: 'MIT', why: 'command palette' },
  '@tabler/icons-react': { places: ui, licence: 'MIT', why: 'outline icons of one family' },
  '@tanstack/react-query': { places: ui, licence: 'MIT', why: 'cache of what the host answered; newest wins' },
  '@tanstack/react-virtual': { places: ui, licence: 'MIT', why: 'long grids and strips draw only what is seen' },
  zustand: { places: ui, licence: 'MIT', why: 'small stores of what is only on screen' },
  // Tools of building and checking.
  electron: { places: ['main', 'preload', 'tests', 'tool'], licence: 'MIT', why: 'the window' },
  'electron-vite': { places: ['build'], licence: 'MIT', why: 'builds main, preload and page with one configuration' },
  'electron-builder': { places: ['tool', 'build'], licence: 'MIT', why: 'packages and installers for three systems' },
  vite: { places: ['build', 'renderer'], licence: 'MIT', why: 'bundler under electron-vite and vitest' },
  '@vitejs/plugin-react': { places: ['build'], licence: 'MIT', why: 'React in Vite' },
  assemblyscript: { places: ['tool', 'build'], licence: 'Apache-2.0', why: 'compiles the pixel loops to WebAssembly SIMD' },
  node: { places: ['tool'], licence: 'MIT', why: 'Node 24 for scripts and tests where the machine has an older one' },
  typescript: { places: ['build'], licence: 'Apache-2.0', why: 'compiler interface: dependency-cruiser reads imports with it, the check of texts reads catalogues' },
  typescript7: { places: ['tool'], licence: 'Apache-2.0', why: 'the native compiler: checks all rooms in seconds' },
  oxlint: { places: ['tool'], licence: 'MIT', why: 'lint in under a second' },
  'dependency-cruiser': { places: ['build'], licence: 'MIT', why: 'resolves every import for the walls between rooms' },
  knip: { places: ['tool'], licence: 'ISC', why: 'finds files and exports that nothing uses' },
  vitest: { places: ['tests', 'build'], licence: 'MIT', why: 'test runner' },
  'happy-dom': { places: ['tests', 'tool'], licence: 'MIT', why: 'a DOM for component tests' },
  '@testing-library/react': { places: ['tests'], licence: 'MIT', why: 'component tests that look as a user looks' },
  '@testing-library/dom': { places: ['tests'], licence: 'MIT', why: 'queries by role and name' },
  'playwright-core': { places: ['tests'], licence: 'Apache-2.0', why: 'drives a real Chromium' },
  'axe-core': { places: ['tests'], licence: 'MPL-2.0', why: 'finds what a screen reader would stumble over' },
  '@types/node': { places: ['tool'], licence: 'MIT', why: 'types of Node' },
  '@types/react': { places: ['tool'], licence: 'MIT', why: 'types of React' },
  '@types/react-dom': { places: ['tool'], licence: 'MIT', why: 'types of React DOM' },
  '@types/fluent-ffmpeg': { places: ['tool'], licence: 'MIT', why: 'types of fluent-ffmpeg' },
  '@types/yauzl': { places: ['tool'], licence: 'MIT', why: 'types of yauzl' },
  '@types/yazl': { places: ['tool'], licence: 'MIT', why: 'types of yazl' },
  '@types/ws': { places: ['tool'], licence: 'MIT', why: 'types of ws' },
}

const tablePage = 'docs/dependencies.md'
const tableFile = 'build/check/packages.ts'

interface Manifest {
  dependencies?: Record<string, string>
  optionalDependencies?: Record<string, string>
  devDependencies?: Record<string, string>
}

function readManifest(root: string): Manifest {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest
}

function installedNames({ dependencies, optionalDependencies, devDependencies }: Manifest): string[] {
  return Object.keys({ ...dependencies, ...optionalDependencies, ...devDependencies }).sort()
}

/** The packages that the text of a script or test names; resolved imports are read for src alone. */
function namedIn(root: string, file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8')
  const imports = text.matchAll(/(?:^import\s(?:[^'"]*\sfrom\s)?|^export\s[^'"]*\sfrom\s|\bimport\()\s*['"]([^'"\n]+)['"]/gm)
  return [...imports].flatMap(([, specifier]) => {
    const target = targetOf(specifier!, '', false)
    return target.kind === 'package' ? [target.name] : []
  })
}

function placeProblem(name: string, place: Place): string | undefined {
  const entry = packages[name]
  if (!entry) return `uses the package ${name}, which is not listed in ${tableFile}: add it with its place and reason (${tablePage})`
  if (entry.places.includes(place)) return undefined
  return `uses the package ${name} in ${place}, but it is listed for ${entry.places.join(', ')} (${tablePage})`
}

export async function checkPackages(root: string): Promise<Outcome> {
  const findings: Finding[] = []
  const object = (place: string, message: string | undefined): void => {
    if (message) findings.push({ rule: 'package', place, message })
  }
  for (const module of await sourceModules(root)) {
    const room = roomOf(module.source)
    if (!room) continue
    for (const { module: specifier, resolved, couldNotResolve } of module.dependencies) {
      const target = targetOf(specifier, resolved, couldNotResolve)
      // Electron has a wall of its own.
      if (target.kind === 'package' && target.name !== 'electron') object(module.source, placeProblem(target.name, room))
    }
  }
  for (const [folder, place] of [['tests', 'tests'], ['build', 'build']] as const) {
    for (const file of listFiles(root, folder, ['.ts', '.tsx', '.mjs'])) {
      // Tests of these rules write forbidden imports as text.
      if (file.startsWith('tests/unit/build/')) continue
      for (const name of namedIn(root, file)) object(file, placeProblem(name, place))
    }
  }
  const manifest = readManifest(root)
  const installed = installedNames(manifest)
  for (const name of installed) object('package.json', packages[name] ? undefined : `installs ${name}, which is not listed in ${tableFile} (${tablePage})`)
  return { findings, summary: `${installed.length} packages` }
}

/** The text of docs/dependencies.md. */
export function dependenciesPage(root: string): string {
  const manifest = readManifest(root)
  const versions = { ...manifest.dependencies, ...manifest.optionalDependencies, ...manifest.devDependencies }
  const shipped = new Set(Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies }))
  const row = (name: string): string => {
    const { places, licence, why } = packages[name]!
    return `| ${name} | ${versions[name]} | ${places.join(', ')} | ${licence} | ${why} |`
  }
  const known = Object.keys(packages).filter((name) => name in versions)
  const isTool = (name: string): boolean => packages[name]!.places.every((place) => ['tests', 'build', 'tool'].includes(place)) || name === 'vite' || name === 'electron'
  const table = (names: string[]): string[] => ['| package | version | used in | licence | why it is here |', '| --- | --- | --- | --- | --- |', ...names.map(row), '']
  return [
    '# Dependencies',
    '',
    'Written by `node build/check.ts packages --write` from `build/check/packages.ts`; `npm run check` fails when a package is',
    'not listed there, is used in another room, or when this page is out of date. Each package was released within the last',
    'year or is finished and small, and its licence goes with MIT.',
    '',
    '## Carried by the packaged application',
    '',
    ...table(known.filter((name) => shipped.has(name))),
    '## Bundled into the built files',
    '',
    ...table(known.filter((name) => !shipped.has(name) && !isTool(name))),
    '## Tools: building, checking, testing',
    '',
    ...table(known.filter((name) => !shipped.has(name) && isTool(name))),
  ].join('\n')
}

/** Rule `package-page`: docs/dependencies.md says what the table says. */
export async function checkDependenciesPage(root: string): Promise<Outcome> {
  let page = ''
  try {
    page = readFileSync(join(root, tablePage), 'utf8')
  } catch {
    // a missing page differs from the table, which is what is reported
  }
  const same = page === dependenciesPage(root)
  const message = 'is not what the table says; write it with `node build/check.ts packages --write`'
  return { findings: same ? [] : [{ rule: 'package-page', place: tablePage, message }], summary: tablePage }
}
