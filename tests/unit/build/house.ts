// A small house in a temporary folder, in which a test breaks one rule.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'

const sound: Record<string, string> = {
  'package.json': JSON.stringify({ name: 'small', type: 'module', dependencies: { zod: '4.6.7' } }),
  'src/contract/errors.ts': "export const code = 'bad-input'\n",
  'src/core/lab.ts': "import { code } from '../contract/errors.ts'\nexport const lightness = code.length\n",
}

/** Writes a house that keeps every rule, then `changes` over it, and removes it after the test. Answers its root. */
export function houseWith(changes: Record<string, string>): string {
  const root = mkdtempSync(join(tmpdir(), 'hourglass-house-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  for (const [path, text] of Object.entries({ ...sound, ...changes })) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  return root
}
