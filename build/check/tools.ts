// Checks that other programs make: types (the native TypeScript compiler), lint (oxlint), unused code (knip).
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type Finding, listFiles, type Outcome } from './finding.ts'
import { roomNames } from './rooms.ts'

const toolRoot = join(import.meta.dirname, '../..')

/** Runs a package's program below `root` and answers what it printed. */
function runTool(program: string, args: readonly string[], root: string): Promise<{ status: number; output: string; errors: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(toolRoot, 'node_modules', program), ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' } })
    let output = ''
    let errors = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text))
    child.once('error', reject)
    child.once('close', (status) => resolve({ status: status ?? 1, output, errors }))
  })
}

/** Rule `types`: each room compiles with only its own world's lib and types. */
export async function checkTypes(root: string): Promise<Outcome> {
  const folders = [...roomNames.map((room) => `src/${room}`), 'build', 'tests'].filter(
    (folder) => existsSync(join(root, folder, 'tsconfig.json')) && listFiles(root, folder, ['.ts', '.tsx']).length > 0,
  )
  if (folders.length === 0) throw new Error(`no tsconfig.json of a room below ${root}: nothing would be checked.`)
  const { status, output, errors } = await runTool('typescript7/bin/tsc', ['-b', ...folders, '--pretty', 'false'], root)
  const findings: Finding[] = output
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith(' '))
    .map((line) => {
      const [, place, message] = /^(.+?\(\d+,\d+\)): (.*)$/.exec(line) ?? [undefined, 'tsconfig.json', line]
      return { rule: 'types', place: place!, message: message! }
    })
  // A compiler that fails without a message must not pass; nor one that could not start.
  if (status !== 0 && findings.length === 0) throw new Error(`tsc ended with status ${status}: ${errors}`)
  // Every room that imports a broken file reports it again.
  const once = new Map(findings.map((finding) => [`${finding.place} ${finding.message}`, finding]))
  return { findings: [...once.values()], summary: `${folders.length} rooms` }
}

interface OxlintReport {
  diagnostics: { message: string; code: string; filename: string; help?: string; labels: { span: { line: number } }[] }[]
  number_of_files: number
}

/** Rule `lint`: what .oxlintrc.json asks for. */
export async function checkLint(root: string): Promise<Outcome> {
  const folders = ['src', 'build', 'tests'].filter((folder) => existsSync(join(root, folder)))
  const { output, errors } = await runTool('oxlint/bin/oxlint', ['--format', 'json', ...folders], root)
  let report: OxlintReport
  try {
    report = JSON.parse(output) as OxlintReport
  } catch {
    throw new Error(`oxlint could not run: ${errors || output}`)
  }
  const findings = report.diagnostics.map(({ message, code, filename, labels }) => ({ rule: 'lint', place: `${filename}:${labels[0]?.span.line ?? 0}`, message: `${message} (${code})` }))
  return { findings, summary: `${report.number_of_files} files` }
}

interface KnipReport {
  issues: ({ file: string } & Record<string, string | { name: string; line?: number }[]>)[]
}

const knipKinds: Record<string, string> = {
  files: 'is used by nothing',
  exports: 'exports what nothing uses',
  types: 'exports a type that nothing uses',
  enumMembers: 'has a member that nothing uses',
  dependencies: 'installs a package that nothing uses',
  devDependencies: 'installs a package that nothing uses',
  optionalPeerDependencies: 'installs a package that nothing uses',
  unlisted: 'uses a package that package.json does not name',
  unresolved: 'imports what cannot be found',
  binaries: 'names a program that no package brings',
  duplicates: 'exports one thing twice',
}

/** Rule `unused`: files, exports and packages that nothing uses (knip.json says what is an entry). */
export async function checkUnused(root: string): Promise<Outcome> {
  const { output, errors } = await runTool('knip/bin/knip.js', ['--reporter', 'json', '--no-progress', '--no-config-hints', '--directory', root], root)
  let report: KnipReport
  try {
    report = JSON.parse(output) as KnipReport
  } catch {
    throw new Error(`knip could not run: ${errors || output}`)
  }
  const findings = report.issues.flatMap((issue) =>
    Object.entries(knipKinds).flatMap(([kind, words]) => {
      const found = issue[kind]
      return Array.isArray(found) ? found.map(({ name, line }) => ({ rule: 'unused', place: line ? `${issue.file}:${line}` : issue.file, message: kind === 'files' ? words : `${words}: ${name}` })) : []
    }),
  )
  return { findings, summary: 'files, exports, packages' }
}
