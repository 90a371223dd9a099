import { Help, type Command } from 'commander'
import type { TextKey } from '../../core/texts/catalogue.ts'
import { texts } from './texts.ts'

/** What the parser writes over the parts of a command's help. */
const headings: Readonly<Record<string, TextKey>> = { 'Usage:': 'help.usage', 'Arguments:': 'help.arguments', 'Options:': 'help.options', 'Commands:': 'help.commands' }

/** Ideographs and full-width signs take two columns of a terminal. */
const wide = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6]/g

/** Columns that a text takes in a terminal. */
export function columnsOf(text: string): number {
  return [...text].length + (text.match(wide)?.length ?? 0)
}

/** A text filled up with spaces to so many columns, at its end or before it. */
export function padded(text: string, columns: number, side: 'end' | 'start' = 'end'): string {
  const gap = ' '.repeat(Math.max(0, columns - columnsOf(text)))
  return side === 'end' ? text + gap : gap + text
}

/** The last part of a command's help: its examples, as they are typed, and what a sentence says beside. */
export function examples(...lines: string[]): string {
  const typed = lines.filter((line) => line.startsWith('hourglass '))
  const said = lines.filter((line) => !line.startsWith('hourglass '))
  const shown = [texts.t(typed.length > 1 ? 'help.examples' : 'help.example'), ...typed.map((line) => `  ${line}`)]
  return ['', ...shown, ...said.flatMap((line) => ['', line])].join('\n')
}

/** The words that the parser itself puts into its help, in the terminal's language. */
export const helpWords: Partial<Help> = {
  styleTitle: (title) => (headings[title] ? texts.t(headings[title]) : title),
  displayWidth: columnsOf,
  optionDescription({ description, argChoices, flags, defaultValue }) {
    const value = typeof defaultValue === 'string' || typeof defaultValue === 'number' ? defaultValue : undefined
    const text = value === undefined ? description : texts.t('help.defaultIs', { text: description, value })
    return argChoices && !flags.includes('|') ? texts.t('help.choices', { text, choices: argChoices.join(', ') }) : text
  },
  subcommandTerm: (command) => new Help().subcommandTerm(command).replace('[options]', texts.t('help.optionsPlace')),
  commandUsage: (command: Command) => {
    const names: string[] = []
    for (let each: Command | null = command; each; each = each.parent) names.unshift(each.name())
    return `${names.join(' ')} ${command.usage()}`.replace('[options]', texts.t('help.optionsPlace')).replace('[command]', texts.t('help.commandPlace'))
  },
}
