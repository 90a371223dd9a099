import type { TextKey } from '../../core/texts/catalogue.ts'
import { texts } from './texts.ts'

/** What the parser says of a wrong command line, and the text of ours that says it. Its own errors carry no values. */
const complaints: readonly (readonly [pattern: RegExp, key: TextKey])[] = [
  [/^unknown option '(?<option>[^']*)'/, 'terminal.usage.unknownOption'],
  [/^unknown command '(?<command>[^']*)'/, 'terminal.usage.unknownCommand'],
  [/^missing required argument '(?<argument>[^']*)'/, 'terminal.usage.missingArgument'],
  [/^option '(?<option>[^']*)' argument missing/, 'terminal.usage.optionMissingArgument'],
  [/^option '(?<option>[^']*)' argument '(?<value>[^]*)' is invalid\. (?<why>[^]*)$/, 'terminal.usage.invalidOption'],
  [/^command-argument value '(?<value>[^']*)' is invalid for argument '(?<argument>[^']*)'\. (?<why>[^]*)$/, 'terminal.usage.invalidArgument'],
  [/^required option '(?<option>[^']*)' not specified/, 'terminal.usage.requiredOption'],
  [/^too many arguments for '(?<command>[^']*)'\. Expected (?<expected>\d+) arguments? but got (?<given>\d+)/, 'terminal.usage.tooMany'],
]

/** The parser's complaint in the terminal's language; what is not known stays as it was said. */
export function usageText(said: string): string {
  const [first = '', ...more] = said.replace(/^error: /, '').trim().split('\n(')
  for (const [pattern, key] of complaints) {
    const values = pattern.exec(first)?.groups
    if (!values) continue
    const choices = /^Allowed choices are (.*)\.$/.exec(values['why'] ?? '')?.[1]
    const text = texts.t(key, choices === undefined ? values : { ...values, why: texts.t('terminal.usage.choices', { choices }) })
    const suggestion = /^Did you mean (.*)\?\)$/.exec(more[0] ?? '')?.[1]
    return suggestion === undefined ? text : `${text} (${texts.t('terminal.usage.didYouMean', { name: suggestion })})`
  }
  return said.replace(/^error: /, '').trim()
}
