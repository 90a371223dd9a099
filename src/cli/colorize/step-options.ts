import { InvalidArgumentError, Option, type Command } from 'commander'
import type { NumberParameter, Parameter, Step } from '../../core/steps/step.ts'
import { texts } from '../terminal/texts.ts'

const placeholders: Partial<Record<string, string>> = { reference: 'FILE', rough: 'FILE', hints: 'FILE', model: 'ID' }

/** `renderFactor` → `render-factor`. */
export function optionName(id: string): string {
  return id.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}

function numberWithin(parameter: Pick<NumberParameter, 'min' | 'max'>): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (text.trim() === '' || !Number.isFinite(value) || value < parameter.min || value > parameter.max) {
      throw new InvalidArgumentError(texts.t('terminal.usage.numberWithin', { min: parameter.min, max: parameter.max }))
    }
    return value
  }
}

function wholeWithin(range: Pick<NumberParameter, 'min' | 'max'>): (text: string) => number {
  return (text) => {
    const value = numberWithin(range)(text)
    if (!Number.isInteger(value)) throw new InvalidArgumentError(texts.t('terminal.usage.wholeOrAuto', { min: range.min, max: range.max }))
    return value
  }
}

function optionOf(parameter: Parameter): Option {
  const flag = `--${optionName(parameter.id)}`
  // What each parameter does, in the terminal's words.
  const text = texts.find(`help.param.${parameter.id}`) || parameter.id
  const withDefault = (value: string | number): string => texts.t('help.defaultIs', { text, value })
  switch (parameter.kind) {
    case 'number':
      return new Option(`${flag} <${parameter.min}…${parameter.max}>`, withDefault(parameter.default)).argParser(numberWithin(parameter))
    case 'renderFactor':
      return new Option(`${flag} <${parameter.min}…${parameter.max}|auto>`, texts.t('help.defaultOfCard', { text })).argParser((value) =>
        value === 'auto' ? value : wholeWithin(parameter)(value),
      )
    case 'toggle':
      return parameter.default ? new Option(`--no-${optionName(parameter.id)}`, text) : new Option(flag, text)
    case 'choice':
      return new Option(`${flag} <${parameter.options.join('|')}>`, withDefault(parameter.default)).choices(parameter.options)
    default:
      return new Option(`${flag} <${placeholders[parameter.id] ?? 'VALUE'}>`, text)
  }
}

/** Gives a command one option for each parameter of a step: names, ranges and defaults are the step's own. */
export function addStepOptions(command: Command, step: Pick<Step<string, object>, 'parameters'>): Command {
  for (const parameter of step.parameters) command.addOption(optionOf(parameter))
  return command
}

/** The parameters that were given on the command line, by their id; those of files are left to the caller. */
export function givenParams(step: Pick<Step<string, object>, 'parameters'>, options: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const params: Record<string, unknown> = {}
  for (const { id, kind } of step.parameters) {
    if (kind !== 'hints' && kind !== 'file' && options[id] !== undefined) params[id] = options[id]
  }
  return params
}
