// Every import below src, resolved: the ground of the wall, cycle and package checks.
import { statSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { join } from 'node:path'
import { cruise, type ICruiseResult, type IModule } from 'dependency-cruiser'

const read = new Map<string, Promise<IModule[]>>()

async function readModules(root: string): Promise<IModule[]> {
  if (!statSync(join(root, 'src'), { throwIfNoEntry: false })) return []
  const { output } = await cruise(
    ['src'],
    {
      baseDir: root,
      ruleSet: { forbidden: [{ name: 'cycle', severity: 'error', from: {}, to: { circular: true } }] },
      validate: true,
      // Imports of types alone count too: a room that knows another's types leans on it.
      tsPreCompilationDeps: true,
      doNotFollow: { path: 'node_modules' },
      // AssemblyScript: compiled by its own compiler, which shares only the file ending.
      exclude: { path: '^src/engine/kernels/assembly/' },
    },
    { extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json'], conditionNames: ['import', 'require', 'node', 'default', 'types'] },
  )
  const { modules } = output as ICruiseResult
  return modules.filter((module) => module.source.startsWith('src/'))
}

/**
 * The modules below src with what each imports; read once a root, since three checks ask.
 * Throws where there are sources but none were read: an importer that sees nothing would pass everything.
 */
export async function sourceModules(root: string): Promise<IModule[]> {
  const modules = await (read.get(root) ?? read.set(root, readModules(root)).get(root)!)
  if (modules.length === 0) throw new Error(`0 modules were read below ${root}/src: the import checks would pass anything.`)
  return modules
}

/** What an import names: a file of ours, a package of the registry, a module of Node, or nothing that exists. */
export type Target = { kind: 'file'; path: string } | { kind: 'package'; name: string } | { kind: 'node'; name: string } | { kind: 'missing'; name: string }

/** Sorts out what `specifier`, which the cruiser resolved to `resolved`, stands for. */
export function targetOf(specifier: string, resolved: string, couldNotResolve: boolean): Target {
  if (specifier.startsWith('node:') || isBuiltin(specifier)) return { kind: 'node', name: specifier.replace(/^node:/, '') }
  if (/^[./]/.test(specifier)) {
    return couldNotResolve ? { kind: 'missing', name: specifier } : { kind: 'file', path: resolved }
  }
  // Imports of a bundler's suffix, such as `x?worker`, name the file or package before it.
  const [scopeOrName, name] = specifier.split('?')[0]!.split('/')
  return { kind: 'package', name: scopeOrName!.startsWith('@') ? `${scopeOrName}/${name}` : scopeOrName! }
}
