import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { commandReference } from './reference.ts'

const page = join(import.meta.dirname, '../../../docs/cli.md')
const [begin, end] = ['<!-- commands: drawn from src/cli; HOURGLASS_WRITE_DOCS=1 with this test writes them anew -->', '<!-- /commands -->']

it('docs/cli.md shows every command and option as the program has them', async () => {
  vi.stubEnv('HOURGLASS_LANG', 'en')
  const { createProgram } = await import('../../../src/cli/program.ts')
  const text = await readFile(page, 'utf8')
  const reference = `${begin}\n\n${commandReference(createProgram('0.0.0'))}\n${end}`
  const shown = text.slice(text.indexOf(begin), text.indexOf(end) + end.length)
  if (process.env['HOURGLASS_WRITE_DOCS']) await writeFile(page, text.replace(shown, reference))
  else expect(shown).toBe(reference)
})
