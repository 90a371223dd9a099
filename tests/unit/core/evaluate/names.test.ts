import { describe, expect, it } from 'vitest'
import { categoryOf, framesBefore, groupsByName, matchNames, namesOf, readGroups } from '../../../../src/core/evaluate/names.ts'

describe('names', () => {
  it('match whole first, then without their endings, each once; the rest is listed', () => {
    const { pairs, unmatched } = matchNames(['a/1.tif', 'a/1.png', 'b.jpg', 'c.png', '.x.png'], ['a/1.png', 'b.png', 'd.png', 'a/b.jpg'])
    expect(pairs).toEqual([{ real: 'a/1.png', output: 'a/1.png' }, { real: 'b.jpg', output: 'b.png' }])
    expect(unmatched).toEqual({ real: ['.x.png', 'a/1.tif', 'c.png'], output: ['a/b.jpg', 'd.png'] })
  })

  it('match however their accents are composed', () => {
    expect(matchNames(['Ren\u00e9.jpg'], ['Rene\u0301.png']).pairs).toHaveLength(1)
  })

  it('have the first folder as their category', () => {
    expect([categoryOf('people/old/1.png'), categoryOf('1.png')]).toEqual(['people', ''])
  })

  it('with numbers follow each other inside a folder', () => {
    const before = framesBefore(['x/f_0009.png', 'x/f_0010.png', 'x/f_0012.png', 'y/10.png', 'y/11 final.jpg', 'z.png'])
    expect([...before]).toEqual([['x/f_0010.png', 'x/f_0009.png'], ['y/11 final.jpg', 'y/10.png']])
  })
})

describe('a list of groups', () => {
  it('is read with and without a head, quotes undone, and lines of one field are counted', () => {
    const { rows, unread } = readGroups('name,group\r\na.png, dark\n"b, c.png","""light"""\nlonely\n')
    expect(rows).toEqual([{ name: 'a.png', group: 'dark' }, { name: 'b, c.png', group: '"light"' }])
    expect(unread).toBe(1)
  })

  it('may name a picture by path or file, with its ending or without', () => {
    const groups = groupsByName([{ name: 'p/a', group: 'one' }, { name: 'a.png', group: 'two' }])
    expect(namesOf('p/a.png').flatMap((name) => groups.get(name) ?? []).sort()).toEqual(['one', 'two'])
  })
})
