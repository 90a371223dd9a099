// The texts shown to people: every language says what English says (rule `message-missing`), and every text is asked for
// somewhere (rule `message-unused`).
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { type Finding, listFiles, type Outcome } from './finding.ts'

const catalogues = 'src/core/texts'
const source = 'en'
const translations = ['zh-Hans', 'zh-Hant']

function parse(root: string, file: string): ts.SourceFile {
  const kind = file.endsWith('.tsx') ? ts.ScriptKind.TSX : ts.ScriptKind.TS
  return ts.createSourceFile(file, readFileSync(join(root, file), 'utf8'), ts.ScriptTarget.Latest, false, kind)
}

/** The keys of a language with their texts: the properties of every object literal in its folder, nested ones dotted. */
function readCatalogue(root: string, language: string): Map<string, string> {
  const texts = new Map<string, string>()
  const collect = (object: ts.ObjectLiteralExpression, prefix: string): void => {
    for (const property of object.properties) {
      if (!ts.isPropertyAssignment(property) || ts.isComputedPropertyName(property.name)) continue
      const key = prefix + property.name.text
      const value = property.initializer
      if (ts.isObjectLiteralExpression(value)) collect(value, `${key}.`)
      else texts.set(key, ts.isStringLiteralLike(value) ? value.text : '')
    }
  }
  const visit = (node: ts.Node): void => {
    if (ts.isObjectLiteralExpression(node)) collect(node, '')
    else ts.forEachChild(node, visit)
  }
  for (const file of listFiles(root, `${catalogues}/${language}`, ['.ts'])) visit(parse(root, file))
  return texts
}

/** `item_one` and `item_other` are forms of the text `item`. */
const baseOf = (key: string): string => key.replace(/_(zero|one|two|few|many|other)$/, '')

const placeholders = (text: string): string => [...new Set([...text.matchAll(/{{\s*(\w+)/g)].map(([, name]) => name))].sort().join(', ')

/** The words that code names: whole literals, and beginnings of templates such as `steps.${id}`. */
function namedTexts(root: string): { literals: Set<string>; beginnings: string[] } {
  const literals = new Set<string>()
  const beginnings = new Set<string>()
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) literals.add(node.text)
    else if (ts.isTemplateExpression(node) && node.head.text.includes('.')) beginnings.add(node.head.text)
    ts.forEachChild(node, visit)
  }
  const isCatalogue = (file: string): boolean => [source, ...translations].some((language) => file.startsWith(`${catalogues}/${language}/`))
  for (const file of listFiles(root, 'src', ['.ts', '.tsx'])) if (!isCatalogue(file)) visit(parse(root, file))
  return { literals, beginnings: [...beginnings] }
}

export async function checkMessages(root: string): Promise<Outcome> {
  const findings: Finding[] = []
  const english = readCatalogue(root, source)
  if (english.size === 0 && statSync(join(root, catalogues), { throwIfNoEntry: false })) {
    throw new Error(`no text was read below ${catalogues}/${source}: the check would pass anything.`)
  }
  for (const language of translations) {
    const texts = readCatalogue(root, language)
    const bases = new Set([...texts.keys()].map(baseOf))
    const report = (key: string, message: string): void => void findings.push({ rule: 'message-missing', place: `${catalogues}/${language}`, message: `${key}: ${message}` })
    for (const [key, text] of english) {
      if (!bases.has(baseOf(key))) report(key, 'has no text in this language')
      else if (texts.has(key) && placeholders(texts.get(key)!) !== placeholders(text)) report(key, `names other values than English (${placeholders(text) || 'none'})`)
    }
    const known = new Set([...english.keys()].map(baseOf))
    for (const key of texts.keys()) if (!known.has(baseOf(key))) report(key, 'is not in the English catalogue')
  }
  const { literals, beginnings } = namedTexts(root)
  for (const base of new Set([...english.keys()].map(baseOf))) {
    if (literals.has(base) || beginnings.some((beginning) => base.startsWith(beginning))) continue
    findings.push({ rule: 'message-unused', place: `${catalogues}/${source}`, message: `${base} is a text that nothing shows` })
  }
  return { findings, summary: `${english.size} texts in ${translations.length + 1} languages` }
}
