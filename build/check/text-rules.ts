// Rules about the text of a file: its length, names that one file alone may say, sizes and colours outside the theme,
// suppressions with a reason.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Finding, listFiles, type Outcome, wallsPage } from './finding.ts'

const codeEndings = ['.ts', '.tsx', '.mjs', '.css']
const maximumLines = 400

function readLines(root: string, file: string): string[] {
  return readFileSync(join(root, file), 'utf8').split('\n')
}

/** Files that people write: sources, build scripts and tests. */
function writtenFiles(root: string): string[] {
  return ['src', 'build', 'tests'].flatMap((folder) => listFiles(root, folder, codeEndings))
}

/** Rule `length`: a file of more than 400 lines does more than one thing. */
export async function checkLength(root: string): Promise<Outcome> {
  const lengths = writtenFiles(root).map((file) => {
    const lines = readLines(root, file)
    return { file, length: lines.at(-1) === '' ? lines.length - 1 : lines.length }
  })
  const findings = lengths
    .filter(({ length }) => length > maximumLines)
    .map(({ file, length }) => ({ rule: 'length', place: file, message: `has ${length} lines, more than ${maximumLines}: split it (${wallsPage})` }))
  return { findings, summary: `${lengths.length} files, longest ${Math.max(0, ...lengths.map(({ length }) => length))} lines` }
}

/** Cuts comments out of a line, so that a rule about code is not tripped by prose. A rough cut is enough here. */
function withoutComment(line: string): string {
  return /^\s*(\*|\/\*|\/\/)/.test(line) ? '' : line.replace(/\s\/\/\s.*$/, '').replace(/\/\*.*?\*\//g, '')
}

interface NameRule {
  rule: string
  pattern: RegExp
  folder: string
  endings: readonly string[]
  allowed: (file: string) => boolean
  message: string
}

const nameRules: readonly NameRule[] = [
  {
    rule: 'raw-ipc',
    pattern: /\bipcMain\b/,
    folder: 'src',
    endings: ['.ts', '.tsx'],
    allowed: (file) => file === 'src/main/ipc.ts',
    message: `names ipcMain; only src/main/ipc.ts may, because it checks sender, frame and origin (${wallsPage})`,
  },
  {
    rule: 'raw-ipc',
    pattern: /\bipcRenderer\b/,
    folder: 'src',
    endings: ['.ts', '.tsx'],
    allowed: (file) => file.startsWith('src/preload/'),
    message: `names ipcRenderer; only src/preload may (${wallsPage})`,
  },
  {
    rule: 'theme',
    pattern: /(?<![\w&])#(?:[0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{3,4})\b(?!-)/i,
    folder: 'src/renderer',
    endings: ['.ts', '.tsx', '.css'],
    allowed: (file) => file.startsWith('src/renderer/ui/theme/'),
    message: 'writes a colour in hex; colours of the window come from src/renderer/ui/theme',
  },
  {
    rule: 'theme',
    pattern: /(?<![\w.])\d*\.?\d+(?:px|ms)\b/,
    folder: 'src/renderer',
    endings: ['.ts', '.tsx', '.css'],
    allowed: (file) => file.startsWith('src/renderer/ui/theme/'),
    message: 'writes a size in px or a duration in ms; sizes and times of the window come from src/renderer/ui/theme',
  },
]

/** Rules `raw-ipc` and `theme`: names, colours and sizes that only one place may write. */
export async function checkNames(root: string): Promise<Outcome> {
  const findings: Finding[] = []
  const seen = new Set<string>()
  for (const { rule, pattern, folder, endings, allowed, message } of nameRules) {
    for (const file of listFiles(root, folder, endings)) {
      seen.add(file)
      if (allowed(file)) continue
      readLines(root, file).forEach((line, index) => {
        if (pattern.test(withoutComment(line))) findings.push({ rule, place: `${file}:${index + 1}`, message })
      })
    }
  }
  return { findings, summary: `${seen.size} files` }
}

const suppression = /(?:oxlint|eslint)-disable|@ts-(?:expect-error|ignore|nocheck)|(?:v8|c8) ignore|knip-ignore/
const withReason = /(?:--|:)\s+\S+.*\s\S+/

/** Rule `suppression`: a rule that is switched off somewhere says why; how many there are is printed. */
export async function checkSuppressions(root: string): Promise<Outcome> {
  const findings: Finding[] = []
  let count = 0
  for (const file of writtenFiles(root)) {
    // This file and its tests name the words it looks for; AssemblyScript's decorators are no TypeScript.
    if (file.endsWith('check/text-rules.ts') || file.startsWith('tests/unit/build/') || file.includes('/kernels/assembly/')) continue
    readLines(root, file).forEach((line, index) => {
      if (!/\/[/*]/.test(line) || !suppression.test(line)) return
      count += 1
      const place = `${file}:${index + 1}`
      if (/@ts-(ignore|nocheck)/.test(line)) findings.push({ rule: 'suppression', place, message: 'switches the types off; use @ts-expect-error with a reason, or better types' })
      else if (!withReason.test(line)) findings.push({ rule: 'suppression', place, message: 'switches a rule off without saying why (`-- reason` at the end)' })
    })
  }
  return { findings, summary: `${count} suppressions` }
}

/** Not a rule but a list: files of core and engine that no test mirrors (a test may mirror a file or its folder). */
export async function listUnmirrored(root: string): Promise<string[]> {
  const named = (folder: string, places: readonly string[]): string[] =>
    listFiles(root, folder, ['.test.ts', '.test.tsx']).flatMap((file) => places.map((place) => `${place}${file.slice(folder.length)}`.replace(/\.test\.tsx?$/, '')))
  // tests/unit/color/lab.test.ts and tests/unit/core/color/lab.test.ts both mirror src/core/color/lab.ts.
  const tested = [...named('tests/unit', ['src', 'src/core']), ...named('tests/engine', ['src', 'src/engine'])]
  const hasTest = (file: string): boolean => tested.some((test) => file === `${test}.ts` || file.startsWith(`${test}/`))
  return ['src/core', 'src/engine']
    .flatMap((folder) => listFiles(root, folder, ['.ts']))
    .filter((file) => !hasTest(file) && !/\/assembly\/|\.d\.ts$|\/index\.ts$/.test(file))
}
