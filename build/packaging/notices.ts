// The licences of everything that travels in the application: packages beside it and packages bundled into it.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { packages } from '../check/packages.ts'
import { repositoryRoot } from '../run.ts'

interface Manifest {
  name: string
  version: string
  license?: string
  dependencies?: Record<string, string>
  optionalDependencies?: Record<string, string>
}

/** The folder that `name` resolves to for a package in `from`, as Node looks it up; undefined where it is not installed. */
function findPackage(name: string, from: string): string | undefined {
  for (let folder = from; folder.startsWith(repositoryRoot); folder = dirname(folder)) {
    const found = join(folder, 'node_modules', name)
    if (existsSync(join(found, 'package.json'))) return found
  }
  return undefined
}

/** Folders of the packages that are used in a room of src, with all that they need. */
function travellingPackages(): Map<string, Manifest> {
  const travelling = new Map<string, Manifest>()
  const add = (name: string, from: string): void => {
    const folder = findPackage(name, from)
    if (!folder || travelling.has(folder)) return
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest
    travelling.set(folder, manifest)
    for (const needed of Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies })) add(needed, folder)
  }
  for (const [name, { places }] of Object.entries(packages)) {
    // Electron brings its own notices; Vite only lends its types to the page.
    if (name === 'electron' || name === 'vite') continue
    if (places.some((place) => !['tests', 'build', 'tool'].includes(place))) add(name, repositoryRoot)
  }
  return travelling
}

function licenceText(folder: string): string {
  const files = readdirSync(folder).filter((name) => /^(licen[cs]e|copying|notice)/i.test(name)).sort()
  return files.map((name) => readFileSync(join(folder, name), 'utf8').trim()).join('\n\n')
}

/** Writes all licences into one file. Throws where a package names none: such a package may not travel. */
export function writeNotices(file: string): number {
  const entries = [...travellingPackages()].sort(([, a], [, b]) => a.name.localeCompare(b.name))
  const nameless = entries.filter(([folder, { license }]) => !license && licenceText(folder) === '')
  if (nameless.length > 0) throw new Error(`no licence is named by ${nameless.map(([, { name }]) => name).join(', ')}`)
  const parts = entries.map(([folder, { name, version, license }]) => `${name} ${version} (${license ?? 'see below'})\n\n${licenceText(folder) || `Licence: ${license}`}`)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `Hourglass Studio carries the following packages.\n\n${parts.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`)
  return entries.length
}
