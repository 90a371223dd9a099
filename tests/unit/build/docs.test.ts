import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { listFiles } from '../../../build/check/finding.ts'

const repository = join(import.meta.dirname, '../../..')
const pages = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...listFiles(repository, 'docs', ['.md'])]

/** Places named in backquotes that begin with a folder of the repository; patterns (`<step>`, `*`, `{a,b}`) are left out. */
function namedFiles(text: string): string[] {
  return [...text.matchAll(/`((?:src|build|tests|docs)\/[^`\s<>*{}…]+)`/g)].map(([, path]) => path!)
}

describe('the pages of the documentation', () => {
  it.each(pages)('%s links only to what is there', (page) => {
    const links = [...readFileSync(join(repository, page), 'utf8').matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].map(([, link]) => link!)
    const dead = links.filter((link) => !/^[a-z]+:/.test(link) && !existsSync(join(repository, dirname(page), link)))
    expect(dead).toEqual([])
  })

  it.each(pages)('%s names only files that are there', (page) => {
    const gone = namedFiles(readFileSync(join(repository, page), 'utf8')).filter((path) => !existsSync(join(repository, path)))
    expect(gone).toEqual([])
  })
})
